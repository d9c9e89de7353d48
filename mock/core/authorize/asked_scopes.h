/*
 * The scopes that an installation asks for: words parted by commas or blanks,
 * as they are sent by all kinds of clients.
 */
#ifndef SLACKMOCK_ASKED_SCOPES_H
#define SLACKMOCK_ASKED_SCOPES_H

#include <stdbool.h>

#include "base/buffer.h"
#include "json/json_fields.h"

/* Adds each word once, with commas between them, to those that are there. */
void asked_scopes_add(struct buffer *scopes, const char *text);

/* True if the word is one of these. */
bool asked_scopes_have(const struct buffer *scopes, const char *name);

/* Takes the next word off the list; false at its end. */
struct asked_scope {
    const char *name; /* not closed by a NUL */
    size_t length;
};
bool asked_scopes_next(const char **list, struct asked_scope *scope);

/* True for a word of small letters, digits and `_.:-`. */
bool asked_scope_is_word(struct asked_scope scope);

/* True if the scope is one of these. */
bool asked_scope_is_listed(struct asked_scope scope,
                           const struct text_list *list);

/* True for openid, email and profile: Sign in with Slack. */
bool asked_scope_is_openid(struct asked_scope scope);

/* True for identity.*: the older sign-in. */
bool asked_scope_is_identity(struct asked_scope scope);

#endif
