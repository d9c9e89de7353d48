/*
 * What the loader says of broken `events`, and of rules for events.
 */
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "world.h"

#define EVENTS(json) WITH("\"apps\":[{\"id\":\"A0APP\",\"events\":" json "}]")
#define URL(url)     EVENTS("{\"url\":\"" url "\",\"signing_secret\":\"s\"}")
#define RULE(when, reply)                                                      \
    WITH("\"rules\":[{\"when\":{" when "},\"reply\":{" reply "}}]")

static struct mistake_row rows[] = {
    {"events without anything", EVENTS("{}"),
     "$.apps[0].events: missing \"url\"\n"
     "test.json: $.apps[0].events: missing \"signing_secret\"\n"},
    {"an unknown key", EVENTS("{\"ulr\":\"x\"}"),
     "$.apps[0].events.ulr: unknown key; did you mean \"url\"?\n"},
    {"https", URL("https://127.0.0.1/"),
     "$.apps[0].events.url: found \"https://127.0.0.1/\": slackmock sends "
     "without TLS, wanted http://\n"},
    {"a URL that is none", URL("127.0.0.1:3000"),
     "$.apps[0].events.url: found \"127.0.0.1:3000\": wanted one such as "
     "http://127.0.0.1:3000/slack/events\n"},
    {"an unknown event", RULE("\"event\":\"app_removed\"", ""),
     "$.rules[0].when.event: found \"app_removed\", wanted "
     "\"tokens_revoked\" or \"app_uninstalled\"\n"},
    {"an event and a method",
     RULE("\"event\":\"tokens_revoked\",\"method\":\"*\"", ""),
     "$.rules[0].when: found \"event\" beside conditions on a call, wanted "
     "none: an event is no call\n"},
    {"a reply to an event",
     RULE("\"event\":\"tokens_revoked\"", "\"error\":\"fatal_error\""),
     "$.rules[0]: an event has no reply; wanted \"event\" or \"delay\" alone "
     "for it\n"},
};

static void an_event_in_a_reply_to_calls_is_warned_of(void **state)
{
    struct world *world = *state;
    struct scenario *scenario =
        world_scenario(world, RULE("", "\"event\":\"drop\""));
    struct buffer lines = BUFFER_INIT;

    scenario_warn(scenario, &lines);
    scenario_release(scenario);
    assert_string_equal(lines.data,
                        "warning: test.json: $.rules[0]: \"event\" in its "
                        "reply does nothing without \"event\" in \"when\"\n");
    buffer_free(&lines);
}

int main(void)
{
    struct test_list list = {.count = 0};

    world_add_mistakes(&list, rows, sizeof rows / sizeof *rows);
    add_test_with(&list, an_event_in_a_reply_to_calls_is_warned_of, world_setup,
                  world_teardown);
    return run_list("event mistakes", &list);
}
