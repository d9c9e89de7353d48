/*
 * The seed of the hash tables shows nowhere: the same inputs give the same
 * bytes under any seed.
 */
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/hash_table.h"
#include "check.h"
#include "control/control.h"
#include "world.h"

#define NAMES 90 /* more than a warning chooses the nearest of */

static void add_names(struct buffer *text, const char *key, const char *prefix,
                      const char *value)
{
    int number;

    buffer_printf(text, ",\"%s\":{", key);
    for (number = 0; number < NAMES; number++)
        buffer_printf(text, "%s\"%s.m%02d\":%s", number ? "," : "", prefix,
                      number, value);
    buffer_add_byte(text, '}');
}

/*
 * A world with stubs, and with limits and rules for methods that do not exist.
 */
static void load(struct world *world)
{
    struct buffer text = BUFFER_INIT;
    int number;

    buffer_add_text(&text, "{\"description\":\"d\",\"seed\":1,"
                           "\"extends\":\"default.json\"");
    add_names(&text, "stubs", "stub", "{\"a\":1}");
    add_names(&text, "rate_limits", "stab", "{\"tier\":1}");
    buffer_add_text(&text, ",\"rules\":[");
    for (number = 0; number < NAMES; number++)
        buffer_printf(&text,
                      "%s{\"when\":{\"method\":\"stib.m%d\"},\"reply\":{}}",
                      number ? "," : "", number);
    buffer_add_text(&text, "]}");
    world_load(world, text.data);
    buffer_free(&text);
}

static void keep_reply(const struct world *world, struct buffer *seen)
{
    size_t number;

    for (number = 0; number < world->reply.header_count; number++)
        buffer_printf(seen, "%s: %s\n", world->reply.headers[number].name,
                      world->reply.headers[number].value);
    buffer_printf(seen, "%s\n", buffer_text(&world->reply.body));
}

static void control(struct world *world, enum verb verb, const char *path,
                    const char *body, struct buffer *seen)
{
    const struct request request = {
        .verb = verb,
        .method = path,
        .body = body,
        .body_length = strlen(body),
        .host_time = HOST_TIME,
    };

    control_handle(world->sandboxes, world->mock, &request, &world->reply);
    keep_reply(world, seen);
}

static void exchange(struct world *world, const char *form, struct buffer *seen)
{
    (void)world_exchange(world, form);
    keep_reply(world, seen);
}

/* All that a user can see of a world in which much is in hash tables. */
static void look(struct world *world, struct buffer *seen)
{
    static const char *const sandboxes[] = {"sandboxes/one", "sandboxes/two",
                                            "sandboxes/three", "sandboxes/4"};
    size_t number;

    load(world);
    scenario_warn(mock_scenario(world->mock), seen);
    exchange(world, EXCHANGE_BOT "&c=1&a=2&b=3&a=4", seen);
    exchange(world, EXCHANGE_USER, seen);
    exchange(world, EXCHANGE_BOT, seen);
    for (number = 0; number < sizeof sandboxes / sizeof *sandboxes; number++)
        control(world, VERB_PUT, sandboxes[number], "", seen);
    control(world, VERB_GET, "sandboxes", "", seen);
    control(world, VERB_PATCH, "scenario",
            "{\"stubs\":{\"x.y\":{}},\"rate_limits\":{\"x\":{\"tier\":2}},"
            "\"tokens\":[{\"token\":\"xoxb-2\",\"app\":\"A0APP\","
            "\"team\":\"T0TEAM\"}]}",
            seen);
    scenario_warn(mock_scenario(world->mock), seen);
    control(world, VERB_PATCH, "scenario", "{\"stabs\":1,\"a\":2,\"b\":3}",
            seen);
    control(world, VERB_GET, "state", "", seen);
    control(world, VERB_GET, "requests", "", seen);
}

/* In a world of its own: no table may outlive the seed that it was made with.
 */
static char *look_under(uint64_t seed)
{
    struct buffer seen = BUFFER_INIT;
    void *state;

    hash_table_seed(seed);
    (void)world_setup(&state);
    look(state, &seen);
    (void)world_teardown(&state);
    return buffer_take(&seen);
}

static void the_same_calls_give_the_same_bytes(void **state)
{
    char *wanted = look_under(1 << 20);
    uint64_t seed;

    (void)state;
    assert_non_null(strstr(wanted, "did you mean \"stub.m"));
    assert_non_null(strstr(wanted, "[\"4\",\"one\",\"three\",\"two\"]"));
    for (seed = 1; seed <= 4; seed++) {
        char *got = look_under(seed * UINT64_C(0x9e3779b97f4a7c15));

        assert_string_equal(got, wanted);
        free(got);
    }
    free(wanted);
}

int main(void)
{
    struct test_list list = {.count = 0};

    add_test(&list, the_same_calls_give_the_same_bytes);
    return run_list("hash seed", &list);
}
