/*
 * oauth.v2.exchange through the core's entrance: the success bodies, the order
 * of the checks, and the one success of each token.
 */
#include <stdio.h>
#include <string.h>

#include "check.h"
#include "world.h"

#define BASE "{\"description\":\"d\",\"extends\":\"default.json\",\"seed\":1"

struct pair {
    char access[256];
    char refresh[256];
};

/* What follows `start` in a body, up to the end of the string. */
static void copy_string(char copy[256], const char *body, const char *start)
{
    const char *found = strstr(body, start);

    assert_non_null(found);
    found += strlen(start);
    (void)snprintf(copy, 256, "%.*s", (int)strcspn(found, "\""), found);
    assert_true(copy[0] != '\0');
}

/* Only the new tokens are not known beforehand. */
static void check_success(const char *body, const char *head, const char *user)
{
    struct pair pair;
    char wanted[1024];

    copy_string(pair.access, body, "\"access_token\":\"");
    copy_string(pair.refresh, body, "\"refresh_token\":\"xoxe-1-");
    (void)snprintf(wanted, sizeof wanted,
                   "{\"ok\":true,\"app_id\":\"A0APP\",%s,"
                   "\"access_token\":\"%s\",%s,"
                   "\"refresh_token\":\"xoxe-1-%s\",\"expires_in\":43200,"
                   "\"team\":{\"id\":\"T0TEAM\",\"name\":\"Example\"},"
                   "\"enterprise\":null}",
                   head, pair.access, user, pair.refresh);
    assert_string_equal(body, wanted);
    assert_null(strstr(pair.access, pair.refresh));
}

static void a_bot_token_gives_a_flat_pair_in_order(void **state)
{
    const char *body = world_exchange(*state, EXCHANGE_BOT);

    check_success(body,
                  "\"token_type\":\"bot\",\"scope\":\"commands,chat:write\"",
                  "\"bot_user_id\":\"U0BOT\"");
    assert_non_null(strstr(body, "\"access_token\":\"xoxe.xoxb-1-"));
}

static void a_user_token_gives_a_user_id_at_the_top(void **state)
{
    const char *body = world_exchange(*state, EXCHANGE_USER);

    check_success(body,
                  "\"token_type\":\"user\",\"scope\":\"chat:write,users:read\"",
                  "\"user_id\":\"U0USER\"");
    assert_non_null(strstr(body, "\"access_token\":\"xoxe.xoxp-1-"));
}

static void a_token_is_exchanged_once(void **state)
{
    assert_non_null(
        strstr(world_exchange(*state, EXCHANGE_BOT), "\"ok\":true"));
    assert_string_equal(world_exchange(*state, EXCHANGE_BOT),
                        "{\"ok\":false,\"error\":\"token_already_exchanged\"}");
    assert_non_null(
        strstr(world_exchange(*state, EXCHANGE_USER), "\"ok\":true"));
}

/* The state of a token in a scenario is that of no other. */
static void a_listed_token_is_revoked_alone(void **state)
{
    struct world *world = *state;

    world_load(world,
               BASE ",\"tokens\":[{\"token\":\"xoxb-two\",\"app\":\"A0APP\","
                    "\"team\":\"T0TEAM\",\"state\":\"revoked\"}]}");
    assert_string_equal(
        world_exchange(world, CLIENT "&" SECRET "&token=xoxb-two"),
        "{\"ok\":false,\"error\":\"authorization_not_found\"}");
    assert_non_null(strstr(world_exchange(world, EXCHANGE_BOT), "\"ok\":true"));
}

static void an_issued_token_cannot_be_exchanged(void **state)
{
    struct world *world = *state;
    char token[256], form[512];

    copy_string(token, world_exchange(world, EXCHANGE_BOT),
                "\"access_token\":\"");
    snprintf(form, sizeof form, "%s&%s&token=%s", CLIENT, SECRET, token);
    assert_string_equal(world_exchange(world, form),
                        "{\"ok\":false,\"error\":\"invalid_token\"}");
}

/* Each row has every later mistake too: so the first check must answer. */
struct order_row {
    const char *name;
    const char *scenario;
    const char *form;
    const char *error;
};

#define WORST_TOKEN                                                            \
    "\"tokens\":[{\"token\":\"" BOT_TOKEN "\",\"state\":\"revoked\"}]"
#define MIGRATING    "\"teams\":[{\"id\":\"T0TEAM\",\"state\":\"migrating\"}]"
#define ROTATION_OFF "\"apps\":[{\"id\":\"A0APP\",\"token_rotation\":false}]"

static struct order_row order[] = {
    {"an unknown client comes before everything",
     BASE "," WORST_TOKEN "," MIGRATING "," ROTATION_OFF "}",
     "client_id=1&client_secret=2&token=3", "invalid_client_id"},
    {"an empty client_id is an unknown one", BASE "}",
     "client_id=&client_secret=&token=", "invalid_client_id"},
    {"a wrong secret comes before rotation",
     BASE "," WORST_TOKEN "," MIGRATING "," ROTATION_OFF "}",
     CLIENT "&client_secret=2&token=3", "bad_client_secret"},
    {"rotation off comes before the token",
     BASE "," WORST_TOKEN "," MIGRATING "," ROTATION_OFF "}",
     CLIENT "&" SECRET "&token=3", "token_rotation_not_enabled"},
    {"an unknown token is invalid", BASE "," WORST_TOKEN "," MIGRATING "}",
     CLIENT "&" SECRET "&token=3", "invalid_token"},
    {"an empty token is invalid", BASE "}",
     CLIENT "&" SECRET "&token=", "invalid_token"},
    {"a migrating team comes before the authorization",
     BASE "," WORST_TOKEN "," MIGRATING "}", EXCHANGE_BOT, "team_added_to_org"},
    {"a revoked authorization is not found", BASE "," WORST_TOKEN "}",
     EXCHANGE_BOT, "authorization_not_found"},
    {"another app's token is invalid",
     BASE ",\"apps\":[{\"id\":\"A2\",\"client_id\":\"1.2\",\"client_secret\":"
          "\"s\"}]}",
     "client_id=1.2&client_secret=s&token=" BOT_TOKEN, "invalid_token"},
    {"the state of a scenario counts as an exchange",
     BASE ",\"tokens\":[{\"token\":\"" BOT_TOKEN
          "\",\"state\":\"exchanged\"}]}",
     EXCHANGE_BOT, "token_already_exchanged"},
};

static void the_first_check_answers(void **state)
{
    const struct world_row *at = *state;
    const struct order_row *row = at->row;
    char wanted[96];

    world_load(at->world, row->scenario);
    snprintf(wanted, sizeof wanted, "{\"ok\":false,\"error\":\"%s\"}",
             row->error);
    assert_string_equal(world_exchange(at->world, row->form), wanted);
}

static void generated_tokens_are_exchanged_one_by_one(void **state)
{
    struct world *world = *state;

    world_load(world, BASE ",\"tokens\":[{\"generate\":3,\"type\":\"bot\","
                           "\"app\":\"A0APP\",\"team\":\"T0TEAM\"}]}");
    assert_non_null(strstr(
        world_exchange(world, CLIENT "&" SECRET "&token=xoxb-generated-3"),
        "\"ok\":true"));
    assert_non_null(strstr(
        world_exchange(world, CLIENT "&" SECRET "&token=xoxb-generated-3"),
        "token_already_exchanged"));
    assert_non_null(strstr(
        world_exchange(world, CLIENT "&" SECRET "&token=xoxb-generated-1"),
        "\"ok\":true"));
    assert_non_null(strstr(
        world_exchange(world, CLIENT "&" SECRET "&token=xoxb-generated-4"),
        "invalid_token"));
    assert_non_null(strstr(
        world_exchange(world, CLIENT "&" SECRET "&token=xoxb-generated-03"),
        "invalid_token"));
}

static void a_prefix_is_no_token_and_a_token_no_prefix(void **state)
{
    struct world *world = *state;

    world_load(world, BASE ",\"tokens\":[{\"generate\":3,\"type\":\"bot\","
                           "\"app\":\"A0APP\",\"team\":\"T0TEAM\"},"
                           "{\"token\":\"xoxb-generated-\","
                           "\"app\":\"A0APP\",\"team\":\"T0TEAM\"}]}");
    assert_non_null(strstr(
        world_exchange(world, CLIENT "&" SECRET "&token=xoxb-generated-"),
        "\"ok\":true"));
    assert_non_null(strstr(
        world_exchange(world, CLIENT "&" SECRET "&token=xoxb-generated-2"),
        "\"ok\":true"));
}

static void an_organisation_wide_install_has_no_team(void **state)
{
    struct world *world = *state;
    const char *body;

    world_load(world,
               BASE ",\"teams\":[{\"id\":\"E0ORG\",\"name\":\"Org\","
                    "\"enterprise\":{\"id\":\"E0ORG\",\"name\":\"Org\"}}],"
                    "\"tokens\":[{\"token\":\"xoxb-org\",\"app\":\"A0APP\","
                    "\"team\":\"E0ORG\"}]}");
    body = world_exchange(world, CLIENT "&" SECRET "&token=xoxb-org");
    assert_non_null(strstr(
        body,
        "\"team\":null,\"enterprise\":{\"id\":\"E0ORG\",\"name\":\"Org\"}}"));
}

static void a_seed_gives_the_same_bytes_again(void **state)
{
    struct world *world = *state;
    char first[1024];

    snprintf(first, sizeof first, "%s", world_exchange(world, EXCHANGE_BOT));
    world_load(world, BASE "}");
    assert_string_equal(world_exchange(world, EXCHANGE_BOT), first);
}

static void realistic_tokens_have_true_lengths(void **state)
{
    struct world *world = *state;
    const char *body;

    world_load(world, BASE ",\"token_style\":\"realistic\"}");
    body = world_exchange(world, EXCHANGE_BOT);
    assert_number(strcspn(strstr(body, "xoxe.xoxb-1-"), "\""), 176);
    assert_number(strcspn(strstr(body, "xoxe-1-"), "\""), 153);
}

#define ADD(function)                                                          \
    add_test_with(&list, function, world_setup, world_teardown)

int main(void)
{
    struct test_list list = {.count = 0};
    size_t number;

    ADD(a_bot_token_gives_a_flat_pair_in_order);
    ADD(a_user_token_gives_a_user_id_at_the_top);
    ADD(a_token_is_exchanged_once);
    ADD(an_issued_token_cannot_be_exchanged);
    ADD(a_listed_token_is_revoked_alone);
    ADD(generated_tokens_are_exchanged_one_by_one);
    ADD(a_prefix_is_no_token_and_a_token_no_prefix);
    ADD(an_organisation_wide_install_has_no_team);
    ADD(a_seed_gives_the_same_bytes_again);
    ADD(realistic_tokens_have_true_lengths);
    for (number = 0; number < sizeof order / sizeof *order; number++)
        check_add_test(
            &list, (struct CMUnitTest){order[number].name,
                                       the_first_check_answers, world_row_setup,
                                       world_row_teardown, &order[number]});
    return run_list("exchange", &list);
}
