/*
 * Changes to a running mock, by PATCH: a scenario is copied for each, and the
 * copy must be as good as the first one, and no larger.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "check.h"
#include "control/control.h"
#include "scenario/shipped_scenarios.h"
#include "world.h"

/* The sanitizer's own name; NULL in a build without ASan. */
/* NOLINTNEXTLINE(bugprone-reserved-identifier,readability-identifier-naming) */
extern size_t __sanitizer_get_current_allocated_bytes(void)
    __attribute__((weak));

static const char *control(struct world *world, struct mock *mock,
                           enum verb verb, const char *path, const char *body)
{
    const struct request request = {
        .verb = verb,
        .method = path,
        .body = body,
        .body_length = strlen(body),
        .host_time = HOST_TIME,
    };

    control_handle(world->sandboxes, mock, &request, &world->reply);
    return buffer_text(&world->reply.body);
}

static void patch(struct world *world, struct mock *mock, const char *body)
{
    assert_string_equal(control(world, mock, VERB_PATCH, "scenario", body),
                        "{\"ok\":true}");
}

static struct mock *sandbox(struct world *world, const char *name)
{
    return sandboxes_find(world->sandboxes, name, strlen(name));
}

static void make_sandbox(struct world *world, const char *name,
                         const char *scenario)
{
    char path[80];

    snprintf(path, sizeof path, "sandboxes/%s", name);
    (void)control(world, world->mock, VERB_PUT, path, scenario);
    assert_number(world->reply.status, 200);
}

static void send_form(struct world *world, struct mock *mock,
                      const char *method, const char *form)
{
    const struct request_header header = {"Content-Type",
                                          "application/x-www-form-urlencoded"};
    const struct request request = {
        .verb = VERB_POST,
        .method = method,
        .headers = &header,
        .header_count = 1,
        .body = form,
        .body_length = strlen(form),
        .host_time = HOST_TIME,
    };

    mock_handle(mock, &request, &world->reply);
}

/* Sends the same calls to both; the replies must be the same. */
static void compare_calls(struct world *world)
{
    static const struct {
        const char *method;
        const char *form;
    } calls[] = {
        {"oauth.v2.exchange", EXCHANGE_BOT},
        {"oauth.v2.exchange", EXCHANGE_USER},
        {"oauth.v2.access", CLIENT "&" SECRET "&code=install-1"},
        {"auth.test", "token=" BOT_TOKEN},
        {"auth.test", "token=xoxe.xoxb-1-a"},
        {"chat.postMessage", "token=" BOT_TOKEN},
        {"apps.uninstall", CLIENT "&" SECRET "&token=" USER_TOKEN},
        {"auth.test", "token=" BOT_TOKEN},
    };
    size_t number;

    for (number = 0; number < sizeof calls / sizeof *calls; number++) {
        char *whole;

        send_form(world, sandbox(world, "whole"), calls[number].method,
                  calls[number].form);
        whole = xstrdup(buffer_text(&world->reply.body));
        send_form(world, sandbox(world, "copied"), calls[number].method,
                  calls[number].form);
        assert_string_equal(buffer_text(&world->reply.body), whole);
        free(whole);
    }
}

static void compare_states(struct world *world)
{
    char *whole =
        xstrdup(control(world, sandbox(world, "whole"), VERB_GET, "state", ""));

    assert_string_equal(
        control(world, sandbox(world, "copied"), VERB_GET, "state", ""), whole);
    free(whole);
}

static void a_copy_is_as_good_as_the_scenario(void **state)
{
    struct world *world = *state;
    char text[200];
    size_t number;

    for (number = 0; number < shipped_scenario_count; number++) {
        snprintf(text, sizeof text,
                 "{\"description\":\"d\",\"seed\":1,\"extends\":\"%s\"}",
                 shipped_scenarios[number].name);
        make_sandbox(world, "whole", text);
        make_sandbox(world, "copied", text);
        patch(world, sandbox(world, "copied"), "{}");
        patch(world, sandbox(world, "copied"), "{\"description\":\"x\"}");
        compare_states(world);
        compare_calls(world);
        patch(world, sandbox(world, "copied"), "{}");
        compare_states(world);
        compare_calls(world);
        compare_states(world);
    }
}

#define WORLDLY                                                                \
    "\"apps\":[{\"id\":\"A0APP\",\"name\":\"n\",\"client_secret\":"            \
    "\"e1b9e11dfcd19c1982d5de12921e17e8c\"},{\"id\":\"A1\","                   \
    "\"client_id\":\"1.1\",\"client_secret\":\"s\",\"name\":\"One\"}],"        \
    "\"teams\":[{\"id\":\"T1\",\"name\":\"One\",\"domain\":\"d1\","            \
    "\"enterprise\":{\"id\":\"E1\",\"name\":\"Org\"}}],"                       \
    "\"tokens\":[{\"token\":\"" BOT_TOKEN "\",\"scope\":\"other\","            \
    "\"bot_user\":\"U9\",\"bot_id\":\"B9\",\"user_name\":\"nine\"},"           \
    "{\"token\":\"" USER_TOKEN "\",\"user\":\"U8\",\"team\":\"T1\"},"          \
    "{\"token\":\"xoxe.xoxb-1-a\",\"refresh_token\":\"xoxe-1-a\","             \
    "\"expires_in\":60,\"app\":\"A1\",\"team\":\"T1\"}],"                      \
    "\"codes\":[{\"code\":\"install-1\",\"app\":\"A0APP\",\"team\":"           \
    "\"T1\",\"bot\":{\"user\":\"U7\",\"scope\":\"x\"},"                        \
    "\"user\":{\"user\":\"U6\",\"scope\":\"y\"}}],"                            \
    "\"rules\":[{\"name\":\"r\",\"when\":{\"method\":\"x\"},"                  \
    "\"reply\":{\"body\":\"x\"}}],"                                            \
    "\"stubs\":{\"chat.postMessage\":{\"c\":[1,2]}},\"seed\":1"

/* A changed scenario uses nothing in the memory of the one before. */
static void a_change_outlives_the_next_ones(void **state)
{
    struct world *world = *state;
    int number;

    make_sandbox(world, "whole",
                 "{\"description\":\"d\",\"extends\":"
                 "\"default.json\"," WORLDLY "}");
    make_sandbox(world, "copied",
                 "{\"description\":\"d\",\"extends\":\"default.json\"}");
    patch(world, sandbox(world, "copied"), "{" WORLDLY "}");
    for (number = 0; number < 3; number++)
        patch(world, sandbox(world, "copied"), "{}");
    compare_states(world);
    compare_calls(world);
    compare_states(world);
}

static void many_changes_take_no_more_memory_than_a_few(void **state)
{
    static const char change[] =
        "{\"extends\":\"errors/ratelimited.json\",\"apps\":[{\"id\":\"A0APP\","
        "\"name\":\"n\"},{\"id\":\"A1\",\"client_id\":\"1.1\","
        "\"client_secret\":\"s\"}],"
        "\"teams\":[{\"id\":\"T1\"}],"
        "\"tokens\":[{\"token\":\"" BOT_TOKEN "\",\"state\":\"exchanged\"},"
        "{\"token\":\"xoxb-1\",\"app\":\"A1\",\"team\":\"T1\"},"
        "{\"token\":\"xoxe.xoxb-1-a\",\"refresh_token\":\"xoxe-1-a\","
        "\"expires_in\":60,\"app\":\"A1\",\"team\":\"T1\"},"
        "{\"generate\":1000,\"type\":\"bot\",\"app\":\"A1\",\"team\":\"T1\"}],"
        "\"codes\":[{\"code\":\"c\",\"app\":\"A1\",\"team\":\"T1\","
        "\"bot\":{\"user\":\"U\",\"scope\":\"x\"}}],"
        "\"rules\":[{\"name\":\"r\",\"reply\":{\"body\":\"x\"}}],"
        "\"stubs\":{\"a.b\":{\"c\":[1,2,3]}},\"seed\":3,"
        "\"clock\":\"2026-01-01T00:00:00Z\"}";
    struct world *world = *state;
    size_t few = 0;
    int number;

    if (!__sanitizer_get_current_allocated_bytes)
        skip();
    assert_memory_equal(world_exchange(world, EXCHANGE_BOT), "{\"ok\":true",
                        10);
    for (number = 0; number < 500; number++) {
        patch(world, world->mock, change);
        if (number == 10)
            few = __sanitizer_get_current_allocated_bytes();
    }
    assert_number(__sanitizer_get_current_allocated_bytes(), few);
}

/* A mock that holds the old scenario can go on with it. */
static void a_change_in_one_mock_is_none_in_another(void **state)
{
    static const char scenario[] =
        "{\"description\":\"d\",\"extends\":\"default.json\",\"seed\":1}";
    struct world *world = *state;

    make_sandbox(world, "whole", scenario);
    make_sandbox(world, "copied", scenario);
    patch(world, world->mock, "{\"apps\":[{\"id\":\"A0APP\",\"name\":\"m\"}]}");
    patch(world, sandbox(world, "copied"),
          "{\"apps\":[{\"id\":\"A0APP\",\"token_rotation\":false}]}");
    send_form(world, sandbox(world, "whole"), "oauth.v2.exchange",
              EXCHANGE_BOT);
    assert_memory_equal(buffer_text(&world->reply.body), "{\"ok\":true", 10);
    make_sandbox(world, "copied", scenario);
    send_form(world, sandbox(world, "copied"), "oauth.v2.exchange",
              EXCHANGE_BOT);
    assert_memory_equal(buffer_text(&world->reply.body), "{\"ok\":true", 10);
    assert_null(
        strstr(control(world, sandbox(world, "copied"), VERB_GET, "state", ""),
               "\"name\":\"m\""));
}

int main(void)
{
    struct test_list list = {.count = 0};

    add_test_with(&list, a_copy_is_as_good_as_the_scenario, world_setup,
                  world_teardown);
    add_test_with(&list, a_change_outlives_the_next_ones, world_setup,
                  world_teardown);
    add_test_with(&list, many_changes_take_no_more_memory_than_a_few,
                  world_setup, world_teardown);
    add_test_with(&list, a_change_in_one_mock_is_none_in_another, world_setup,
                  world_teardown);
    return run_list("change", &list);
}
