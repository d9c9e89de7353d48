/*
 * Rules through the core's entrance: which calls they are for, how often they
 * act, and what they do to a reply.
 */
#include <string.h>

#include "check.h"
#include "rules/glob.h"
#include "world.h"

#define RULES(rules)                                                           \
    "{\"description\":\"d\",\"extends\":\"default.json\",\"rules\":[" rules "]}"

static const char *exchange_with(struct world *world, const char *scenario)
{
    world_load(world, scenario);
    return world_exchange(world, EXCHANGE_BOT);
}

static void a_forced_error_takes_no_effect(void **state)
{
    struct world *world = *state;

    assert_string_equal(
        exchange_with(world, RULES("{\"times\":1,\"reply\":{\"error\":"
                                   "\"internal_error\"}}")),
        "{\"ok\":false,\"error\":\"internal_error\"}");
    assert_string_equal(world->reply.record.rule, "rules[0]");
    assert_non_null(strstr(world_exchange(world, EXCHANGE_BOT), "\"ok\":true"));
    assert_null(world->reply.record.rule);
}

static void a_forced_error_needs_no_arguments(void **state)
{
    struct world *world = *state;

    world_load(world, RULES("{\"reply\":{\"error\":\"fatal_error\"}}"));
    assert_string_equal(world_exchange(world, ""),
                        "{\"ok\":false,\"error\":\"fatal_error\"}");
}

static void a_rule_does_not_hide_a_malformed_call(void **state)
{
    struct world *world = *state;

    world_load(world, RULES("{\"reply\":{\"error\":\"fatal_error\"}}"));
    assert_string_equal(world_exchange(world, "a-b=1"),
                        "{\"ok\":false,\"error\":\"invalid_arg_name\"}");
}

static void ratelimited_is_429_with_30_seconds(void **state)
{
    struct world *world = *state;

    assert_string_equal(
        exchange_with(world, RULES("{\"reply\":{\"error\":\"ratelimited\"}}")),
        "{\"ok\":false,\"error\":\"ratelimited\"}");
    assert_number(world->reply.status, 429);
    assert_string_equal(reply_header(&world->reply, "Retry-After"), "30");
}

static void retry_after_null_takes_the_header_away(void **state)
{
    struct world *world = *state;

    exchange_with(world, RULES("{\"reply\":{\"error\":\"ratelimited\","
                               "\"retry_after\":null,\"status\":200}}"));
    assert_number(world->reply.status, 200);
    assert_null(reply_header(&world->reply, "Retry-After"));
}

static void warnings_and_messages_dress_a_success(void **state)
{
    const char *body = exchange_with(
        *state,
        RULES("{\"reply\":{\"warnings\":[\"missing_charset\","
              "\"superfluous_charset\"],\"messages\":[\"[WARN] x\"]}}"));

    assert_non_null(strstr(body, "{\"ok\":true,"));
    assert_non_null(
        strstr(body, ",\"enterprise\":null,"
                     "\"warning\":\"missing_charset,superfluous_charset\","
                     "\"response_metadata\":{\"warnings\":[\"missing_charset\","
                     "\"superfluous_charset\"],\"messages\":[\"[WARN] x\"]}}"));
}

static void a_raw_body_replaces_the_call(void **state)
{
    struct world *world = *state;

    assert_string_equal(
        exchange_with(world,
                      RULES("{\"times\":1,\"reply\":{\"status\":503,\"body\":"
                            "\"<html>\",\"content_type\":\"text/html\","
                            "\"headers\":{\"x-one\":\"1\",\"DATE\":\"d\"}}}")),
        "<html>");
    assert_number(world->reply.status, 503);
    assert_string_equal(reply_header(&world->reply, "Content-Type"),
                        "text/html");
    assert_string_equal(reply_header(&world->reply, "X-One"), "1");
    assert_string_equal(reply_header(&world->reply, "Date"), "d");
    assert_non_null(strstr(world_exchange(world, EXCHANGE_BOT), "\"ok\":true"));
}

static void content_type_null_takes_the_header_away(void **state)
{
    struct world *world = *state;

    assert_non_null(strstr(
        exchange_with(world, RULES("{\"reply\":{\"content_type\":null}}")),
        "\"ok\":true"));
    assert_null(reply_header(&world->reply, "Content-Type"));
}

static void every_given_condition_must_match(void **state)
{
    struct world *world = *state;

    world_load(world,
               RULES("{\"when\":{\"method\":\"oauth.*\",\"token\":\"xoxp-*\","
                     "\"client_id\":\"*.987235871?\"},"
                     "\"reply\":{\"error\":\"fatal_error\"}}"));
    assert_non_null(strstr(world_exchange(world, EXCHANGE_BOT), "\"ok\":true"));
    assert_non_null(
        strstr(world_exchange(world, EXCHANGE_USER), "fatal_error"));
    assert_null(strstr(
        world_exchange(world, "client_id=1&client_secret=2&token=" USER_TOKEN),
        "fatal_error"));
}

static void a_token_that_was_not_sent_matches_no_glob(void **state)
{
    struct world *world = *state;

    world_load(world, RULES("{\"when\":{\"token\":\"*\"},"
                            "\"reply\":{\"error\":\"fatal_error\"}}"));
    assert_non_null(
        strstr(world_exchange(world, CLIENT "&" SECRET), "invalid_arguments"));
}

static void the_first_rule_with_turns_wins(void **state)
{
    struct world *world = *state;

    world_load(world,
               RULES("{\"times\":1,\"reply\":{\"error\":\"internal_error\"}},"
                     "{\"times\":1,\"reply\":{\"error\":\"fatal_error\"}}"));
    assert_non_null(
        strstr(world_exchange(world, EXCHANGE_BOT), "internal_error"));
    assert_non_null(strstr(world_exchange(world, EXCHANGE_BOT), "fatal_error"));
    assert_non_null(strstr(world_exchange(world, EXCHANGE_BOT), "\"ok\":true"));
}

static void an_undocumented_error_can_be_asked_for(void **state)
{
    assert_string_equal(
        exchange_with(*state, RULES("{\"reply\":{\"error\":\"x\","
                                    "\"undocumented\":true}}")),
        "{\"ok\":false,\"error\":\"x\"}");
}

struct glob_row {
    const char *name;
    const char *glob;
    const char *text;
    bool matches;
};

static struct glob_row globs[] = {
    {"a plain glob is equality", "abc", "abc", true},
    {"a plain glob is whole", "abc", "abcd", false},
    {"a star is any run", "a*c", "abbbc", true},
    {"a star is an empty run too", "a*c", "ac", true},
    {"a question mark is one byte", "a?c", "abc", true},
    {"a question mark is not none", "a?c", "ac", false},
    {"a star tries again", "*aab", "aaaab", true},
    {"two stars", "*b*d", "abcd", true},
    {"an empty glob matches nothing but nothing", "", "a", false},
    {"stars at the end", "a**", "a", true},
};

static void it_matches(void **state)
{
    const struct glob_row *row = *state;

    assert_int_equal(glob_matches(row->glob, row->text, strlen(row->text)),
                     row->matches);
}

#define ADD(function)                                                          \
    add_test_with(&list, function, world_setup, world_teardown)

int main(void)
{
    struct test_list list = {.count = 0};

    ADD(a_forced_error_takes_no_effect);
    ADD(a_forced_error_needs_no_arguments);
    ADD(a_rule_does_not_hide_a_malformed_call);
    ADD(ratelimited_is_429_with_30_seconds);
    ADD(retry_after_null_takes_the_header_away);
    ADD(warnings_and_messages_dress_a_success);
    ADD(a_raw_body_replaces_the_call);
    ADD(content_type_null_takes_the_header_away);
    ADD(every_given_condition_must_match);
    ADD(a_token_that_was_not_sent_matches_no_glob);
    ADD(the_first_rule_with_turns_wins);
    ADD(an_undocumented_error_can_be_asked_for);
    add_rows(&list, it_matches, globs);
    return run_list("rule", &list);
}
