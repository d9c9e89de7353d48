/* Where two scenarios differ, for people. */
#ifndef SLACKMOCK_SCENARIO_DIFFERENCE_H
#define SLACKMOCK_SCENARIO_DIFFERENCE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"

/*
 * True if two scenarios differ, with the first place where they do so added, as
 * `$.apps[0].name`. The names of their files and their spelling do not count.
 */
bool scenario_difference(const char *one, size_t one_length, const char *other,
                         size_t other_length, struct buffer *place);

#endif
