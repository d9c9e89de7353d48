/*
 * The mocked Slack that the program serves, made from a scenario by its name.
 */
#ifndef SLACKMOCK_WORLD_H
#define SLACKMOCK_WORLD_H

#include "buffer.h"

struct mock;

/*
 * Returns NULL if the scenario has mistakes; `mistakes` then holds a line for
 * each.
 */
struct mock *world_create(const char *scenario, struct buffer *mistakes);

#endif
