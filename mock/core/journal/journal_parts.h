/*
 * How the parts of an entry are shown, for the files that lay one out.
 */
#ifndef SLACKMOCK_JOURNAL_PARTS_H
#define SLACKMOCK_JOURNAL_PARTS_H

#include <stdbool.h>

#include "base/buffer.h"
#include "journal/journal.h"
#include "json/json_writer.h"

/* Where an entry goes, and how. */
struct page {
    struct json_writer *writer;
    bool secrets; /* are shown */
};

/* Adds the value of that name, masked unless secrets are shown. */
void page_add(const struct page *page, struct buffer *output,
              const struct journal_text *name,
              const struct journal_text *value);

/* A name may be a secret too, as of a form that is nothing but a token. */
void page_add_name(const struct page *page, struct buffer *output,
                   const struct journal_text *name);

/* Writes such a value under a key that is its name; null if there is none. */
void page_write_text(const struct page *page, const char *key,
                     const struct journal_text *text);

/* Writes the reply's body, and of a long one how long it is. */
void page_write_body(const struct page *page,
                     const struct journal_entry *entry);

/* Writes the object `arguments`. */
void page_write_arguments(const struct page *page,
                          const struct journal_entry *entry);

#endif
