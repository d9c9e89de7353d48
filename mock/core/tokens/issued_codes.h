/*
 * The codes that authorize pages gave, as long as they are good; a code is
 * remembered as used until then. At most ISSUED_CODES_MOST are kept: the oldest
 * go.
 */
#ifndef SLACKMOCK_ISSUED_CODES_H
#define SLACKMOCK_ISSUED_CODES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/hash_table.h"
#include "tokens/directory.h"

#define ISSUED_CODES_MOST 1000

struct issued_code;

struct issued_codes {
    struct hash_table by_text;
    struct issued_code *oldest;
    struct issued_code *newest;
};

/* Adds a copy, whose `dies_at` is set. Those that are dead by `now` go. */
void issued_codes_add(struct issued_codes *codes, const struct code_entry *from,
                      int64_t now);

/* NULL if there is none that is good. Lent until the next addition. */
const struct code_entry *issued_codes_find(const struct issued_codes *codes,
                                           const char *text, size_t length,
                                           int64_t now);

/* From the oldest (after NULL) to the newest, then NULL. */
const struct code_entry *issued_codes_next(const struct issued_codes *codes,
                                           const struct code_entry *before);

/* True if it was used before; else it is from now on. */
bool issued_codes_use(struct issued_codes *codes,
                      const struct code_entry *code);
bool issued_codes_is_used(const struct issued_codes *codes,
                          const struct code_entry *code);

/* Goes on with the apps and teams of another directory. */
void issued_codes_change_directory(struct issued_codes *codes,
                                   const struct directory *directory);

void issued_codes_free(struct issued_codes *codes);

#endif
