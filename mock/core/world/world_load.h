/*
 * Loads scenarios that may be worlds which were saved: their state is checked
 * too.
 */
#ifndef SLACKMOCK_WORLD_LOAD_H
#define SLACKMOCK_WORLD_LOAD_H

#include <stdbool.h>
#include <stddef.h>

struct buffer;
struct mock_options;
struct scenario;

/*
 * True if the state of a scenario, if it has one, is in order: mocks may be
 * made of it. Else `mistakes` has a line for each mistake.
 */
bool world_state_is_right(struct scenario *scenario, struct buffer *mistakes);

/*
 * Loads a document that scenario_save() or mock_save() has written. NULL after
 * any mistake; `mistakes` then has a line for each. The caller is the
 * scenario's holder.
 */
struct scenario *world_load_text(const char *name, const char *text,
                                 size_t length, struct buffer *mistakes);

/* The same, with a state that was not checked: for mock_restore(). */
struct scenario *world_load_unchecked(const char *name, const char *text,
                                      size_t length, struct buffer *mistakes);

#endif
