/*
 * What a person and an organisation decide at the authorize pages: optional
 * scopes, rules of the organisation, and a sign-in that asks nobody.
 */
#include <stdio.h>
#include <string.h>

#include "browser.h"
#include "check.h"

#define V2     "/oauth/v2/authorize"
#define OPENID "/openid/connect/authorize"
#define ALL    CLIENT "&" SECRET "&redirect_uri=" BACK
#define OPTIONAL                                                               \
    APP("\"bot_optional\":[\"files:read\"],"                                   \
        "\"user_optional\":[\"users:read\"]")
#define ASKED ASKING "&scope=commands,files:read&user_scope=users:read"

/* ---- optional scopes ---- */

static void an_optional_scope_has_a_ticked_box(void **state)
{
    struct life *life = *state;
    const char *page;

    world_load(life->world, OPTIONAL);
    page = browser_get(life, V2, ASKED);
    assert_non_null(strstr(page, "<input type=\"checkbox\" "
                                 "name=\"bot_optional.files:read\" checked>"));
    assert_non_null(strstr(page, "<input type=\"checkbox\" "
                                 "name=\"user_optional.users:read\" checked>"));
    assert_null(strstr(page, "bot_optional.commands"));
    assert_null(
        strstr(browser_get(life, V2, ASKING "&scope=commands"), "checkbox"));
}

static const char *install(struct life *life, const char *form)
{
    char code[128];

    browser_install(life, V2, form, code);
    return life_call(life, "oauth.v2.access", NULL,
                     browser_form(life, ALL, code));
}

static void a_ticked_scope_is_granted(void **state)
{
    struct life *life = *state;
    const char *body;

    world_load(life->world, OPTIONAL);
    body = install(life, ASKED "&bot_optional.files%3Aread=on"
                               "&user_optional.users%3Aread=on");
    assert_non_null(
        strstr(body, "\"scope\":\"commands,chat:write,files:read\""));
    assert_non_null(strstr(body, "\"scope\":\"chat:write,users:read\""));
}

static void an_unticked_scope_shows_in_the_granted_scopes_alone(void **state)
{
    struct life *life = *state;
    const char *body;

    world_load(life->world, OPTIONAL);
    body = install(life, ASKED);
    assert_non_null(strstr(body, "\"authed_user\":{\"id\":\"U0USER\"}"));
    assert_non_null(strstr(body, "\"scope\":\"commands,chat:write\""));
    assert_null(strstr(body, "files:read"));
}

static void without_a_person_optional_scopes_are_granted(void **state)
{
    struct life *life = *state;
    char code[128];
    const char *place;

    world_load(life->world,
               BASE ",\"consent\":\"allow\",\"apps\":[{\"id\":\"A0APP\","
                    "\"bot_optional\":[\"files:read\"]}]}");
    browser_get(life, V2, ASKING "&scope=commands,files:read");
    place = strstr(browser_leads(life), "code=");
    assert_non_null(place);
    place += strlen("code=");
    snprintf(code, sizeof code, "%.*s", (int)strcspn(place, "&"), place);
    assert_non_null(strstr(
        life_call(life, "oauth.v2.access", NULL, browser_form(life, ALL, code)),
        "\"scope\":\"commands,chat:write,files:read\""));
}

static void leaving_out_all_there_is_leaves_nothing_to_allow(void **state)
{
    struct life *life = *state;

    world_load(life->world, OPTIONAL);
    browser_post(life, V2, ASKING "&scope=files:read&decision=allow");
    assert_page_refused(life, "invalid_scope");
}

/* ---- the organisation ---- */

#define ORGANISATION(keys)                                                     \
    BASE ",\"teams\":[{\"id\":\"T0TEAM\",\"enterprise\":{\"id\":\"E0ORG\","    \
         "\"name\":\"Org\"," keys "}}]}"

static void a_forbidden_scope_is_refused_in_the_organisation(void **state)
{
    struct life *life = *state;

    world_load(
        life->world,
        ORGANISATION("\"forbidden_scopes\":[\"admin\",\"search:read\"]"));
    browser_get(life, V2,
                ASKING "&scope=commands,admin&user_scope=search:read");
    assert_page_refused(life, "scope_not_allowed_on_enterprise");
    assert_non_null(strstr(buffer_text(&life->world->reply.body),
                           "these scopes: admin, search:read<"));
    browser_get(life, V2, ASKING "&scope=commands");
    assert_number(life->world->reply.status, 200);
}

static void a_scope_that_nobody_approved_is_refused(void **state)
{
    struct life *life = *state;

    world_load(life->world, ORGANISATION("\"approved_scopes\":[\"commands\"]"));
    browser_get(life, V2, ASKING "&scope=commands,chat:write");
    assert_page_refused(life, "unapproved_scope");
    assert_non_null(strstr(buffer_text(&life->world->reply.body),
                           "these scopes: chat:write<"));
    browser_get(life, V2, ASKING "&scope=commands");
    assert_number(life->world->reply.status, 200);
}

static void patch(struct life *life, const char *change)
{
    const struct request request = {
        .verb = VERB_PATCH,
        .verb_name = "PATCH",
        .method = "scenario",
        .body = change,
        .body_length = strlen(change),
        .host_time = life->now,
    };

    world_control(life->world, &request);
    assert_number(life->world->reply.status, 200);
}

static void a_team_of_its_own_knows_no_rules_of_an_organisation(void **state)
{
    struct life *life = *state;

    world_load(life->world,
               ORGANISATION("\"forbidden_scopes\":[\"commands\"]"));
    patch(life, "{\"teams\":[{\"id\":\"T0TEAM\",\"enterprise\":null}]}");
    browser_get(life, V2, ASKING "&scope=commands");
    assert_number(life->world->reply.status, 200);
}

static void the_team_that_was_picked_is_judged(void **state)
{
    struct life *life = *state;

    world_load(life->world,
               BASE ",\"teams\":[{\"id\":\"T2\",\"enterprise\":{\"id\":"
                    "\"E2\",\"name\":\"Org\",\"forbidden_scopes\":"
                    "[\"commands\"]}}]}");
    browser_post(life, V2, ASKING "&scope=commands&team=T2&decision=allow");
    assert_page_refused(life, "scope_not_allowed_on_enterprise");
    browser_post(life, V2, ASKING "&scope=commands&team=T0TEAM&decision=allow");
    assert_non_null(strstr(browser_leads(life), "?code="));
}

/* ---- a second sign-in ---- */

/* The person of this world has granted nothing so far. */
#define STRANGER                                                               \
    BASE ",\"tokens\":[{\"token\":\"xoxp-12345-67890-1928471-abcdefg\","       \
         "\"scope\":\"\"}]}"

static bool sign(const unsigned char *digest,
                 unsigned char signature[SIGNATURE_SIZE])
{
    memset(signature, digest[0], SIGNATURE_SIZE);
    return true;
}

static void sign_in(struct life *life)
{
    char code[128];

    life->world->sign = sign;
    world_load(life->world, STRANGER);
    browser_install(life, OPENID, ASKING "&scope=openid", code);
    assert_non_null(strstr(life_call(life, "openid.connect.token", NULL,
                                     browser_form(life, ALL, code)),
                           "\"ok\":true"));
}

static void a_second_sign_in_with_its_team_asks_nobody(void **state)
{
    struct life *life = *state;

    sign_in(life);
    browser_get(life, OPENID, ASKING "&scope=openid&team=T0TEAM");
    assert_number(life->world->reply.status, 302);
    assert_non_null(strstr(browser_leads(life), "?code="));
}

static void a_sign_in_asks_for_what_is_new(void **state)
{
    static const char *const queries[] = {
        ASKING "&scope=openid",
        ASKING "&scope=openid&team=T9",
        ASKING "&scope=openid,email&team=T0TEAM",
    };
    struct life *life = *state;
    size_t number;

    sign_in(life);
    for (number = 0; number < sizeof queries / sizeof *queries; number++) {
        browser_get(life, OPENID, queries[number]);
        assert_number(life->world->reply.status, 200);
        assert_null(browser_location(life));
    }
}

static void a_first_sign_in_asks_though_the_team_is_named(void **state)
{
    struct life *life = *state;

    world_load(life->world, STRANGER);
    browser_get(life, OPENID, ASKING "&scope=openid&team=T0TEAM");
    assert_number(life->world->reply.status, 200);
}

static void other_pages_ask_each_time(void **state)
{
    struct life *life = *state;

    sign_in(life);
    browser_get(life, V2, ASKING "&user_scope=openid&team=T0TEAM");
    assert_number(life->world->reply.status, 200);
}

static void who_uninstalled_is_asked_again(void **state)
{
    struct life *life = *state;

    sign_in(life);
    assert_non_null(
        strstr(life_call(life, "apps.uninstall", BOT_TOKEN, CLIENT "&" SECRET),
               "\"ok\":true"));
    browser_get(life, OPENID, ASKING "&scope=openid&team=T0TEAM");
    assert_number(life->world->reply.status, 200);
}

static void the_flow_sign_in_asks_once_and_opens_nothing_else(void **state)
{
    static const char form[] =
        CLIENT "&redirect_uri=http://localhost:3000/auth/slack/callback"
               "&scope=openid+email+profile&team=T0TEAM";
    static const char exchange[] = CLIENT
        "&" SECRET "&redirect_uri=http://localhost:3000/auth/slack/callback";
    struct life *life = *state;
    char code[128];

    life->world->sign = sign;
    world_load(life->world,
               "{\"description\":\"d\",\"extends\":\"flows/sign-in.json\"}");
    browser_get(life, OPENID, form);
    assert_number(life->world->reply.status, 200);
    browser_install(life, OPENID, form, code);
    assert_non_null(strstr(life_call(life, "openid.connect.token", NULL,
                                     browser_form(life, exchange, code)),
                           "\"id_token\":\""));
    browser_get(life, OPENID, form);
    assert_number(life->world->reply.status, 302);
    browser_get(life, V2, CLIENT "&scope=commands");
    assert_page_refused(life, "invalid_scope_requested");
}

#define ADD(function) add_test_with(&list, function, life_setup, life_teardown)

int main(void)
{
    struct test_list list = {.count = 0};

    ADD(an_optional_scope_has_a_ticked_box);
    ADD(a_ticked_scope_is_granted);
    ADD(an_unticked_scope_shows_in_the_granted_scopes_alone);
    ADD(without_a_person_optional_scopes_are_granted);
    ADD(leaving_out_all_there_is_leaves_nothing_to_allow);
    ADD(a_forbidden_scope_is_refused_in_the_organisation);
    ADD(a_scope_that_nobody_approved_is_refused);
    ADD(a_team_of_its_own_knows_no_rules_of_an_organisation);
    ADD(the_team_that_was_picked_is_judged);
    ADD(a_second_sign_in_with_its_team_asks_nobody);
    ADD(a_sign_in_asks_for_what_is_new);
    ADD(a_first_sign_in_asks_though_the_team_is_named);
    ADD(other_pages_ask_each_time);
    ADD(who_uninstalled_is_asked_again);
    ADD(the_flow_sign_in_asks_once_and_opens_nothing_else);
    return run_list("choices at the authorize pages", &list);
}
