/*
 * A small app in each of Bolt's languages: a command that opens a modal, what
 * is submitted there, a message, a home tab. Requests of Slack come to it; the
 * test sees what it answers, and what it asked the mock.
 */
#include <cjson/cJSON.h>
#include <string.h>

#include "check.h"
#include "client_process.h"
#include "control_client.h"
#include "default_world.h"
#include "server_fixture.h"
#include "test_case.h"
#include "test_groups.h"

#define FORM_TYPE "application/x-www-form-urlencoded"
#define JSON_TYPE "application/json"

#define SCENARIO                                                               \
    WORLD("\"tokens\":[{\"token\":\"xoxb-small\",\"app\":\"A0APP\",\"team\":"  \
          "\"T0TEAM\",\"bot_user\":\"U0SMALL\",\"scope\":\"commands,"          \
          "chat:write\"}]")

struct scene {
    struct test *test;
    enum client client;
    struct server *server;
};

static struct scene scene_start(struct test *test, const char *scenario)
{
    const enum client *client = test_row(test);

    client_skip_if_missing(test, *client);
    return (struct scene){.test = test,
                          .client = *client,
                          .server = server_start_with(test, scenario)};
}

/* Posts to the app; what it answered is the outcome's status and body. */
static const cJSON *post(const struct scene *scene, const char *type,
                         const char *body)
{
    struct test *test = scene->test;
    cJSON *text = cJSON_CreateString(body);
    char *spelt = cJSON_PrintUnformatted(text);
    const char *line = test_printf(
        test,
        "{\"call\":\"bolt.post\",\"base_url\":\"%s/api/\",\"client\":{"
        "\"retries\":0},\"arguments\":{\"token\":\"xoxb-small\",\"type\":"
        "\"%s\",\"body\":%s}}",
        server_origin(scene->server), type, spelt);

    cJSON_free(spelt);
    cJSON_Delete(text);
    return client_call(test, scene->client, line);
}

static const cJSON *post_event(const struct scene *scene, const char *event)
{
    return post(
        scene, JSON_TYPE,
        test_printf(scene->test,
                    "{\"token\":\"t\",\"team_id\":\"T0TEAM\",\"api_app_id\":"
                    "\"A0APP\",\"event\":%s,\"type\":\"event_callback\","
                    "\"event_id\":\"Ev1\",\"event_time\":1767225600,"
                    "\"authorizations\":[{\"team_id\":\"T0TEAM\",\"user_id\":"
                    "\"U0SMALL\",\"is_bot\":true,\"is_enterprise_install\":"
                    "false}]}",
                    event));
}

static const cJSON *post_submission(const struct scene *scene,
                                    const char *title)
{
    return post(
        scene, FORM_TYPE,
        test_printf(
            scene->test,
            "payload=%%7B%%22type%%22%%3A%%22view_submission%%22%%2C%%22team%%"
            "22%%3A%%7B%%22id%%22%%3A%%22T0TEAM%%22%%7D%%2C%%22user%%22%%3A%%"
            "7B%%22id%%22%%3A%%22U0USER%%22%%2C%%22team_id%%22%%3A%%22T0TEAM%%"
            "22%%7D%%2C%%22api_app_id%%22%%3A%%22A0APP%%22%%2C%%22view%%22%%3A%"
            "%7B%%22id%%22%%3A%%22V1%%22%%2C%%22type%%22%%3A%%22modal%%22%%2C%%"
            "22callback_id%%22%%3A%%22task%%22%%2C%%22state%%22%%3A%%7B%%"
            "22values%%22%%3A%%7B%%22title%%22%%3A%%7B%%22text%%22%%3A%%7B%%"
            "22type%%22%%3A%%22plain_text_input%%22%%2C%%22value%%22%%3A%%22%s%"
            "%22%%7D%%7D%%7D%%7D%%7D%%7D",
            title));
}

static void assert_answered(const cJSON *outcome, const char *body)
{
    assert_json(outcome, "message", NULL);
    assert_json(outcome, "status", "200");
    assert_contains(cJSON_GetStringValue(json_at(outcome, "body")), body);
}

/* The only call of that method, with its arguments. */
static const cJSON *asked(const struct scene *scene, const char *method)
{
    const cJSON *journal =
        control_journal(scene->test, scene->server,
                        test_printf(scene->test, "?method=%s", method));

    assert_json(journal, "count", "1");
    return json_at(journal, "requests.0");
}

static void assert_view(const cJSON *call, const char *piece)
{
    const cJSON *view = json_at(call, "arguments.view");
    char *text = cJSON_IsString(view) ? NULL : cJSON_PrintUnformatted(view);

    assert_json(call, "error", NULL);
    assert_contains(text ? text : cJSON_GetStringValue(view), piece);
    cJSON_free(text);
}

static const char command[] =
    "command=%2Ftask&team_id=T0TEAM&user_id=U0USER&api_app_id=A0APP&"
    "channel_id=C1&text=&trigger_id=1.2&response_url=http%3A%2F%2F127.0.0.1%2F";

static void test_command(struct test *test)
{
    struct scene scene = scene_start(test, SCENARIO);
    const cJSON *call;

    assert_answered(post(&scene, FORM_TYPE, command), "Opening");
    call = asked(&scene, "views.open");
    assert_json_text(call, "arguments.trigger_id", "1.2");
    assert_view(call, "New task");
}

static void test_submission(struct test *test)
{
    struct scene scene = scene_start(test, SCENARIO);
    const cJSON *call;

    assert_answered(post_submission(&scene, "ab"), "Too short");
    assert_answered(post_submission(&scene, "Tidy+up"), "");
    call = asked(&scene, "chat.postMessage");
    assert_json(call, "error", NULL);
    assert_json_text(call, "arguments.channel", "U0USER");
    assert_json_text(call, "arguments.text", "Tidy up");
}

static void test_message(struct test *test)
{
    struct scene scene = scene_start(test, SCENARIO);
    const cJSON *call;

    assert_answered(post_event(&scene,
                               "{\"type\":\"message\",\"user\":\"U0USER\","
                               "\"text\":\"hello\",\"ts\":\"1.000100\","
                               "\"channel\":\"C1\",\"channel_type\":"
                               "\"channel\"}"),
                    "");
    call = asked(&scene, "chat.postMessage");
    assert_json(call, "error", NULL);
    assert_json_text(call, "arguments.channel", "C1");
    assert_json_text(call, "arguments.text", "Hello <@U0USER>");
}

static void test_own_message(struct test *test)
{
    struct scene scene = scene_start(test, SCENARIO);

    assert_answered(post_event(&scene,
                               "{\"type\":\"message\",\"user\":\"U0SMALL\","
                               "\"text\":\"hello\",\"ts\":\"1.000100\","
                               "\"channel\":\"C1\"}"),
                    "");
    assert_json(control_journal(test, scene.server, "?method=chat.postMessage"),
                "count", "0");
}

static void test_home(struct test *test)
{
    struct scene scene = scene_start(test, SCENARIO);
    const cJSON *call;

    assert_answered(post_event(&scene,
                               "{\"type\":\"app_home_opened\",\"user\":"
                               "\"U0USER\",\"channel\":\"D1\",\"tab\":\"home\","
                               "\"event_ts\":\"1.000100\"}"),
                    "");
    call = asked(&scene, "views.publish");
    assert_json_text(call, "arguments.user_id", "U0USER");
    assert_view(call, "Tasks of "); /* Java escapes < */
}

/* Each line of the list of tests, for each of the apps. */
#define FOR_EACH_APP(name, run)                                                \
    {name ", Bolt for JavaScript", run, &clients[0]},                          \
        {name ", its generation before", run, &clients[1]},                    \
        {name ", Bolt for Python", run, &clients[2]},                          \
    {                                                                          \
        name ", Bolt for Java", run, &clients[3]                               \
    }

static const enum client clients[] = {CLIENT_BOLT_JS, CLIENT_BOLT_JS_4,
                                      CLIENT_BOLT_PYTHON, CLIENT_BOLT_JAVA};

int run_small_apps_tests(void)
{
    static const struct test_case cases[] = {
        FOR_EACH_APP("a command opens a modal", test_command),
        FOR_EACH_APP("what is submitted is judged and posted", test_submission),
        FOR_EACH_APP("a message is answered", test_message),
        FOR_EACH_APP("an app does not hear itself", test_own_message),
        FOR_EACH_APP("a home tab is published", test_home),
    };

    return test_cases_run(cases, sizeof cases / sizeof *cases);
}
