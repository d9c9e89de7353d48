/* One function a call; see life.h. */
#include "life.h"

#include <cjson/cJSON.h>
#include <string.h>

#include "check.h"
#include "default_world.h"
#include "http_client.h"
#include "http_reply.h"
#include "server_fixture.h"
#include "test_case.h"

#define FORM_TYPE "Content-Type: application/x-www-form-urlencoded"

const struct http_reply *life_call(struct test *test,
                                   const struct server *server,
                                   const char *method, const char *bearer,
                                   const char *form)
{
    struct http_request request = {
        .verb = "POST",
        .target = test_printf(test, "/api/%s", method),
        .headers = {FORM_TYPE},
        .body = form,
    };

    if (bearer)
        request.headers[1] =
            test_printf(test, "Authorization: Bearer %s", bearer);
    return http_send(test, server, &request);
}

struct pair life_pair(struct test *test, const struct http_reply *reply,
                      const char *path)
{
    struct pair pair = {
        cJSON_GetStringValue(
            json_at(reply->json, test_printf(test, "%saccess_token", path))),
        cJSON_GetStringValue(
            json_at(reply->json, test_printf(test, "%srefresh_token", path))),
    };

    if (!pair.access || !pair.refresh)
        fail_msg("no pair at \"%s\" in %s", path, reply->body);
    return pair;
}

struct pair life_exchange(struct test *test, const struct server *server,
                          const char *form)
{
    return life_pair(
        test, life_call(test, server, "oauth.v2.exchange", NULL, form), "");
}

const struct http_reply *life_try_refresh(struct test *test,
                                          const struct server *server,
                                          const char *refresh_token)
{
    return life_call(test, server, "oauth.v2.access", NULL,
                     test_printf(test,
                                 APP_FORM "&grant_type=refresh_token"
                                          "&refresh_token=%s",
                                 refresh_token));
}

struct pair life_refresh(struct test *test, const struct server *server,
                         const char *refresh_token)
{
    return life_pair(test, life_try_refresh(test, server, refresh_token), "");
}

const struct http_reply *
life_redeem(struct test *test, const struct server *server, const char *code)
{
    return life_call(test, server, "oauth.v2.access", NULL,
                     test_printf(test, APP_FORM "&code=%s", code));
}

void life_advance(struct test *test, const struct server *server,
                  const char *seconds)
{
    const struct http_request request = {
        .verb = "POST",
        .target = "/_mock/clock",
        .body = test_printf(test, "{\"advance\":%s}", seconds),
    };

    assert_json(http_send(test, server, &request)->json, "ok", "true");
}

void life_refused(const struct http_reply *reply, const char *error)
{
    assert_json(reply->json, "ok", "false");
    assert_json_text(reply->json, "error", error);
    assert_number(reply->status, 200);
}

void life_token_is(struct test *test, const struct server *server,
                   const char *token, const char *error)
{
    const struct http_reply *reply =
        life_call(test, server, "auth.test", token, "");

    if (error)
        life_refused(reply, error);
    else
        assert_json(reply->json, "ok", "true");
}
