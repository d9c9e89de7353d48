/*
 * What is granted: scopes with commas between them. NULL is all there are, ""
 * none.
 */
#ifndef SLACKMOCK_SCOPE_H
#define SLACKMOCK_SCOPE_H

#include <stdbool.h>

#include "base/buffer.h"
#include "json/json_fields.h"

/* As replies show it: what is left out in a scenario shows as nothing. */
const char *scope_text(const char *scope);

/* True if one of that name is granted. */
bool scope_includes(const char *scope, const char *name);

/*
 * Those of one, in their order, and after them what only the other has. To be
 * freed by the caller; NULL if either is all.
 */
char *scope_union(const char *scope, const char *other);

/* True if one of the names is granted. */
bool scope_has_any(const char *scope, const struct text_list *names);

/* Adds the names with commas between them. */
void scope_join(const struct text_list *names, struct buffer *joined);

#endif
