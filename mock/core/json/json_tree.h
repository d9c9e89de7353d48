/*
 * cJSON's tree of a text that is known to be JSON.
 */
#ifndef SLACKMOCK_JSON_TREE_H
#define SLACKMOCK_JSON_TREE_H

#include <stddef.h>

struct arena;
struct cJSON;

/*
 * Builds it in the arena; it is not to be changed or deleted. No string of the
 * text may hold a NUL.
 */
struct cJSON *json_tree_build(struct arena *arena, const char *bytes,
                              size_t length);

/*
 * The number that a text spells, whatever decimal point the locale has. The
 * text may be changed.
 */
double json_tree_number(char *text);

#endif
