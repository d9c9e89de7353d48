/* Requests to client programs about an app; see bolt_app.h. */
#include "bolt_app.h"

#include <cjson/cJSON.h>

#include "check.h"
#include "control_client.h"
#include "default_world.h"
#include "server_fixture.h"
#include "test_case.h"

#define SCOPES      "commands,chat:write"
#define USER_SCOPES "chat:write"

const cJSON *bolt_app_ask(const struct bolt_app *app, const char *call,
                          const char *arguments, const char *keys)
{
    return client_call(
        app->test, app->client,
        test_printf(app->test,
                    "{\"call\":\"%s\",\"base_url\":\"%s/api/\",\"client\":{"
                    "\"retry_config\":{\"retries\":1,\"minTimeout\":1}},"
                    "\"arguments\":{\"client_id\":\"" CLIENT_ID
                    "\",\"client_secret\":\"" CLIENT_SECRET "\"%s}%s}",
                    call, server_origin(app->server), arguments, keys));
}

static void describe(const struct bolt_app *app, const char *facts)
{
    control_patch(
        app->test, app->server,
        test_printf(app->test, "{\"apps\":[{\"id\":\"A0APP\",%s}]}", facts));
}

void bolt_app_subscribe(const struct bolt_app *app)
{
    describe(app, test_printf(app->test,
                              "\"events\":{\"url\":\"%s/slack/events\","
                              "\"signing_secret\":\"" BOLT_APP_SECRET "\"}",
                              app->origin));
}

struct bolt_app bolt_app_start(struct test *test, enum client client,
                               const char *call, const struct server *server)
{
    struct bolt_app app = {.test = test, .client = client, .server = server};
    const cJSON *told;

    told = bolt_app_ask(&app, call,
                        ",\"signing_secret\":\"" BOLT_APP_SECRET
                        "\",\"scopes\":\"" SCOPES
                        "\",\"user_scopes\":\"" USER_SCOPES "\"",
                        "");
    assert_json_text(told, "outcome", "returned");
    app.origin = test_printf(test, "http://127.0.0.1:%d",
                             (int)cJSON_GetNumberValue(json_at(told, "port")));
    app.redirect_uri = test_printf(test, "%s/slack/oauth_redirect", app.origin);
    describe(&app,
             test_printf(test, "\"redirect_uris\":[\"%s\"]", app.redirect_uri));
    return app;
}

const cJSON *bolt_app_installation(const struct bolt_app *app)
{
    const cJSON *installation =
        json_at(bolt_app_ask(app, "bolt.installed", "", ""), "installation");

    return cJSON_IsNull(installation) ? NULL : installation;
}

const char *bolt_app_token(const struct bolt_app *app, const char *key)
{
    const char *token =
        cJSON_GetStringValue(json_at(bolt_app_installation(app), key));

    if (!token)
        fail_msg("the app has no %s", key);
    return token;
}
