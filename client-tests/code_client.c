/* Lines to the programs; see code_client.h. */
#include "code_client.h"

#include <cjson/cJSON.h>

#include "check.h"
#include "default_world.h"
#include "line_client.h"
#include "server_fixture.h"
#include "test_case.h"

static struct line_client programs[CODE_PROGRAMS] = {
    [CODE_GO] = LINE_CLIENT("slack-go's installer", "slack-go", NULL),
    [CODE_OPENID_JS] = LINE_CLIENT("openid-js", "openid-js", NULL),
    [CODE_AUTHLIB] = LINE_CLIENT("authlib", "authlib", NULL),
};

static const cJSON *ask(struct test *test, const struct code_client *client,
                        const char *line)
{
    const cJSON *outcome =
        line_client_ask(test, &programs[client->program], line);

    if (!json_at(outcome, "outcome"))
        fail_msg("%s answered no outcome: %s", client->way, line);
    return outcome;
}

const char *code_client_begin(struct test *test,
                              const struct code_client *client,
                              const struct server *server, const char *base)
{
    const cJSON *outcome = ask(
        test, client,
        test_printf(test,
                    "{\"call\":\"begin\",\"way\":\"%s\",\"base_url\":\"%s%s\","
                    "\"arguments\":{\"client_id\":\"" CLIENT_ID
                    "\",\"client_secret\":\"" CLIENT_SECRET
                    "\",\"redirect_uri\":\"" CODE_CLIENT_REDIRECT "\",%s}}",
                    client->way, server_origin(server), base, client->scopes));

    assert_json_text(outcome, "outcome", "returned");
    return cJSON_GetStringValue(json_at(outcome, "url"));
}

const cJSON *code_client_finish(struct test *test,
                                const struct code_client *client,
                                const char *callback)
{
    return ask(test, client,
               test_printf(test,
                           "{\"call\":\"finish\",\"arguments\":{"
                           "\"callback\":\"%s\"}}",
                           callback));
}

const cJSON *code_client_go_on(struct test *test,
                               const struct code_client *client,
                               const char *call)
{
    return ask(test, client,
               test_printf(test, "{\"call\":\"%s\",\"arguments\":{}}", call));
}

int code_clients_end(void)
{
    int result = 0;

    for (int i = 0; i < CODE_PROGRAMS; i++)
        if (line_client_end(&programs[i]) != 0)
            result = -1;
    return result;
}
