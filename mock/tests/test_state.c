/* GET /_mock/state of a world that is larger than those of other tests. */
#include <string.h>

#include "base/buffer.h"
#include "check.h"
#include "control/control.h"
#include "world.h"

/* More than a stack has room for, if each took a frame of it. */
#define TOKENS 60000

/* All of them are the default bot's: an installation makes them one chain. */
static void load_tokens(struct world *world)
{
    struct buffer text = BUFFER_INIT;
    int number;

    buffer_add_text(&text, "{\"description\":\"d\",\"extends\":"
                           "\"flows/rotation-not-enabled-yet.json\","
                           "\"tokens\":[");
    for (number = 0; number < TOKENS; number++)
        buffer_printf(&text,
                      "%s{\"token\":\"xoxb-%d\",\"app\":\"A0APP\",\"team\":"
                      "\"T0TEAM\"}",
                      number ? "," : "", number);
    buffer_add_text(&text, "]}");
    world_load(world, text.data);
    buffer_free(&text);
}

static void redeem(struct world *world)
{
    static const char form[] = CLIENT "&" SECRET "&code=install-1";
    const struct request_header header = {"Content-Type",
                                          "application/x-www-form-urlencoded"};
    const struct request request = {
        .verb = VERB_POST,
        .method = "oauth.v2.access",
        .headers = &header,
        .header_count = 1,
        .body = form,
        .body_length = sizeof form - 1,
        .host_time = HOST_TIME,
    };

    assert_memory_equal(world_call(world, &request), "{\"ok\":true,", 11);
}

static void a_chain_of_any_length_is_shown(void **state)
{
    struct world *world = *state;
    static const char query[] = "limit=100000";
    const struct request request = {
        .verb = VERB_GET,
        .method = "state",
        .query = query,
        .query_length = strlen(query),
        .host_time = HOST_TIME,
    };
    const char *place;
    int number;

    load_tokens(world);
    redeem(world);
    control_handle(world->sandboxes, world->mock, &request, &world->reply);
    number = 0;
    for (place = buffer_text(&world->reply.body); *place; place++)
        number += *place == '{';
    /* The whole, an app, a team, and two tokens of the default world. */
    assert_number(number, TOKENS + 5);
}

int main(void)
{
    struct test_list list = {.count = 0};

    add_test_with(&list, a_chain_of_any_length_is_shown, world_setup,
                  world_teardown);
    return run_list("state", &list);
}
