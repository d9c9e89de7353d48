/*
 * What the SDKs refresh tokens with, unmodified: their own refreshers, and Bolt
 * apps over an installation store, against 12 hours that pass at once.
 */
#include <cjson/cJSON.h>
#include <stdlib.h>

#include "check.h"
#include "client_process.h"
#include "default_world.h"
#include "files.h"
#include "life.h"
#include "server_fixture.h"
#include "test_case.h"
#include "test_groups.h"

#define TWELVE_HOURS "43200"
#define DEAD         "xoxe-1-dead"

/* What a client does when the refresh is refused. */
enum refused {
    KEEPS_OLD_TOKEN, /* logs one error and goes on with the old token */
    RAISES,          /* out of the refresher, and out of the app */
    RAISES_QUIETLY   /* out of the refresher; the app answers, unauthorized */
};

struct habit {
    enum refused refused;
    const char *exception; /* of the refresher; NULL if it raises nothing */
};

static const struct habit habits[CLIENT_COUNT] = {
    [CLIENT_BOLT_JS] = {KEEPS_OLD_TOKEN, NULL},
    [CLIENT_BOLT_JS_4] = {KEEPS_OLD_TOKEN, NULL},
    [CLIENT_BOLT_PYTHON] = {RAISES_QUIETLY, "SlackTokenRotationError"},
    [CLIENT_BOLT_PYTHON_ASYNC] = {RAISES_QUIETLY, "SlackTokenRotationError"},
    [CLIENT_BOLT_JAVA] = {RAISES, "TokenRotationException"},
};

struct row {
    char *name;
    enum client client;
};

static enum client client_of(struct test *test)
{
    const struct row *row = test_row(test);

    client_skip_if_missing(test, row->client);
    return row->client;
}

/* An installation's keys of one token; `kind` is "bot" or "user". */
static const char *tokens_json(struct test *test, const char *kind,
                               struct pair pair, int expires_in)
{
    return test_printf(test,
                       ",\"%s_token\":\"%s\",\"%s_refresh_token\":\"%s\","
                       "\"%s_expires_in\":%d",
                       kind, pair.access, kind, pair.refresh, kind, expires_in);
}

static const cJSON *call(struct test *test, enum client client,
                         const struct server *server, const char *name,
                         const char *rest)
{
    return client_call(
        test, client,
        test_printf(test,
                    "{\"call\":\"%s\",\"base_url\":\"%s/api/\","
                    "\"client\":{\"retries\":0},\"arguments\":{"
                    "\"client_id\":\"%s\",\"client_secret\":\"%s\"}%s}",
                    name, server_origin(server), CLIENT_ID, CLIENT_SECRET,
                    rest));
}

static const char *installation_json(struct test *test, const char *tokens)
{
    return test_printf(
        test,
        ",\"installation\":{\"app_id\":\"A0APP\",\"team_id\":\"T0TEAM\","
        "\"user_id\":\"U0USER\",\"bot_id\":\"B0BOT\","
        "\"bot_user_id\":\"U0BOT\",\"bot_scopes\":\"commands,chat:write\","
        "\"user_scopes\":\"chat:write\"%s}",
        tokens);
}

static const cJSON *rotate(struct test *test, enum client client,
                           const struct server *server, const char *tokens)
{
    return call(test, client, server, "rotate",
                installation_json(test, tokens));
}

static const cJSON *command(struct test *test, enum client client,
                            const struct server *server, const char *tokens)
{
    return call(test, client, server, "bolt.command",
                installation_json(test, tokens));
}

/* The pair of an installation as a client shows it. */
static struct pair pair_in(const cJSON *installation, const char *token,
                           const char *refresh_token)
{
    struct pair pair = {
        cJSON_GetStringValue(json_at(installation, token)),
        cJSON_GetStringValue(json_at(installation, refresh_token)),
    };

    assert_non_null(pair.access);
    assert_non_null(pair.refresh);
    return pair;
}

static struct pair bot_in(const cJSON *installation)
{
    return pair_in(installation, "bot_token", "bot_refresh_token");
}

static struct pair user_in(const cJSON *installation)
{
    return pair_in(installation, "user_token", "user_refresh_token");
}

/* The second pair took the place of the first, and lives for 12 hours. */
static void check_refreshed(struct test *test, const struct server *server,
                            struct pair old, struct pair new)
{
    assert_string_not_equal(old.access, new.access);
    assert_string_not_equal(old.refresh, new.refresh);
    life_token_is(test, server, new.access, NULL);
    life_advance(test, server, "61");
    life_refused(life_try_refresh(test, server, old.refresh),
                 "invalid_refresh_token");
}

static void check_expiry(const cJSON *installation, const char *key)
{
    const cJSON *expires_in = json_at(installation, key);

    assert_true(cJSON_IsNumber(expires_in));
    assert_in_range(expires_in->valueint, 43200 - 60, 43200);
}

static void test_rotates_bot(struct test *test)
{
    enum client client = client_of(test);
    struct server *server = server_start(test, NULL, NULL);
    struct pair old = life_exchange(test, server, BOT_FORM);
    const cJSON *outcome =
        rotate(test, client, server, tokens_json(test, "bot", old, 60));

    assert_json_text(outcome, "outcome", "returned");
    check_expiry(outcome, "body.bot_expires_in");
    check_refreshed(test, server, old, bot_in(json_at(outcome, "body")));
}

static void test_rotates_both(struct test *test)
{
    enum client client = client_of(test);
    struct server *server = server_start(test, NULL, NULL);
    struct pair bot = life_exchange(test, server, BOT_FORM);
    struct pair user = life_exchange(test, server, USER_FORM);
    const cJSON *outcome =
        rotate(test, client, server,
               test_printf(test, "%s%s", tokens_json(test, "bot", bot, 60),
                           tokens_json(test, "user", user, 60)));

    assert_json_text(outcome, "outcome", "returned");
    check_expiry(outcome, "body.bot_expires_in");
    check_expiry(outcome, "body.user_expires_in");
    check_refreshed(test, server, bot, bot_in(json_at(outcome, "body")));
    check_refreshed(test, server, user, user_in(json_at(outcome, "body")));
}

static void test_leaves_fresh(struct test *test)
{
    enum client client = client_of(test);
    struct server *server = server_start(test, NULL, NULL);
    struct pair pair = life_exchange(test, server, BOT_FORM);
    const cJSON *outcome =
        rotate(test, client, server, tokens_json(test, "bot", pair, 43000));

    assert_json_text(outcome, "outcome", "returned");
    assert_json(outcome, "body", NULL);
    life_refresh(test, server, pair.refresh);
}

/* The error that the SDK names, as its exception or in its log. */
static void check_refusal(const cJSON *outcome, const struct habit *habit)
{
    const char *message = cJSON_GetStringValue(
        json_at(outcome, habit->exception ? "message" : "logs.0.message"));

    assert_json_text(outcome, "outcome",
                     habit->exception ? "raised" : "returned");
    assert_json_text(outcome, "exception", habit->exception);
    assert_json(outcome, "body", NULL);
    assert_contains(message, "oauth.v2.access");
    assert_contains(message, "invalid_refresh_token");
}

static void test_refused(struct test *test)
{
    enum client client = client_of(test);
    struct server *server = server_start(test, NULL, NULL);
    struct pair pair = life_exchange(test, server, BOT_FORM);

    pair.refresh = DEAD;
    check_refusal(
        rotate(test, client, server, tokens_json(test, "bot", pair, 60)),
        &habits[client]);
}

/* A lost refresh: the flow's first one fails, and the next one succeeds. */
static void test_refused_once(struct test *test)
{
    enum client client = client_of(test);
    struct server *server =
        server_start(test, "scenarios/flows/refresh-fails-once.json", NULL);
    struct pair pair = life_exchange(test, server, BOT_FORM);
    const char *tokens = tokens_json(test, "bot", pair, 60);
    const cJSON *outcome;

    check_refusal(rotate(test, client, server, tokens), &habits[client]);
    outcome = rotate(test, client, server, tokens);
    assert_json_text(outcome, "outcome", "returned");
    check_refreshed(test, server, pair, bot_in(json_at(outcome, "body")));
}

static void check_answered(const cJSON *outcome)
{
    assert_json(outcome, "status", "200");
    assert_json_text(outcome, "listener.outcome", "returned");
    assert_json_text(outcome, "listener.body.user_id", "U0BOT");
}

static void test_app_lives_on(struct test *test)
{
    enum client client = client_of(test);
    struct server *server = server_start(test, NULL, NULL);
    struct pair old = life_exchange(test, server, BOT_FORM);
    const cJSON *outcome =
        command(test, client, server, tokens_json(test, "bot", old, 60));

    check_answered(outcome);
    for (int day_half = 0; day_half < 3; day_half++) {
        struct pair before = bot_in(json_at(outcome, "installation"));

        assert_string_not_equal(before.access, old.access);
        life_advance(test, server, TWELVE_HOURS);
        life_token_is(test, server, before.access, "token_expired");
        outcome = call(test, client, server, "bolt.command",
                       ",\"advance\":" TWELVE_HOURS);
        check_answered(outcome);
        old = before;
    }
}

/* The app's token has expired, and its refresh token is of no use. */
static void test_app_refused(struct test *test)
{
    enum client client = client_of(test);
    const struct habit *habit = &habits[client];
    struct server *server = server_start(test, NULL, NULL);
    struct pair pair = life_exchange(test, server, BOT_FORM);
    const cJSON *outcome;

    pair.refresh = DEAD;
    life_advance(test, server, TWELVE_HOURS);
    outcome = command(test, client, server, tokens_json(test, "bot", pair, 0));
    assert_text(bot_in(json_at(outcome, "installation")).access, pair.access);
    if (habit->refused == RAISES) {
        assert_json_text(outcome, "exception", habit->exception);
        assert_json(outcome, "listener", NULL);
        return;
    }
    assert_json(outcome, "status", "200");
    assert_contains(cJSON_GetStringValue(json_at(outcome, "logs.0.message")),
                    "invalid_refresh_token");
    if (habit->refused == RAISES_QUIETLY) {
        assert_json(outcome, "listener", NULL);
    } else {
        assert_json_text(outcome, "listener.outcome", "raised");
        assert_json_text(outcome, "listener.body.error", "token_expired");
    }
}

static const struct test_case kinds[] = {
    {"refreshes a bot token that is about to expire", test_rotates_bot, NULL},
    {"refreshes a bot and a user token", test_rotates_both, NULL},
    {"leaves a token alone that is fresh", test_leaves_fresh, NULL},
    {"a refresh that is refused", test_refused, NULL},
    {"a refresh that is refused once", test_refused_once, NULL},
    {"an app works on across three times 12 hours", test_app_lives_on, NULL},
    {"an app whose refresh is refused", test_app_refused, NULL},
};

#define KINDS (sizeof kinds / sizeof kinds[0])

int run_refreshers_tests(void)
{
    struct row rows[CLIENT_COUNT * KINDS];
    struct test_case cases[CLIENT_COUNT * KINDS];
    size_t count = 0;
    int failed;

    for (int client = 0; client < CLIENT_COUNT; client++)
        for (size_t i = 0; i < KINDS; i++, count++) {
            struct row *row = &rows[count];

            row->client = (enum client)client;
            row->name =
                text_printf("%s: %s", client_name(row->client), kinds[i].name);
            cases[count] = (struct test_case){row->name, kinds[i].run, row};
        }
    failed = test_cases_run(cases, count);
    for (size_t i = 0; i < count; i++)
        free(rows[i].name);
    return failed;
}
