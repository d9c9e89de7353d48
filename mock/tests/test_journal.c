/* What the journal shows of requests, through the control API. */
#include <string.h>

#include "check.h"
#include "control.h"
#include "world.h"

static const char *journal(struct world *world, const char *query)
{
    const struct request request = {
        .verb = VERB_GET,
        .verb_name = "GET",
        .target = "/_mock/requests",
        .method = "requests",
        .query = query,
        .query_length = strlen(query),
        .host_time = HOST_TIME,
    };

    control_handle(world->sandboxes, world->mock, &request, &world->reply);
    return buffer_text(&world->reply.body);
}

/* Found by fuzzing: only values were. */
static void a_token_sent_as_an_arguments_name_is_masked(void **state)
{
    struct world *world = *state;

    world_exchange(world, BOT_TOKEN);
    assert_null(strstr(journal(world, ""), BOT_TOKEN));
    assert_non_null(strstr(journal(world, "secrets=1"),
                           "\"arguments\":{\"" BOT_TOKEN "\":\"\"}"));
}

int main(void)
{
    struct test_list list = {.count = 0};

    add_test_with(&list, a_token_sent_as_an_arguments_name_is_masked,
                  world_setup, world_teardown);
    return run_list("journal", &list);
}
