/* Keeps the main mock, and the sandboxes in a hash table by name. */
#include "mock/sandboxes.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash_table.h"
#include "base/random.h"
#include "base/text.h"
#include "base/xalloc.h"
#include "mock/outbox.h"
#include "scenario/scenario_cache.h"

struct sandbox {
    struct mock *mock;
    char name[]; /* closed by a NUL */
};

struct sandboxes {
    struct mock_options options;
    struct mock *main;
    struct hash_table by_name;
    struct random entropy;
    struct scenario_cache scenarios;
    struct outbox outbox;
    uint64_t changes;
};

struct sandboxes *sandboxes_create(struct scenario *scenario,
                                   const struct mock_options *options,
                                   uint64_t entropy, int64_t host_time)
{
    struct random random;
    uint64_t own;

    random_init(&random, entropy, RANDOM_SEEDS);
    own = random_next(&random);
    return sandboxes_restore(mock_create(scenario, options, own, host_time),
                             options, random.state);
}

struct sandboxes *sandboxes_restore(struct mock *main,
                                    const struct mock_options *options,
                                    uint64_t entropy)
{
    struct sandboxes *sandboxes = xcalloc(1, sizeof *sandboxes);

    sandboxes->options = *options;
    sandboxes->entropy.state = entropy;
    sandboxes->main = main;
    mock_set_outbox(main, &sandboxes->outbox);
    return sandboxes;
}

uint64_t sandboxes_entropy(const struct sandboxes *sandboxes)
{
    return sandboxes->entropy.state;
}

struct mock *sandboxes_main(const struct sandboxes *sandboxes)
{
    return sandboxes->main;
}

struct mock *sandboxes_find(const struct sandboxes *sandboxes, const char *name,
                            size_t length)
{
    const struct sandbox *sandbox =
        hash_table_find(&sandboxes->by_name, name, length);

    return sandbox ? sandbox->mock : NULL;
}

bool sandbox_name_is_valid(const char *name, size_t length)
{
    size_t place;

    for (place = 0; place < length; place++)
        if (!text_is_alphanumeric(name[place]) && name[place] != '-' &&
            name[place] != '_')
            return false;
    return length && length <= SANDBOX_NAME_MOST;
}

static void free_sandbox(struct sandbox *sandbox)
{
    mock_free(sandbox->mock);
    free(sandbox);
}

bool sandboxes_remove(struct sandboxes *sandboxes, const char *name)
{
    struct sandbox *sandbox =
        hash_table_remove(&sandboxes->by_name, name, strlen(name));

    if (sandbox)
        free_sandbox(sandbox);
    sandboxes->changes++;
    return sandbox != NULL;
}

bool sandboxes_has_room(const struct sandboxes *sandboxes, const char *name)
{
    return sandboxes->by_name.count < sandboxes->options.sandboxes ||
           sandboxes_find(sandboxes, name, strlen(name));
}

void sandboxes_add(struct sandboxes *sandboxes, const char *name,
                   struct mock *mock)
{
    struct sandbox *sandbox = xcalloc(1, sizeof *sandbox + strlen(name) + 1);

    memcpy(sandbox->name, name, strlen(name));
    sandbox->mock = mock;
    mock_set_outbox(mock, &sandboxes->outbox);
    mock_share_memory(mock, sandboxes->main);
    hash_table_put(&sandboxes->by_name, sandbox->name, strlen(sandbox->name),
                   sandbox);
}

void sandboxes_put(struct sandboxes *sandboxes, const char *name,
                   struct scenario *scenario, int64_t host_time)
{
    struct mock *mock = sandboxes_find(sandboxes, name, strlen(name));

    sandboxes->changes++;
    if (mock) {
        mock_load(mock, scenario, host_time);
        return;
    }
    mock = mock_create(scenario, &sandboxes->options,
                       random_next(&sandboxes->entropy), host_time);
    mock_give_up_deliveries(mock, host_time);
    sandboxes_add(sandboxes, name, mock);
}

const char **sandboxes_names(const struct sandboxes *sandboxes, size_t *count)
{
    const struct hash_entry **sorted = hash_table_sorted(&sandboxes->by_name);
    const char **names = xcalloc(sandboxes->by_name.count, sizeof *names);

    for (*count = 0; *count < sandboxes->by_name.count; (*count)++)
        names[*count] = sorted[*count]->key;
    free(sorted);
    return names;
}

void sandboxes_note_use(struct sandboxes *sandboxes)
{
    sandboxes->changes++;
}

uint64_t sandboxes_changes(const struct sandboxes *sandboxes)
{
    return sandboxes->changes;
}

struct outbox *sandboxes_outbox(struct sandboxes *sandboxes)
{
    return &sandboxes->outbox;
}

struct scenario_cache *sandboxes_scenarios(struct sandboxes *sandboxes)
{
    return &sandboxes->scenarios;
}

void sandboxes_free(struct sandboxes *sandboxes)
{
    struct sandbox *sandbox;
    size_t place = 0;

    if (!sandboxes)
        return;
    while ((sandbox = hash_table_next(&sandboxes->by_name, &place)))
        free_sandbox(sandbox);
    hash_table_free(&sandboxes->by_name);
    mock_free(sandboxes->main);
    scenario_cache_free(&sandboxes->scenarios);
    free(sandboxes);
}
