/*
 * The scopes that a caller lacks. One of a method's is enough, until `types`
 * asks for conversations of a kind that it is not for: `types=im` with
 * channels:read alone needs im:read (live reports).
 */
#ifndef SLACKMOCK_TYPE_SCOPES_H
#define SLACKMOCK_TYPE_SCOPES_H

#include <stdbool.h>

struct call;

/* True if the call asks for no type of conversation that it may not see. */
bool has_scopes_of_types(const struct call *call);

/*
 * With commas between, a copy that the reply holds: those of the types that
 * are lacking, else all that the method takes.
 */
const char *needed_scopes(const struct call *call);

#endif
