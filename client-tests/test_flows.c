/*
 * Every client in every flow: the result or exception that the developer has
 * in hand, how many requests the journal holds, what became of the token. The
 * last test compares what was measured with the table of scenarios/clients.md.
 */
#include <cjson/cJSON.h>
#include <ctype.h>
#include <dirent.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "child.h"
#include "client_process.h"
#include "deadline.h"
#include "default_world.h"
#include "files.h"
#include "flows.h"
#include "http_client.h"
#include "http_reply.h"
#include "life.h"
#include "server_fixture.h"
#include "test_case.h"
#include "test_groups.h"

#define FLOWS_MAX 100

struct row {
    char *name; /* of the test */
    const struct flow *flow;
    enum client client;
};

/*
 * Node's own ten repetitions would take half an hour. A client that gives a
 * stalled reply up must have a limit; in the other flows its own default rules.
 */
static const char *settings(const struct row *row)
{
    bool stalls = strncmp(row->flow->name, "stalled", strlen("stalled")) == 0;

    switch (row->client) {
    case CLIENT_BOLT_JS:
    case CLIENT_BOLT_JS_4:
        return stalls ? "{\"retry_config\":{\"retries\":2,\"minTimeout\":1,"
                        "\"maxTimeout\":1},\"timeout\":500}"
                      : "{\"retry_config\":{\"retries\":2,\"minTimeout\":1,"
                        "\"maxTimeout\":1}}";
    case CLIENT_BOLT_PYTHON:
    case CLIENT_BOLT_PYTHON_ASYNC:
        return stalls ? "{\"timeout\":1}" : "{}";
    case CLIENT_BOLT_JAVA:
    case CLIENT_COUNT:
        break;
    }
    return stalls ? "{\"timeout\":500}" : "{}";
}

static const char *request(struct test *test, const struct row *row,
                           const struct server *server)
{
    const char *head = test_printf(
        test, "\"base_url\":\"%s/api/\",\"client\":%s,\"arguments\":{%s",
        server_origin(server), settings(row),
        "\"client_id\":\"" CLIENT_ID "\",\"client_secret\":\"" CLIENT_SECRET
        "\"");

    if (row->flow->action != FLOW_REFRESHES)
        return test_printf(test,
                           "{\"call\":\"oauth.v2.exchange\",%s,"
                           "\"token\":\"%s\"}}",
                           head, flow_token(row->flow));
    return test_printf(
        test,
        "{\"call\":\"rotate\",%s},\"installation\":{\"app_id\":\"A0APP\","
        "\"team_id\":\"T0TEAM\",\"user_id\":\"U0USER\",\"bot_id\":\"B0BOT\","
        "\"bot_user_id\":\"U0BOT\",\"bot_scopes\":\"commands\","
        "\"bot_token\":\"xoxe.xoxb-1-slackmockexample\","
        "\"bot_refresh_token\":\"%s\",\"bot_expires_in\":60}}",
        head, flow_token(row->flow));
}

/* Uses tier 3 up with tokens of the same app and team; none of them counts. */
static void use_up_limit(struct test *test, const struct server *server)
{
    const struct http_reply *reply = NULL;

    for (int number = 1; number <= 200; number++) {
        reply = http_exchange(
            test, server,
            test_printf(test, APP_FORM "&token=xoxb-generated-%d", number));
        if (reply->status == 429)
            break;
    }
    assert_number(reply->status, 429);
    (void)http_send(
        test, server,
        &(struct http_request){.verb = "DELETE", .target = "/_mock/requests"});
}

/* An error name, and no raw body that an SDK took for one. */
static bool is_error_name(const char *error)
{
    return error && *error &&
           error[strspn(error, "abcdefghijklmnopqrstuvwxyz_0123456789")] ==
               '\0';
}

/* What Slack answered, as the exception shows it or names it. */
static const char *error_in(const cJSON *outcome)
{
    static const char refused[] = "invalid_refresh_token";
    const char *error = cJSON_GetStringValue(json_at(outcome, "body.error"));
    const char *message = cJSON_GetStringValue(json_at(outcome, "message"));

    if (is_error_name(error))
        return error;
    return message && strstr(message, refused) ? refused : NULL;
}

static const char *result_of(struct test *test, const struct row *row,
                             const cJSON *outcome)
{
    const char *exception = cJSON_GetStringValue(json_at(outcome, "exception"));
    const char *error = error_in(outcome);

    if (exception)
        return test_printf(test, "%s%s%s", exception, error ? " " : "",
                           error ? error : "");
    if (row->flow->action == FLOW_REFRESHES)
        return cJSON_IsObject(json_at(outcome, "body")) ? "ok"
                                                        : "the old token";
    return cJSON_IsTrue(json_at(outcome, "body.ok")) ? "ok" : error;
}

static const cJSON *get(struct test *test, const struct server *server,
                        const char *target)
{
    return http_send(test, server, &(struct http_request){.target = target})
        ->json;
}

/* A request that a client gave up is journaled all the same. */
static int count_requests(struct test *test, const struct row *row,
                          const struct server *server)
{
    const char *method = row->flow->action == FLOW_REFRESHES
                             ? "oauth.v2.access"
                             : "oauth.v2.exchange";
    const cJSON *journal = get(
        test, server, test_printf(test, "/_mock/requests?method=%s", method));

    return json_at(journal, "count")->valueint;
}

static void test_flow(struct test *test)
{
    const struct row *row = test_row(test);
    const struct flow_result *wanted = &row->flow->results[row->client];
    const char *result;
    const char *state;
    struct server *server;
    const cJSON *outcome;
    int requests;

    client_skip_if_missing(test, row->client);
    server = server_start(
        test, test_printf(test, "scenarios/flows/%s.json", row->flow->name),
        NULL);
    if (row->flow->action == FLOW_EXCHANGES_LATE)
        use_up_limit(test, server);
    outcome = client_call(test, row->client, request(test, row, server));
    result = result_of(test, row, outcome);
    requests = count_requests(test, row, server);
    state = cJSON_GetStringValue(json_at(
        get(test, server,
            test_printf(test, "/_mock/state?token=%s", flow_token(row->flow))),
        "tokens.0.state"));
    assert_text(result, wanted->result);
    assert_number(requests, wanted->requests);
    assert_text(state, wanted->state);
}

/* ---- the whole ---- */

/* A line a flow and client, as scripts/flows-table reads it. */
static const char *wanted_table(struct test *test)
{
    const char *table = "";

    for (const struct flow *flow = flows; flow->name; flow++)
        for (int client = 0; client < CLIENT_COUNT; client++) {
            const struct flow_result *result = &flow->results[client];

            table =
                test_printf(test, "%s%s\t%s\t%s\t%d\t%s\n", table, flow->name,
                            client_name((enum client)client), result->result,
                            result->requests, result->state);
        }
    return test_file(test, "flows.tsv", table);
}

/* Of what the tests above want, and so of what every client does. */
static void test_table_is_current(struct test *test)
{
    const char *path = wanted_table(test);
    const char *log = test_path(test, "flows-table.log");
    struct child child = CHILD_INIT;

    assert_number(child_start(&child,
                              &(struct child_start){
                                  .arguments = ARGUMENTS("scripts/flows-table",
                                                         "--check", path),
                                  .stdout_path = log,
                                  .stderr_path = log,
                              }),
                  0);
    if (child_wait(&child, deadline_from_now()) != 0)
        fail_msg("scenarios/clients.md is not current; "
                 "scripts/flows-table %s makes it so",
                 path);
}

static void test_flows_are_the_files(struct test *test)
{
    DIR *folder = opendir("scenarios/flows");
    const struct dirent *file;
    int missing = 0;

    (void)test;
    assert_non_null(folder);
    while ((file = readdir(folder))) {
        const struct flow *flow = flows;
        size_t length = strcspn(file->d_name, ".");

        if (!length)
            continue;
        while (flow->name && (strlen(flow->name) != length ||
                              strncmp(flow->name, file->d_name, length) != 0))
            flow++;
        if (!flow->name) {
            print_error("%s: no client goes through it\n", file->d_name);
            missing++;
        }
    }
    (void)closedir(folder);
    assert_number(missing, 0);
}

static const struct test_case whole[] = {
    {"every flow is tried by every client", test_flows_are_the_files, NULL},
    {"the table of scenarios/clients.md is what the clients do",
     test_table_is_current, NULL},
};

int run_flows_tests(void)
{
    return test_cases_run(whole, sizeof whole / sizeof whole[0]);
}

/* Much of a flow is waiting, so each client has a group of its own. */
static int run_client(enum client client)
{
    struct row rows[FLOWS_MAX];
    struct test_case cases[FLOWS_MAX] = {{0}};
    size_t count = 0;
    int failed;

    for (const struct flow *flow = flows; flow->name; flow++) {
        struct row *row = &rows[count];

        if (count == FLOWS_MAX)
            abort();
        row->flow = flow;
        row->client = client;
        row->name =
            text_printf("%s: flows/%s.json", client_name(client), flow->name);
        cases[count++] = (struct test_case){row->name, test_flow, row};
    }
    failed = test_cases_run(cases, count);
    for (size_t i = 0; i < count; i++)
        free(rows[i].name);
    return failed;
}

int run_flows_bolt_js_tests(void)
{
    return run_client(CLIENT_BOLT_JS);
}

int run_flows_bolt_js_4_tests(void)
{
    return run_client(CLIENT_BOLT_JS_4);
}

int run_flows_bolt_python_tests(void)
{
    return run_client(CLIENT_BOLT_PYTHON);
}

int run_flows_bolt_python_async_tests(void)
{
    return run_client(CLIENT_BOLT_PYTHON_ASYNC);
}

int run_flows_bolt_java_tests(void)
{
    return run_client(CLIENT_BOLT_JAVA);
}
