/*
 * The mocks of one server: the main one, and one for each sandbox. They may
 * share scenarios, which never change, and nothing else.
 */
#ifndef SLACKMOCK_SANDBOXES_H
#define SLACKMOCK_SANDBOXES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "mock/mock.h"

#define SANDBOX_NAME_MOST 200

struct sandboxes;
struct scenario_cache;

/* Takes over the main mock's scenario; the rest is as for mock_create(). */
struct sandboxes *sandboxes_create(struct scenario *scenario,
                                   const struct mock_options *options,
                                   uint64_t entropy, int64_t host_time);

/*
 * The same around a main mock that there is already. `entropy` is the state of
 * another one's, as sandboxes_entropy() tells it.
 */
struct sandboxes *sandboxes_restore(struct mock *main,
                                    const struct mock_options *options,
                                    uint64_t entropy);
uint64_t sandboxes_entropy(const struct sandboxes *sandboxes);

/* Takes over a mock as the sandbox of a new name. */
void sandboxes_add(struct sandboxes *sandboxes, const char *name,
                   struct mock *mock);

struct mock *sandboxes_main(const struct sandboxes *sandboxes);

/* The mock of a sandbox, NULL if there is none of that name. Lent. */
struct mock *sandboxes_find(const struct sandboxes *sandboxes, const char *name,
                            size_t length);

/* True for 1 to 200 letters, digits, dashes and underscores. */
bool sandbox_name_is_valid(const char *name, size_t length);

/*
 * False if there are as many sandboxes as the options allow, unless that name
 * is one.
 */
bool sandboxes_has_room(const struct sandboxes *sandboxes, const char *name);

/*
 * Makes a sandbox with a scenario, which it takes over, in place of an older
 * one.
 */
void sandboxes_put(struct sandboxes *sandboxes, const char *name,
                   struct scenario *scenario, int64_t host_time);

/* False if there is none of that name. */
bool sandboxes_remove(struct sandboxes *sandboxes, const char *name);

/* The names in their order, in an array to be freed. The names are lent. */
const char **sandboxes_names(const struct sandboxes *sandboxes, size_t *count);

/* To be called when one of them was used. */
void sandboxes_note_use(struct sandboxes *sandboxes);

/* How often one came, went or was used. */
uint64_t sandboxes_changes(const struct sandboxes *sandboxes);

/* Where the events of all of them wait to be sent. */
struct outbox *sandboxes_outbox(struct sandboxes *sandboxes);

struct scenario_cache *sandboxes_scenarios(struct sandboxes *sandboxes);

void sandboxes_free(struct sandboxes *sandboxes);

#endif
