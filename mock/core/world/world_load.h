/* Loads what scenario_save() has written. */
#ifndef SLACKMOCK_WORLD_LOAD_H
#define SLACKMOCK_WORLD_LOAD_H

#include <stddef.h>

struct buffer;
struct scenario;

/*
 * NULL after any mistake; `mistakes` then has a line for each. The caller is
 * the scenario's holder.
 */
struct scenario *world_load_text(const char *name, const char *text,
                                 size_t length, struct buffer *mistakes);

#endif
