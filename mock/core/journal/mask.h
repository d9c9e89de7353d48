/*
 * Secrets made unreadable, for log and journal: enough stays to tell one token
 * from another, never enough to use it.
 */
#ifndef SLACKMOCK_MASK_H
#define SLACKMOCK_MASK_H

#include <stddef.h>

#include "base/buffer.h"

/*
 * Adds a token masked: its kind (`xoxb-`, `xoxe.xoxb-1-`), `...` and its last
 * four bytes, or fewer of a short one: kind and end are a third of the token at
 * most, unless its kind alone is more. What is no Slack token has no kind.
 */
void mask_token(struct buffer *output, const char *token, size_t length);

/* How many bytes of a token are its kind; 0 for what is no Slack token. */
size_t mask_kind_length(const char *token, size_t length);

/*
 * Adds a text with its secrets masked: whatever looks like a Slack token, and
 * the values of secret names where they stand as in a query, name=value, or as
 * in JSON, "name":"value". So is the third segment of a webhook's path,
 * /services/T.../B.../SECRET, and the user and password of a URL. All are found
 * in percent-encoding and in JSON's escapes too.
 *
 * A name is secret if its letters and digits, in any letter case, end in
 * `secret`, `token` or `verifier` or are `code`. The value of a client id is
 * masked unless it looks like one: clients send their secret in its place.
 */
void mask_text(struct buffer *output, const char *text, size_t length);

/* What becomes of a secret, which is given as it stands in the text. */
struct secret_hider {
    void (*hide)(void *context, struct buffer *output, const char *secret,
                 size_t length);
    void *context;
};

/*
 * Adds a text whose secrets, as mask_text() finds them, are hidden that way;
 * but no client id or verifier.
 */
void mask_text_by(const struct secret_hider *hider, struct buffer *output,
                  const char *text, size_t length);

/* Adds the value of that name, masked as a token or as a text. */
void mask_value(struct buffer *output, const char *name, size_t name_length,
                const char *value, size_t length);

#endif
