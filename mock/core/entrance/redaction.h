/*
 * A log's secrets replaced, each by the same other text wherever it stands: of
 * the same length, with digits for digits and letters for letters. Those of the
 * shipped scenarios stay: everybody has them. What the
 * mock has issued is replaced by what it issues in the copy, which is taken
 * along step by step.
 */
#ifndef SLACKMOCK_REDACTION_H
#define SLACKMOCK_REDACTION_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"

struct log_entry;
struct redaction;
struct reply;

/* Who does not know the key cannot tell a secret from its replacement. */
struct redaction *redaction_create(const char *key);

/* Adds a text as a client sends it: a query, a form, a header's value. */
void redaction_add_text(struct redaction *redaction, const char *text,
                        size_t length, struct buffer *output);

/*
 * Adds JSON: a scenario, or a body. What is none comes out as it may. Letters
 * that are spelt as \u0041 are written plainly.
 */
void redaction_add_json(struct redaction *redaction, const char *text,
                        size_t length, struct buffer *output);

/* Adds what may be JSON or any other text. */
void redaction_add_body(struct redaction *redaction, const char *bytes,
                        size_t length, struct buffer *output);

struct redaction_body {
    const char *bytes;
    size_t length;
    const char *boundary;
};

/* Adds a form in parts. */
void redaction_add_multipart(struct redaction *redaction,
                             const struct redaction_body *body,
                             struct buffer *output);

/*
 * Adds an entry as a line, without its end. False, with the reason added to
 * `why`, if its scenario is not valid without its secrets.
 */
bool redaction_add_entry(struct redaction *redaction,
                         const struct log_entry *entry, struct buffer *line,
                         struct buffer *why);

/*
 * Learns from what an entry was answered, and what its copy was. False if they
 * differ in more than secrets.
 */
bool redaction_learn(struct redaction *redaction, const struct reply *original,
                     const struct reply *copy);

void redaction_free(struct redaction *redaction);

#endif
