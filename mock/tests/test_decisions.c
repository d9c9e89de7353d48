/*
 * What -v says of a refusal: which check it was, where one error has several
 * causes or its name does not tell the cause. No line holds a token.
 */
#include <string.h>

#include "check.h"
#include "world.h"

#define WORLD                                                                  \
    WITH(                                                                      \
        "\"apps\":[{\"id\":\"A2\",\"client_id\":\"2.2\",\"client_secret\":"    \
        "\"s\"},{\"id\":\"A3\",\"client_id\":\"3.3\",\"client_secret\":"       \
        "\"s\",\"token_rotation\":false}],"                                    \
        "\"teams\":[{\"id\":\"T2\",\"state\":\"migrating\"}],"                 \
        "\"tokens\":[{\"token\":\"xoxb-a2\",\"app\":\"A2\",\"team\":"          \
        "\"T0TEAM\"},{\"token\":\"xoxb-t2\",\"app\":\"A0APP\",\"team\":"       \
        "\"T2\"},{\"token\":\"xoxb-gone\",\"app\":\"A0APP\",\"team\":"         \
        "\"T0TEAM\",\"state\":\"revoked\"},{\"token\":\"xoxb-done\",\"app\":"  \
        "\"A0APP\",\"team\":\"T0TEAM\",\"state\":\"exchanged\"},"              \
        "{\"token\":\"xoxe.xoxb-1\",\"refresh_token\":\"xoxe-1\","             \
        "\"expires_in\":9,\"app\":\"A0APP\",\"team\":\"T0TEAM\"}],"            \
        "\"codes\":[{\"code\":\"c2\",\"app\":\"A2\",\"team\":\"T0TEAM\","      \
        "\"bot\":{\"user\":\"U\",\"scope\":\"\"}},{\"code\":\"ct\",\"app\":"   \
        "\"A0APP\",\"team\":\"T2\",\"bot\":{\"user\":\"U\",\"scope\":\"\"}}]")

#define APP      CLIENT "&" SECRET
#define EXCHANGE "oauth.v2.exchange"
#define ACCESS   "oauth.v2.access"

struct row {
    const char *name;
    const char *method;
    const char *form;
    const char *says;
};

static struct row rows[] = {
    {"a client id of nobody", EXCHANGE, "client_id=x&client_secret=x&token=x",
     "no app has this client_id"},
    {"a secret of another", EXCHANGE, CLIENT "&client_secret=s&token=x",
     "the client_secret is not that of app A0APP"},
    {"rotation that is off", EXCHANGE,
     "client_id=3.3&client_secret=s&token=xoxb-a2",
     "token rotation is off for app A3"},
    {"an unknown token", EXCHANGE, APP "&token=xoxb-x", "the token is unknown"},
    {"a token that was issued", EXCHANGE, APP "&token=xoxe.xoxb-1",
     "the token is not a legacy one"},
    {"a token of another app", EXCHANGE, APP "&token=xoxb-a2",
     "the token belongs to app A2"},
    {"a team on the move", EXCHANGE, APP "&token=xoxb-t2",
     "team T2 is moving into an organisation"},
    {"an authorization that ended", EXCHANGE, APP "&token=xoxb-gone",
     "the token's authorization has ended"},
    {"a token exchanged before", EXCHANGE, APP "&token=xoxb-done",
     "the token was exchanged before"},

    {"another grant", ACCESS, APP "&grant_type=x",
     "grant_type is neither refresh_token nor authorization_code"},
    {"no code", ACCESS, APP, "the code is absent or empty"},
    {"an unknown code", ACCESS, APP "&code=x", "the code is unknown"},
    {"a code of another app", ACCESS, APP "&code=c2",
     "the code belongs to app A2"},
    {"a code of a team on the move", ACCESS, APP "&code=ct",
     "team T2 is moving into an organisation"},

    {"no token", "auth.test", "a=b", "there is no token"},
    {"an unknown caller", "auth.test", "token=xoxb-x", "the token is unknown"},
    {"a refresh token as a caller", "auth.test", "token=xoxe-1",
     "a refresh token is no caller here"},
    {"a caller whose token was revoked", "auth.test", "token=xoxb-gone",
     "the token was revoked"},
    {"a caller of a team on the move", "auth.test", "token=xoxb-t2",
     "team T2 is moving into an organisation"},
    {"somebody else's installation", "apps.uninstall", APP "&token=xoxb-a2",
     "the token belongs to app A2, the client_id to A0APP"},
};

static const struct row *current;

static int row_setup(void **state)
{
    current = *state;
    return world_setup(state);
}

static const char *decisions_of(struct world *world, bool verbose)
{
    const struct request_header header = {"Content-Type",
                                          "application/x-www-form-urlencoded"};
    const struct request request = {
        .verb = VERB_POST,
        .method = current->method,
        .headers = &header,
        .header_count = 1,
        .body = current->form,
        .body_length = strlen(current->form),
        .host_time = HOST_TIME,
    };

    world->verbose = verbose;
    world_load(world, WORLD);
    world_call(world, &request);
    return buffer_text(&world->reply.record.decisions);
}

static void it_says_why(void **state)
{
    const char *decisions = decisions_of(*state, true);

    if (!strstr(decisions, current->says))
        fail_msg("no \"%s\" in: %s", current->says, decisions);
    assert_null(strstr(decisions, "xox"));
    assert_string_equal(decisions_of(*state, false), "");
}

int main(void)
{
    struct test_list list = {.count = 0};

    add_rows_with(&list, it_says_why, rows, row_setup, world_teardown);
    return run_list("decisions", &list);
}
