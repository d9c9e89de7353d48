/*
 * The scopes that a method takes of its caller, and whether he has one.
 */
#ifndef SLACKMOCK_ACCEPTED_SCOPES_H
#define SLACKMOCK_ACCEPTED_SCOPES_H

#include <stdbool.h>
#include <stdint.h>

struct call;

/* True if the caller has one of them, or the method wants none. */
bool has_accepted_scope(const struct call *call);

/* All of them with commas between, a copy that the reply holds. "" for none. */
const char *accepted_scopes(const struct call *call);

#endif
