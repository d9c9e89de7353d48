/*
 * Every method that Slack documents, one after another: each gate that its
 * facts tell of, and its success. What is expected follows from the facts, and
 * not from what the mock answers.
 */
#include <cjson/cJSON.h>
#include <stdio.h>
#include <string.h>

#include "base/buffer.h"
#include "check.h"
#include "life.h"
#include "message/method_facts.h"
#include "message/method_names.h"
#include "world.h"

#define ALL_BOT   "xoxb-all"
#define ALL_USER  "xoxp-all"
#define NONE_BOT  "xoxb-none"
#define NONE_USER "xoxp-none"
#define ORG_BOT   "xoxb-org"
#define DEAD_BOT  "xoxb-dead"

#define TOKEN(text, team, more)                                                \
    "{\"token\":\"" text "\",\"app\":\"A0APP\",\"team\":\"" team "\"" more "}"

static const char scenario[] = WITH(
    "\"teams\":[{\"id\":\"T0ORG\",\"name\":\"Org\",\"domain\":\"org\","
    "\"enterprise\":{\"id\":\"E0ORG\",\"name\":\"Org\"},"
    "\"is_enterprise_install\":true}],\"tokens\":[" TOKEN(ALL_BOT, "T0TEAM", ",\"bot_user\":\"U1\"") "," TOKEN(
        ALL_USER, "T0TEAM",
        ",\"user\":\"U2\"") "," TOKEN(NONE_BOT, "T0TEAM",
                                      ",\"bot_user\":\"U3\",\"scope\":"
                                      "\"\"") "," TOKEN(NONE_USER, "T0TEAM",
                                                        ",\"user\":"
                                                        "\"U4\","
                                                        "\"scope\":"
                                                        "\"\"") "," TOKEN(ORG_BOT,
                                                                          "T0OR"
                                                                          "G",
                                                                          ",\"b"
                                                                          "ot_"
                                                                          "user"
                                                                          "\":"
                                                                          "\"U5"
                                                                          "\"") "," TOKEN(DEAD_BOT,
                                                                                          "T0TEAM",
                                                                                          ",\"bot_user\":\"U6\",\"state\":\"revoked\"") "]");

static int set_up(void **state)
{
    int failed = life_setup(state);
    struct life *life = *state;

    if (!failed)
        world_load(life->world, scenario);
    return failed;
}

/* ---- what the facts want ---- */

/* Those are code of their own, with tests of their own. */
static bool is_by_facts(const struct method_facts *facts)
{
    const char *name = method_facts_name(facts);

    return !method_name_is_known(name) && !method_is_gone(name) &&
           strcmp(name, "api.test") != 0;
}

static const char *token_of(const struct method_facts *facts)
{
    if (facts->tokens & METHOD_TOKEN_BOT)
        return ALL_BOT;
    return facts->tokens & METHOD_TOKEN_USER ? ALL_USER : NULL;
}

/* A value of the right type. */
static const char *value_of(unsigned type)
{
    static const char *const values[] = {
        [ARGUMENT_STRING] = "text", [ARGUMENT_BOOLEAN] = "true",
        [ARGUMENT_NUMBER] = "7",    [ARGUMENT_INTEGER] = "7",
        [ARGUMENT_ARRAY] = "a%2Cb", [ARGUMENT_OBJECT] = "%7B%7D",
        [ARGUMENT_ANY] = "text",
    };

    return values[type];
}

/* What methods want of which Slack's schema says that they may be left out. */
#define NEEDED "&text=hi&users=U1&unfurls=%7B%7D&timestamp=1.2&file=F1"

static void add_required(struct buffer *form, const struct method_facts *facts)
{
    const uint16_t *required = &method_lists[facts->required];

    buffer_add_text(form, "team_id=T0TEAM" NEEDED);
    for (; *required; required++) {
        const char *name = method_text(*required);

        buffer_printf(form, "&%s=%s", name,
                      value_of(method_facts_argument(facts, name)));
    }
}

/* ---- calls ---- */

typedef void check_method(struct life *life, const struct method_facts *facts);

static void check_each(struct life *life, check_method *check)
{
    for (size_t i = 0; i < method_facts_count; i++)
        if (is_by_facts(&method_facts[i]))
            check(life, &method_facts[i]);
}

static void assert_begins(const char *body, const char *start,
                          const struct method_facts *facts)
{
    if (strncmp(body, start, strlen(start)) != 0)
        fail_msg("%s answers %s, wanted %s", method_facts_name(facts), body,
                 start);
}

static const char *call(struct life *life, const struct method_facts *facts,
                        const char *token, const char *form)
{
    return life_call(life, method_facts_name(facts), token, form);
}

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

    if (facts->tokens && !token_of(facts))
        return;
    add_required(&form, facts);
    body = call(life, facts, token_of(facts), buffer_text(&form));
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

static void check_no_token(struct life *life, const struct method_facts *facts)
{
    if (!facts->tokens)
        return;
    assert_begins(call(life, facts, NULL, "%"),
                  "{\"ok\":false,\"error\":\"invalid_form_data\"", facts);
    assert_begins(call(life, facts, NULL, ""),
                  "{\"ok\":false,\"error\":\"not_authed\"", facts);
    assert_begins(call(life, facts, "xoxb-unknown", ""),
                  "{\"ok\":false,\"error\":\"invalid_auth\"", facts);
    assert_begins(call(life, facts, DEAD_BOT, ""),
                  "{\"ok\":false,\"error\":\"token_revoked\"", facts);
}

static void the_token_comes_first(void **state)
{
    check_each(*state, check_no_token);
}

/* Of a token without scopes, so that its kind must be looked at before. */
static void check_kind(struct life *life, const struct method_facts *facts)
{
    static const char wrong[] =
        "{\"ok\":false,\"error\":\"not_allowed_token_type\"";

    if (!facts->tokens)
        return;
    if (!(facts->tokens & METHOD_TOKEN_BOT))
        assert_begins(call(life, facts, NONE_BOT, ""), wrong, facts);
    if (!(facts->tokens & METHOD_TOKEN_USER))
        assert_begins(call(life, facts, NONE_USER, ""), wrong, facts);
}

static void the_kind_of_token_comes_before_its_scopes(void **state)
{
    check_each(*state, check_kind);
}

static void join_scopes(struct buffer *joined, uint16_t list)
{
    const uint16_t *scope;

    for (scope = &method_lists[list]; *scope; scope++)
        buffer_printf(joined, "%s%s", joined->length ? "," : "",
                      method_text(*scope));
}

static void check_scope_of(struct life *life, const struct method_facts *facts,
                           const char *token, uint16_t list)
{
    struct buffer joined = BUFFER_INIT;
    char wanted[1024];

    join_scopes(&joined, list);
    snprintf(wanted, sizeof wanted,
             "{\"ok\":false,\"error\":\"missing_scope\",\"needed\":\"%s\","
             "\"provided\":\"\"}",
             buffer_text(&joined));
    if (method_lists[list])
        assert_begins(call(life, facts, token, ""), wanted, facts);
    buffer_free(&joined);
}

static void check_scopes(struct life *life, const struct method_facts *facts)
{
    if (facts->tokens & METHOD_TOKEN_BOT)
        check_scope_of(life, facts, NONE_BOT, facts->scopes[METHOD_SCOPES_BOT]);
    if (facts->tokens & METHOD_TOKEN_USER)
        check_scope_of(life, facts, NONE_USER,
                       facts->scopes[METHOD_SCOPES_USER]);
}

static void scopes_come_before_arguments(void **state)
{
    check_each(*state, check_scopes);
}

static void check_required(struct life *life, const struct method_facts *facts)
{
    const uint16_t *required = &method_lists[facts->required];
    struct buffer wanted = BUFFER_INIT;
    const char *between = "";

    if (!*required || (facts->tokens && !token_of(facts)))
        return;
    buffer_add_text(&wanted, "{\"ok\":false,\"error\":\"invalid_arguments\","
                             "\"response_metadata\":{\"messages\":[");
    for (; *required; required++) {
        buffer_printf(&wanted, "%s\"[ERROR] missing required field: %s\"",
                      between, method_text(*required));
        between = ",";
    }
    buffer_add_text(&wanted, "]}}");
    assert_begins(call(life, facts, token_of(facts), ""), buffer_text(&wanted),
                  facts);
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

        if (!words[argument[1]] || (facts->tokens && !token_of(facts)) ||
            (strcmp(name, "limit") == 0 &&
             method_facts_has_error(facts, "invalid_limit")))
            continue;
        snprintf(form, sizeof form, "%s=maybe", name);
        snprintf(wanted, sizeof wanted,
                 "[ERROR] must provide %s [json-pointer:/%s]",
                 words[argument[1]], name);
        body = call(life, facts, token_of(facts), form);
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
        assert_string_equal(call(life, facts, ORG_BOT, team),
                            "{\"ok\":false,\"error\":\"missing_argument\","
                            "\"arg\":\"team_id\"}");
    else
        assert_begins(call(life, facts, ORG_BOT, team), "{\"ok\":true", facts);
    buffer_free(&form);
}

static void an_organisation_says_which_team_it_means(void **state)
{
    check_each(*state, check_team);
}

static void check_pages(struct life *life, const struct method_facts *facts)
{
    struct buffer form = BUFFER_INIT;

    if (facts->tokens && token_of(facts)) {
        add_required(&form, facts);
        buffer_add_text(&form, "&limit=1001");
        if (method_facts_has_error(facts, "invalid_limit"))
            assert_begins(
                call(life, facts, token_of(facts), buffer_text(&form)),
                "{\"ok\":false,\"error\":\"invalid_limit\"}", facts);
        buffer_clear(&form);
        add_required(&form, facts);
        buffer_add_text(&form, "&cursor=%21");
        if (method_facts_has_error(facts, "invalid_cursor"))
            assert_begins(
                call(life, facts, token_of(facts), buffer_text(&form)),
                "{\"ok\":false,\"error\":\"invalid_cursor\"}", facts);
    }
    buffer_free(&form);
}

static void bad_pages_are_refused_where_that_is_documented(void **state)
{
    check_each(*state, check_pages);
}

/* Whoever asks: those that have a page still, and those that have none. */
static void what_slack_took_back_is_deprecated(void **state)
{
    static const char *const names[] = {"channels.list", "groups.history",
                                        "im.open", "mpim.close"};
    static const char wanted[] =
        "{\"ok\":false,\"error\":\"method_deprecated\"}";
    struct life *life = *state;
    size_t gone = 0;

    for (size_t i = 0; i < method_facts_count; i++) {
        const char *name = method_facts_name(&method_facts[i]);

        if (!method_is_gone(name))
            continue;
        gone++;
        assert_string_equal(life_call(life, name, ALL_USER, ""), wanted);
        assert_string_equal(life_call(life, name, NULL, ""), wanted);
    }
    assert_number(gone, 1); /* files.upload */
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        assert_string_equal(life_call(life, names[i], ALL_USER, ""), wanted);
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

#define ADD(function) add_test_with(&list, function, set_up, life_teardown)

int main(void)
{
    struct test_list list = {.count = 0};

    add_test(&list, the_table_is_whole_and_in_order);
    ADD(every_method_succeeds_with_what_it_requires);
    ADD(the_token_comes_first);
    ADD(the_kind_of_token_comes_before_its_scopes);
    ADD(scopes_come_before_arguments);
    ADD(each_required_argument_is_named_in_order);
    ADD(each_argument_has_its_type);
    ADD(an_organisation_says_which_team_it_means);
    ADD(bad_pages_are_refused_where_that_is_documented);
    ADD(what_slack_took_back_is_deprecated);
    return run_list("every method", &list);
}
