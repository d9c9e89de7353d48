/*
 * The tokens and scopes that a method takes of its caller, and whether he has
 * one. A method that wants no token, or that nothing is known of, takes all.
 */
#ifndef SLACKMOCK_ACCEPTED_SCOPES_H
#define SLACKMOCK_ACCEPTED_SCOPES_H

#include <stdbool.h>

struct call;

/* True if it takes tokens of the caller's kind. */
bool takes_token_type(const struct call *call);

/* True if the caller has one of them, or the method wants none. */
bool has_accepted_scope(const struct call *call);

/* All of them with commas between, a copy that the reply holds. "" for none. */
const char *accepted_scopes(const struct call *call);

#endif
