/* The table of the SDKs' client programs; see client_process.h. */
#include "client_process.h"

#include <cjson/cJSON.h>

#include "check.h"
#include "line_client.h"
#include "set_up.h"
#include "test_case.h"

/* A runtime takes long to start, so these outlive the tests. */
static struct line_client clients[CLIENT_COUNT] = {
    LINE_CLIENT("bolt-js", "bolt-js", NULL),
    LINE_CLIENT("bolt-js-4", "bolt-js-4", NULL),
    LINE_CLIENT("bolt-python sync", "bolt-python", "sync"),
    LINE_CLIENT("bolt-python async", "bolt-python", "async"),
    LINE_CLIENT("bolt-java", "bolt-java", NULL),
};

const char *client_name(enum client client)
{
    return clients[client].name;
}

void client_skip_if_missing(struct test *test, enum client client)
{
    set_up_or_skip(test, "clients", clients[client].folder);
}

const cJSON *client_call(struct test *test, enum client client,
                         const char *request)
{
    const cJSON *outcome = line_client_ask(test, &clients[client], request);

    if (!cJSON_GetObjectItemCaseSensitive(outcome, "outcome")) {
        const char *failure = cJSON_GetStringValue(
            cJSON_GetObjectItemCaseSensitive(outcome, "failure"));

        fail_msg("%s answered no outcome: %s", client_name(client),
                 failure ? failure : "and no failure");
    }
    return outcome;
}

void client_end(struct test *test, enum client client)
{
    if (clients[client].child.pid == 0)
        skip_unless_ci(test, client_name(client), "it is not running");
    assert_number(line_client_end(&clients[client]), 0);
}

int client_end_all(void)
{
    int result = 0;

    for (int i = 0; i < CLIENT_COUNT; i++)
        if (line_client_end(&clients[i]) != 0)
            result = -1;
    return result;
}
