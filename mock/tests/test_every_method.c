/*
 * Every method that Slack documents, one after another: each gate that its
 * facts tell of, and its success. What is expected follows from the facts, and
 * not from what the mock answers.
 */
#include <cjson/cJSON.h>
#include <stdio.h>
#include <string.h>

#include "every_method.h"
#include "world.h"

/* True if something stands there that the world has a value for. */
static bool has_gap(const char *body)
{
    return strstr(body, "\"T0MOCK\"") || strstr(body, "\"U0MOCK\"") ||
           strstr(body, "\"A0MOCK\"") || strstr(body, "\"@");
}

static void check_success(struct life *life, const struct method_facts *facts)
{
    struct buffer form = BUFFER_INIT;
    const char *body;
    cJSON *tree;

    if (facts->tokens && !token_for(facts))
        return;
    add_required(&form, facts);
    body = call_method(life, facts, token_for(facts), buffer_text(&form));
    tree = cJSON_Parse(body);
    if (!tree)
        fail_msg("%s answers no JSON: %s", method_facts_name(facts), body);
    cJSON_Delete(tree);
    assert_begins(body, "{\"ok\":true", facts);
    if (facts->tokens && has_gap(body))
        fail_msg("%s leaves a place unfilled: %s", method_facts_name(facts),
                 body);
    buffer_free(&form);
}

static void every_method_succeeds_with_what_it_requires(void **state)
{
    check_each(*state, check_success);
}

static void check_required(struct life *life, const struct method_facts *facts)
{
    const uint16_t *required = &method_lists[facts->required];
    struct buffer wanted = BUFFER_INIT;
    const char *between = "";

    if (!*required || (facts->tokens && !token_for(facts)))
        return;
    buffer_add_text(&wanted, "{\"ok\":false,\"error\":\"invalid_arguments\","
                             "\"response_metadata\":{\"messages\":[");
    for (; *required; required++) {
        buffer_printf(&wanted, "%s\"[ERROR] missing required field: %s\"",
                      between, method_text(*required));
        between = ",";
    }
    buffer_add_text(&wanted, "]}}");
    assert_begins(call_method(life, facts, token_for(facts), ""),
                  buffer_text(&wanted), facts);
    buffer_free(&wanted);
}

static void each_required_argument_is_named_in_order(void **state)
{
    check_each(*state, check_required);
}

/* A value that no number, boolean or object can be. */
static void check_types(struct life *life, const struct method_facts *facts)
{
    const uint16_t *argument = &method_lists[facts->arguments];
    char form[128];
    char wanted[128];

    for (; *argument; argument += 2) {
        static const char *const words[] = {
            [ARGUMENT_BOOLEAN] = "a boolean",
            [ARGUMENT_NUMBER] = "a number",
            [ARGUMENT_INTEGER] = "a number",
            [ARGUMENT_OBJECT] = "an object",
            [ARGUMENT_ANY] = NULL,
        };
        const char *name = method_text(argument[0]);
        const char *body;

        if (!words[argument[1]] || (facts->tokens && !token_for(facts)) ||
            (strcmp(name, "limit") == 0 &&
             method_facts_has_error(facts, "invalid_limit")))
            continue;
        snprintf(form, sizeof form, "%s=maybe", name);
        snprintf(wanted, sizeof wanted,
                 "[ERROR] must provide %s [json-pointer:/%s]",
                 words[argument[1]], name);
        body = call_method(life, facts, token_for(facts), form);
        if (!strstr(body, wanted))
            fail_msg("%s answers %s, wanted %s", method_facts_name(facts), body,
                     wanted);
    }
}

static void each_argument_has_its_type(void **state)
{
    check_each(*state, check_types);
}

static void check_team(struct life *life, const struct method_facts *facts)
{
    struct buffer form = BUFFER_INIT;
    const char *team;
    bool asks = method_facts_has_error(facts, "missing_argument") &&
                method_facts_argument(facts, "team_id");

    if (!(facts->tokens & METHOD_TOKEN_BOT))
        return;
    add_required(&form, facts);
    team = strstr(buffer_text(&form), "&team_id=")
               ? buffer_text(&form)
               : buffer_text(&form) + strlen("team_id=T0TEAM&");
    if (asks)
        assert_string_equal(call_method(life, facts, ORG_BOT, team),
                            "{\"ok\":false,\"error\":\"missing_argument\","
                            "\"arg\":\"team_id\"}");
    else
        assert_begins(call_method(life, facts, ORG_BOT, team), "{\"ok\":true",
                      facts);
    buffer_free(&form);
}

static void an_organisation_says_which_team_it_means(void **state)
{
    check_each(*state, check_team);
}

static void check_pages(struct life *life, const struct method_facts *facts)
{
    static const char *const pages[][2] = {
        {"&limit=1001", "invalid_limit"},
        {"&limit=0", "invalid_limit"},
        {"&limit=-1", "invalid_limit"},
        {"&limit=7x", "invalid_limit"},
        {"&limit=1000", NULL},
        {"&cursor=%21", "invalid_cursor"},
        {"&cursor=dXNlcjpVMEc5V0ZYTlo%3D", NULL},
    };
    char wanted[64];

    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
        struct buffer form = BUFFER_INIT;
        const char *error = pages[i][1];

        if ((facts->tokens && !token_for(facts)) ||
            (error && !method_facts_has_error(facts, error)))
            continue;
        add_required(&form, facts);
        buffer_add_text(&form, pages[i][0]);
        snprintf(wanted, sizeof wanted, "{\"ok\":%s%s",
                 error ? "false,\"error\":\"" : "true", error ? error : "");
        assert_begins(
            call_method(life, facts, token_for(facts), buffer_text(&form)),
            wanted, facts);
        buffer_free(&form);
    }
}

static void bad_pages_are_refused_where_that_is_documented(void **state)
{
    check_each(*state, check_pages);
}

/* In both forms a success says the same: one is written in long runs. */
static void check_indented(struct life *life, const struct method_facts *facts)
{
    static const char *const ends[] = {"", "&pretty=1"};
    const char *body = "";
    cJSON *trees[2];

    if (facts->tokens && !token_for(facts))
        return;
    for (size_t i = 0; i < 2; i++) {
        struct buffer form = BUFFER_INIT;

        add_required(&form, facts);
        buffer_add_text(&form, ends[i]);
        every_method_begin(life);
        body = call_method(life, facts, token_for(facts), buffer_text(&form));
        trees[i] = cJSON_Parse(body);
        buffer_free(&form);
    }
    if (strstr(body, ",\"") || strstr(body, "\":\""))
        fail_msg("%s is not indented: %s", method_facts_name(facts), body);
    if (!trees[0] || !cJSON_Compare(trees[0], trees[1], true))
        fail_msg("%s says another thing when it is indented",
                 method_facts_name(facts));
    cJSON_Delete(trees[0]);
    cJSON_Delete(trees[1]);
}

static void an_indented_success_is_the_same(void **state)
{
    check_each(*state, check_indented);
}

/* ---- errors by a rule ---- */

static void add_rule(struct buffer *scenario, const struct method_facts *facts)
{
    const uint16_t *error = &method_lists[facts->errors];
    const char *between = "";

    if (!*error)
        return;
    buffer_printf(scenario, "{\"when\":{\"method\":\"%s\"},\"sequence\":[",
                  method_facts_name(facts));
    for (; *error; error++, between = ",")
        buffer_printf(scenario, "%s{\"error\":\"%s\"}", between,
                      method_text(*error));
    buffer_add_text(scenario, "]},");
}

/* Of all methods, those with code of their own too. */
static void each_documented_error_can_be_forced(void **state)
{
    struct life *life = *state;
    struct buffer scenario = BUFFER_INIT;
    char wanted[160];
    size_t count = 0;

    buffer_add_text(&scenario, BASE ",\"rules\":[");
    for (size_t i = 0; i < method_facts_count; i++)
        add_rule(&scenario, &method_facts[i]);
    buffer_add_text(&scenario, "{\"reply\":{}}]}");
    world_load(life->world, buffer_text(&scenario));
    for (size_t i = 0; i < method_facts_count; i++) {
        const struct method_facts *facts = &method_facts[i];
        const uint16_t *error = &method_lists[facts->errors];

        for (; *error; error++, count++) {
            snprintf(wanted, sizeof wanted, "{\"ok\":false,\"error\":\"%s\"",
                     method_text(*error));
            assert_begins(call_method(life, facts, NULL, ""), wanted, facts);
        }
    }
    assert_number(count, 2454);
    buffer_free(&scenario);
}

static void the_table_is_whole_and_in_order(void **state)
{
    (void)state;
    assert_number(method_facts_count, 322);
    for (size_t i = 0; i < method_facts_count; i++) {
        const char *name = method_facts_name(&method_facts[i]);

        assert_ptr_equal(method_facts_find(name), &method_facts[i]);
        if (i)
            assert_true(strcmp(method_facts_name(&method_facts[i - 1]), name) <
                        0);
    }
    assert_null(method_facts_find("chat.postmessage"));
    assert_null(method_facts_find(""));
}

#define ADD(function)                                                          \
    add_test_with(&list, function, every_method_setup, life_teardown)

int main(void)
{
    struct test_list list = {.count = 0};

    add_test(&list, the_table_is_whole_and_in_order);
    ADD(every_method_succeeds_with_what_it_requires);
    ADD(each_required_argument_is_named_in_order);
    ADD(each_argument_has_its_type);
    ADD(an_organisation_says_which_team_it_means);
    ADD(bad_pages_are_refused_where_that_is_documented);
    ADD(an_indented_success_is_the_same);
    ADD(each_documented_error_can_be_forced);
    return run_list("every method", &list);
}
