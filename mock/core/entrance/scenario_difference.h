/* Where two scenarios differ, for people. */
#ifndef SLACKMOCK_SCENARIO_DIFFERENCE_H
#define SLACKMOCK_SCENARIO_DIFFERENCE_H

#include <stddef.h>

#include "base/buffer.h"

/*
 * Adds the first place where two JSON texts differ, as `$.apps[0].name`; `$` if
 * they do so in nothing but their spelling.
 */
void scenario_difference(const char *one, size_t one_length, const char *other,
                         size_t other_length, struct buffer *place);

#endif
