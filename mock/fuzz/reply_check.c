/* What every reply to a call has to be, whatever was asked. */
#include "reply_check.h"

#include <cjson/cJSON.h>
#include <string.h>

#include "fuzz.h"
#include "message/reply.h"
#include "message/slack_error.h"

static void check_error(const struct reply *reply, const cJSON *body)
{
    const char *error =
        cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(body, "error"));

    fuzz_require(error && reply->record.error);
    fuzz_require(strcmp(error, reply->record.error) == 0);
    if (cJSON_HasObjectItem(body, "args")) /* api.test: whatever it asked for */
        return;
    if (strcmp(error, "method_not_allowed") != 0 &&
        !fuzz_error_is_documented(error))
        fuzz_fail("no documented error: %s", error);
    fuzz_require(reply->status ==
                 (strcmp(error, "method_not_allowed") == 0 ? 405 : 200));
}

static void check_warnings(const cJSON *body)
{
    const cJSON *metadata =
        cJSON_GetObjectItemCaseSensitive(body, "response_metadata");
    const cJSON *warning;

    cJSON_ArrayForEach (warning,
                        cJSON_GetObjectItemCaseSensitive(metadata, "warnings"))
        fuzz_require(slack_warning_is_documented(warning->valuestring));
}

cJSON *reply_check(const struct reply *reply, bool is_preflight)
{
    cJSON *body;

    if (is_preflight) {
        fuzz_require(reply->body.length == 0 && reply->status == 200);
        return NULL;
    }
    body = fuzz_body(reply);
    if (cJSON_IsTrue(body->child))
        fuzz_require(reply->status == 200 && !reply->record.error);
    else
        check_error(reply, body);
    check_warnings(body);
    fuzz_require(reply_header(reply, "Date"));
    fuzz_require(reply_header(reply, "X-Slack-Req-Id"));
    return body;
}
