/*
 * The gates that a token passes before the arguments of any method are looked
 * at: is it there, known, alive, of the right kind, with one of the scopes.
 */
#include <stdio.h>
#include <string.h>

#include "every_method.h"

static void check_no_token(struct life *life, const struct method_facts *facts)
{
    if (!facts->tokens)
        return;
    assert_begins(call_method(life, facts, NULL, "%"),
                  "{\"ok\":false,\"error\":\"invalid_form_data\"", facts);
    assert_begins(call_method(life, facts, NULL, ""),
                  "{\"ok\":false,\"error\":\"not_authed\"", facts);
    assert_begins(call_method(life, facts, "xoxb-unknown", ""),
                  "{\"ok\":false,\"error\":\"invalid_auth\"", facts);
    assert_begins(call_method(life, facts, DEAD_BOT, ""),
                  "{\"ok\":false,\"error\":\"token_revoked\"", facts);
}

static void the_token_comes_first(void **state)
{
    check_each(*state, check_no_token);
}

static void check_expired(struct life *life, const struct method_facts *facts)
{
    if (facts->tokens)
        assert_begins(call_method(life, facts, ALL_CONFIGURATION, ""),
                      "{\"ok\":false,\"error\":\"token_expired\"}", facts);
}

static void an_expired_token_is_refused(void **state)
{
    life_pass(*state, 12 * HOUR);
    check_each(*state, check_expired);
}

static void check_inactive(struct life *life, const struct method_facts *facts)
{
    if (facts->tokens)
        assert_begins(call_method(life, facts, ALL_BOT, ""),
                      "{\"ok\":false,\"error\":\"account_inactive\"}", facts);
}

static void the_bot_of_an_uninstalled_app_is_refused(void **state)
{
    struct life *life = *state;

    assert_string_equal(
        life_call(life, "apps.uninstall", ALL_BOT, CLIENT "&" SECRET),
        "{\"ok\":true}");
    check_each(life, check_inactive);
}

/* Of a token without scopes, so that its kind must be looked at before. */
static void check_kind(struct life *life, const struct method_facts *facts)
{
    static const char wrong[] =
        "{\"ok\":false,\"error\":\"not_allowed_token_type\"";

    if (!facts->tokens)
        return;
    if (!(facts->tokens & METHOD_TOKEN_BOT))
        assert_begins(call_method(life, facts, NONE_BOT, ""), wrong, facts);
    if (!(facts->tokens & METHOD_TOKEN_USER))
        assert_begins(call_method(life, facts, NONE_USER, ""), wrong, facts);
    if (!(facts->tokens & METHOD_TOKEN_APP))
        assert_begins(call_method(life, facts, NONE_APP, ""), wrong, facts);
    if (!(facts->tokens & (METHOD_TOKEN_USER | METHOD_TOKEN_CONFIGURATION)))
        assert_begins(call_method(life, facts, ALL_CONFIGURATION, ""), wrong,
                      facts);
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
                           const char *token, uint16_t list,
                           const char *provided)
{
    struct buffer joined = BUFFER_INIT;
    char wanted[1024];

    join_scopes(&joined, list);
    snprintf(wanted, sizeof wanted,
             "{\"ok\":false,\"error\":\"missing_scope\",\"needed\":\"%s\","
             "\"provided\":\"%s\"}",
             buffer_text(&joined), provided);
    if (method_lists[list])
        assert_begins(call_method(life, facts, token, ""), wanted, facts);
    buffer_free(&joined);
}

static void check_scopes(struct life *life, const struct method_facts *facts)
{
    if (facts->tokens & METHOD_TOKEN_BOT)
        check_scope_of(life, facts, NONE_BOT, facts->scopes[METHOD_SCOPES_BOT],
                       "");
    if (facts->tokens & METHOD_TOKEN_USER) {
        const uint16_t list = facts->scopes[METHOD_SCOPES_USER];

        check_scope_of(life, facts, NONE_USER, list, "");
        if (!method_list_has(list, "app_configurations:write"))
            check_scope_of(life, facts, ALL_CONFIGURATION, list, ALL_SCOPES);
    }
    if (facts->tokens & METHOD_TOKEN_APP)
        check_scope_of(life, facts, NONE_APP,
                       facts->scopes[METHOD_SCOPES_OTHER], "");
    if (facts->tokens & METHOD_TOKEN_CONFIGURATION &&
        !method_list_has(facts->scopes[METHOD_SCOPES_OTHER],
                         "app_configurations:read"))
        check_scope_of(life, facts, READ_CONFIGURATION,
                       facts->scopes[METHOD_SCOPES_OTHER], READ_SCOPES);
}

static void scopes_come_before_arguments(void **state)
{
    check_each(*state, check_scopes);
}

#define ADD(function)                                                          \
    add_test_with(&list, function, every_method_setup, life_teardown)

int main(void)
{
    struct test_list list = {.count = 0};

    ADD(the_token_comes_first);
    ADD(an_expired_token_is_refused);
    ADD(the_bot_of_an_uninstalled_app_is_refused);
    ADD(the_kind_of_token_comes_before_its_scopes);
    ADD(scopes_come_before_arguments);
    return run_list("every method's tokens", &list);
}
