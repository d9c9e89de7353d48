/*
 * How far a world has come, as the part `state` of a saved one: all that its
 * answers depend on beside its scenario and the program's options. The entries
 * of the journal are not in it, their count is.
 */
#ifndef SLACKMOCK_MOCK_STATE_H
#define SLACKMOCK_MOCK_STATE_H

#include <stdbool.h>
#include <stdint.h>

struct json_writer;
struct mistakes;
struct mock;
struct scenario;

/* Writes the whole world: a scenario with its state. */
void mock_save(const struct mock *mock, int64_t host_time,
               struct json_writer *writer);

/* Writes what a reset brings back alone. */
void mock_save_scenario(const struct mock *mock, struct json_writer *writer);

/*
 * Brings a mock that has nothing yet but its scenarios to the state in the one
 * that was loaded. Mistakes are noted: it is of no use then.
 */
void mock_read_state(struct mock *mock, int64_t host_time,
                     struct mistakes *mistakes);

#endif
