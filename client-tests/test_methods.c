/*
 * The methods that apps call most, called by the SDKs with typical arguments:
 * what they make of the answers, of which Java's are typed. And the texts of
 * the gates before them, on the wire.
 */
#include <cjson/cJSON.h>
#include <string.h>

#include "check.h"
#include "client_process.h"
#include "control_client.h"
#include "default_world.h"
#include "http_client.h"
#include "server_fixture.h"
#include "test_case.h"
#include "test_groups.h"

#define TOKEN(text, more)                                                      \
    "{\"token\":\"" text "\",\"app\":\"A0APP\",\"team\":\"T0TEAM\"" more "}"
#define SCENARIO                                                               \
    WORLD("\"tokens\":[" TOKEN("xoxb-all", "") "," TOKEN(                      \
        "xoxp-all", ",\"user\":\"U0USER\"") "]")

/* ---- by the SDKs ---- */

#define BLOCKS                                                                 \
    "\"[{\\\"type\\\":\\\"section\\\",\\\"text\\\":{\\\"type\\\":"             \
    "\\\"mrkdwn\\\","                                                          \
    "\\\"text\\\":\\\"hi\\\"}}]\""
#define VIEW                                                                   \
    "\"{\\\"type\\\":\\\"modal\\\",\\\"callback_id\\\":\\\"cb\\\","            \
    "\\\"title\\\":"                                                           \
    "{\\\"type\\\":\\\"plain_text\\\",\\\"text\\\":\\\"T\\\"},\\\"blocks\\\":" \
    "[]}\""
#define MESSAGE "\"channel\":\"C1\",\"timestamp\":\"1.000100\""

/* Each with a bot token, but a search: no bot may. */
static const struct row {
    const char *method;
    const char *arguments;
    const char *path; /* in the body as the client shows it */
    const char *wanted;
} rows[] = {
    {"api.test", "\"foo\":\"bar\"", "ok", "true"},
    {"auth.test", "", "team_id", "\"T0TEAM\""},
    {"bookmarks.add",
     "\"channel_id\":\"C1\",\"title\":\"T\",\"type\":\"link\",\"link\":\"https:"
     "//e.org\"",
     "bookmark.title", "\"T\""},
    {"bookmarks.edit",
     "\"channel_id\":\"C1\",\"bookmark_id\":\"Bk1\",\"title\":\"T\"",
     "bookmark.id", "\"Bk1\""},
    {"bookmarks.list", "\"channel_id\":\"C1\"", "bookmarks.1", NULL},
    {"bookmarks.remove", "\"channel_id\":\"C1\",\"bookmark_id\":\"Bk1\"", "ok",
     "true"},
    {"bots.info", "\"bot\":\"B0BOT\"", "bot.app_id", "\"A0APP\""},
    {"chat.delete", "\"channel\":\"C1\",\"ts\":\"1.000100\"", "ts",
     "\"1.000100\""},
    {"chat.deleteScheduledMessage",
     "\"channel\":\"C1\",\"scheduled_message_id\":\"Q1\"", "ok", "true"},
    {"chat.getPermalink", "\"channel\":\"C1\",\"message_ts\":\"1.000100\"",
     "channel", "\"C1\""},
    {"chat.meMessage", "\"channel\":\"C1\",\"text\":\"hi\"", "channel",
     "\"C1\""},
    {"chat.postEphemeral", "\"channel\":\"C1\",\"user\":\"U1\",\"text\":\"hi\"",
     "ok", "true"},
    {"chat.postMessage",
     "\"channel\":\"C1\",\"text\":\"hi\",\"blocks\":" BLOCKS, "message.text",
     "\"hi\""},
    {"chat.scheduleMessage",
     "\"channel\":\"C1\",\"text\":\"hi\",\"post_at\":1900000000", "post_at",
     "1900000000"},
    {"chat.scheduledMessages.list", "", "ok", "true"},
    {"chat.update", "\"channel\":\"C1\",\"ts\":\"1.000100\",\"text\":\"new\"",
     "message.text", "\"new\""},
    {"conversations.archive", "\"channel\":\"C1\"", "ok", "true"},
    {"conversations.create", "\"name\":\"general\"", "channel.name",
     "\"general\""},
    {"conversations.history", "\"channel\":\"C1\",\"limit\":10",
     "messages.0.user", "\"U0BOT\""},
    {"conversations.info", "\"channel\":\"C7\"", "channel.id", "\"C7\""},
    {"conversations.invite", "\"channel\":\"C1\",\"users\":\"U1,U2\"",
     "channel.id", "\"C1\""},
    {"conversations.join", "\"channel\":\"C1\"", "channel.id", "\"C1\""},
    {"conversations.kick", "\"channel\":\"C1\",\"user\":\"U1\"", "ok", "true"},
    {"conversations.leave", "\"channel\":\"C1\"", "ok", "true"},
    {"conversations.list", "\"limit\":100,\"exclude_archived\":true",
     "response_metadata.next_cursor", "\"\""},
    {"conversations.members", "\"channel\":\"C1\"", "members", "[\"U0BOT\"]"},
    {"conversations.open", "\"users\":\"U1,U2\"", "ok", "true"},
    {"conversations.rename", "\"channel\":\"C1\",\"name\":\"other\"",
     "channel.name", "\"other\""},
    {"conversations.replies", "\"channel\":\"C1\",\"ts\":\"1.000100\"", "ok",
     "true"},
    {"conversations.setPurpose", "\"channel\":\"C1\",\"purpose\":\"P\"", "ok",
     "true"},
    {"conversations.setTopic", "\"channel\":\"C1\",\"topic\":\"T\"", "ok",
     "true"},
    {"dnd.info", "\"user\":\"U1\"", "ok", "true"},
    {"emoji.list", "", "ok", "true"},
    {"files.info", "\"file\":\"F1\"", "file.id", "\"F1\""},
    {"files.list", "\"count\":5", "ok", "true"},
    {"pins.add", MESSAGE, "ok", "true"},
    {"pins.list", "\"channel\":\"C1\"", "ok", "true"},
    {"pins.remove", MESSAGE, "ok", "true"},
    {"reactions.add", MESSAGE ",\"name\":\"thumbsup\"", "ok", "true"},
    {"reactions.get", MESSAGE, "ok", "true"},
    {"reactions.list", "\"user\":\"U1\"", "ok", "true"},
    {"reactions.remove", MESSAGE ",\"name\":\"thumbsup\"", "ok", "true"},
    {"search.messages", "\"query\":\"mock\"", "query", "\"mock\""},
    {"team.info", "", "team.domain", "\"example\""},
    {"usergroups.create", "\"name\":\"Team\",\"handle\":\"team\"", "ok",
     "true"},
    {"usergroups.list", "", "ok", "true"},
    {"usergroups.users.list", "\"usergroup\":\"S1\"", "ok", "true"},
    {"users.conversations", "\"limit\":10", "response_metadata.next_cursor",
     "\"\""},
    {"users.getPresence", "\"user\":\"U1\"", "ok", "true"},
    {"users.info", "\"user\":\"U0USER\"", "user.name", "\"user\""},
    {"users.list", "\"limit\":10", "members.0.team_id", "\"T0TEAM\""},
    {"users.lookupByEmail", "\"email\":\"ada@example.com\"",
     "user.profile.email", "\"ada@example.com\""},
    {"users.profile.get", "\"user\":\"U1\"", "ok", "true"},
    {"views.open", "\"trigger_id\":\"1.2\",\"view\":" VIEW, "view.callback_id",
     "\"cb\""},
    {"views.publish", "\"user_id\":\"U1\",\"view\":" VIEW, "view.callback_id",
     "\"cb\""},
    {"views.push", "\"trigger_id\":\"1.2\",\"view\":" VIEW, "view.title.text",
     "\"T\""},
    {"views.update", "\"view_id\":\"V1\",\"view\":" VIEW, "view.id", "\"V1\""},
};

static const cJSON *call_by_sdk(struct test *test, const struct server *server,
                                enum client client, const struct row *row)
{
    return client_call(
        test, client,
        test_printf(test,
                    "{\"call\":\"%s\",\"base_url\":\"%s/api/\",\"client\":{"
                    "\"retries\":0},\"arguments\":{\"token\":\"%s\"%s%s}}",
                    row->method, server_origin(server),
                    strncmp(row->method, "search.", 7) ? "xoxb-all"
                                                       : "xoxp-all",
                    *row->arguments ? "," : "", row->arguments));
}

static void test_sdk(struct test *test)
{
    const enum client *client = test_row(test);
    struct server *server;

    client_skip_if_missing(test, *client);
    server = server_start_with(test, SCENARIO);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        const cJSON *outcome = call_by_sdk(test, server, *client, row);
        const char *failure = cJSON_GetStringValue(json_at(outcome, "message"));

        if (failure)
            print_error("%s: %s\n", row->method, failure);
        assert_json_text(outcome, "outcome", "returned");
        assert_json(outcome, "body.ok", "true");
        assert_json(json_at(outcome, "body"), row->path, row->wanted);
    }
}

/* ---- on the wire ---- */

static const struct http_reply *call(struct test *test, struct server *server,
                                     const char *method, const char *token,
                                     const char *body)
{
    const struct http_request request = {
        .target = test_printf(test, "/api/%s", method),
        .headers = {"Content-Type: application/json; charset=utf-8",
                    token ? test_printf(test, "Authorization: Bearer %s", token)
                          : NULL},
        .body = body,
    };

    return http_send(test, server, &request);
}

static void test_gates(struct test *test)
{
    struct server *server = server_start_with(test, SCENARIO);

    assert_text(call(test, server, "chat.postMessage", NULL, "{}")->body,
                "{\"ok\":false,\"error\":\"not_authed\"}");
    assert_text(call(test, server, "chat.postMessage", "xoxb-no", "{}")->body,
                "{\"ok\":false,\"error\":\"invalid_auth\"}");
    assert_text(call(test, server, "search.all", BOT_TOKEN, "{}")->body,
                "{\"ok\":false,\"error\":\"not_allowed_token_type\"}");
    assert_text(call(test, server, "reactions.add", BOT_TOKEN, "{}")->body,
                "{\"ok\":false,\"error\":\"missing_scope\",\"needed\":"
                "\"reactions:write\",\"provided\":\"commands,chat:write\"}");
    assert_text(
        call(test, server, "chat.postMessage", BOT_TOKEN, "{\"text\":\"a\"}")
            ->body,
        "{\"ok\":false,\"error\":\"invalid_arguments\",\"response_metadata\":{"
        "\"messages\":[\"[ERROR] missing required field: channel\"]}}");
    assert_text(
        call(test, server, "chat.postMessage", BOT_TOKEN,
             "{\"channel\":null,\"unfurl_links\":\"maybe\"}")
            ->body,
        "{\"ok\":false,\"error\":\"invalid_arguments\",\"response_metadata\":{"
        "\"messages\":[\"[ERROR] must provide a string [json-pointer:/channel]"
        "\",\"[ERROR] must provide a boolean [json-pointer:/unfurl_links]"
        "\"]}}");
}

/* The three ways in which clients spell an array. */
static void test_arrays(struct test *test)
{
    static const char *const bodies[] = {
        "{\"channel_ids\":[\"C1\",\"C2\"],\"trigger_id\":\"T\"}",
        "{\"channel_ids\":\"[\\\"C1\\\",\\\"C2\\\"]\",\"trigger_id\":\"T\"}",
        "{\"channel_ids\":\"C1,C2\",\"trigger_id\":\"T\"}",
    };
    struct server *server = server_start_with(test, SCENARIO);

    for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++)
        assert_json(call(test, server, "workflows.triggers.permissions.add",
                         "xoxb-all", bodies[i])
                        ->json,
                    "channel_ids", "[\"C1\",\"C2\"]");
}

static void test_upload(struct test *test)
{
    struct server *server = server_start_with(test, SCENARIO);
    const cJSON *place =
        http_send(test, server,
                  &(struct http_request){
                      .target = "/api/files.getUploadURLExternal",
                      .headers = {FORM, "Authorization: Bearer xoxb-all"},
                      .body = "filename=a.txt&length=3"})
            ->json;
    const char *url = cJSON_GetStringValue(json_at(place, "upload_url"));
    const char *origin = server_origin(server);
    const struct http_reply *uploaded;

    assert_json(place, "ok", "true");
    assert_contains(url, origin);
    uploaded =
        http_send(test, server,
                  &(struct http_request){.target = url + strlen(origin),
                                         .headers = {"Content-Type: image/png"},
                                         .body = "abc"});
    assert_text(uploaded->body, "OK - 3");
    assert_text(http_header(uploaded, "Content-Type"),
                "text/plain; charset=utf-8");
    assert_json(control_journal(test, server, ""), "requests.1.arguments",
                "{}");
    assert_json(call(test, server, "files.completeUploadExternal", "xoxb-all",
                     "{\"files\":[{\"id\":\"F000000001\",\"title\":\"A\"}]}")
                    ->json,
                "files.0.title", "\"A\"");
}

static const enum client clients[] = {CLIENT_BOLT_JS, CLIENT_BOLT_JS_4,
                                      CLIENT_BOLT_PYTHON, CLIENT_BOLT_JAVA};

int run_methods_tests(void)
{
    static const struct test_case cases[] = {
        {"Bolt for JavaScript makes sense of fifty methods", test_sdk,
         &clients[0]},
        {"so does its generation before", test_sdk, &clients[1]},
        {"so does Bolt for Python", test_sdk, &clients[2]},
        {"so does Bolt for Java, whose replies are typed", test_sdk,
         &clients[3]},
        {"gates before a method answer in Slack's words", test_gates, NULL},
        {"an array may be spelt in three ways", test_arrays, NULL},
        {"an upload is counted and forgotten", test_upload, NULL},
    };

    return test_cases_run(cases, sizeof cases / sizeof *cases);
}
