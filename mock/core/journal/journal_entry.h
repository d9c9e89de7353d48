/*
 * An entry of the journal as JSON.
 */
#ifndef SLACKMOCK_JOURNAL_ENTRY_H
#define SLACKMOCK_JOURNAL_ENTRY_H

#include <stdbool.h>

struct journal_entry;
struct json_writer;

/* Writes it as an object; secrets are masked unless they are to be shown. */
void journal_entry_write(const struct journal_entry *entry, bool secrets,
                         struct json_writer *writer);

#endif
