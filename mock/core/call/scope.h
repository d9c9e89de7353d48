/*
 * Scopes, which Slack joins by commas.
 */
#ifndef SLACKMOCK_SCOPE_H
#define SLACKMOCK_SCOPE_H

#include <stdbool.h>

#include "base/buffer.h"
#include "json/json_fields.h"

/* True if one of the scopes is among those that are granted. */
bool scope_has_any(const char *granted, const struct text_list *scopes);

/* Adds them with commas between them. */
void scope_join(const struct text_list *scopes, struct buffer *joined);

#endif
