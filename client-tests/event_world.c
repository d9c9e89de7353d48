/* A server that sends events, and what it tells of them; see event_world.h. */
#include "event_world.h"

#include <cjson/cJSON.h>
#include <string.h>

#include "check.h"
#include "control_client.h"
#include "deadline.h"
#include "default_world.h"
#include "event_receiver.h"
#include "http_client.h"
#include "server_fixture.h"
#include "test_case.h"

/* The default world with an app that takes events at a URL, and a still clock.
 */
struct server *event_start(struct test *test, const char *url,
                           const char *const *options)
{
    const char *scenario =
        test_printf(test,
                    WORLD("\"seed\":1,\"clock\":{\"at\":"
                          "\"2030-01-01T00:00:00Z\",\"frozen\":true},"
                          "\"apps\":[{\"id\":\"A0APP\",\"events\":{\"url\":"
                          "\"%s\",\"signing_secret\":\"" EVENT_SECRET "\"}}]"),
                    url);

    return server_start(test, test_file(test, "world.json", scenario), options);
}

struct server *event_start_with(struct test *test,
                                const struct event_receiver *receiver)
{
    return event_start(test,
                       test_printf(test, "http://127.0.0.1:%d/slack/events?a=b",
                                   receiver_port(receiver)),
                       NULL);
}

void event_uninstall(struct test *test, const struct server *server,
                     const char *base)
{
    const struct http_request request = {
        .target = test_printf(test, "%s/api/apps.uninstall", base),
        .headers = {FORM, "Authorization: Bearer xoxb-12345-67890-abcdefg"},
        .body = "client_id=4123121235.9872358710&"
                "client_secret=e1b9e11dfcd19c1982d5de12921e17e8c",
    };

    assert_text(http_send(test, server, &request)->body, "{\"ok\":true}");
}

void event_advance(struct test *test, const struct server *server, int seconds)
{
    control_do(test, server, "POST /_mock/clock",
               test_printf(test, "{\"advance\":%d}", seconds));
}

/* Waits until a delivery is in a state; all of that event's. */
const struct cJSON *event_await_state(struct test *test,
                                      const struct server *server,
                                      const char *event, const char *state)
{
    deadline end = deadline_from_now();

    for (;;) {
        const struct cJSON *told = control_do(
            test, server,
            test_printf(test, "GET /_mock/deliveries?event=%s", event), NULL);
        const char *now =
            cJSON_GetStringValue(json_at(told, "deliveries.0.state"));

        if (now && strcmp(now, state) == 0)
            return told;
        if (!deadline_look_again(end))
            fail_msg("%s is not %s: %s", event, state, now ? now : "unknown");
    }
}

void event_assert_quiet(struct test *test, const struct server *server,
                        const struct event_receiver *receiver)
{
    (void)control_do(test, server, "GET /_mock/health", NULL);
    assert_true(receiver_is_alone(receiver));
}

void event_see_retry(struct event_receiver *receiver, const char *number,
                     const char *reason)
{
    const struct received *received =
        receiver_await_event(receiver, "tokens_revoked");

    assert_text(http_header(received->message, "X-Slack-Retry-Num"), number);
    assert_text(http_header(received->message, "X-Slack-Retry-Reason"), reason);
    receiver_answer(received, "500 Oops", "", "busy");
}
