/* What the files of a redaction share. */
#ifndef SLACKMOCK_REDACTION_PARTS_H
#define SLACKMOCK_REDACTION_PARTS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/hash_table.h"

struct redaction {
    char *key;
    struct hash_table words; /* replaced wherever they stand */
    struct hash_table spelt; /* every word of a secret, with its replacement */
    struct hash_table taken; /* these replacements */
    struct hash_table kept;  /* no secrets: what generated tokens begin with,
                                and words of scenarios that all have */
    bool is_public;          /* what is read now is no secret */
    struct arena memory;     /* of all these */
    struct arena entry;      /* texts of the entry at hand */
    struct buffer text;
};

/* True for what a token may be made of. */
bool redaction_is_word_byte(char byte);

/* How many bytes from there on are a word. */
size_t redaction_run(const char *text, size_t length);

void redaction_set_word(struct redaction *redaction, const char *word,
                        size_t length, const char *other, size_t other_length);

/* Notes a word that is no secret, and neither are WORD-1, WORD-2 and so on. */
void redaction_keep(struct redaction *redaction, const char *word,
                    size_t length);

/* Adds the replacement of a word that is part of a secret. */
void redaction_hide_word(struct redaction *redaction, struct buffer *output,
                         const char *word, size_t length);

/* Adds the replacement of a whole value that is a secret, as it stands in a
 * text: percent-encoded maybe, or with JSON's escapes. */
void redaction_hide(struct redaction *redaction, struct buffer *output,
                    const char *secret, size_t length);

#endif
