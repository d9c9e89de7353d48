/*
 * One row a flow; a cell is result, requests, state. Node repeats twice in
 * these runs, Python once and after a broken connection alone, Java never, but
 * for OkHttp under it after 408, and after 503 with Retry-After: 0.
 */
#include "flows.h"

#define DONE  "exchanged"
#define FRESH "active"

/* clang-format off */
#define ALL(result, requests, state) \
    {{result, requests, state}, {result, requests, state}, \
     {result, requests, state}, {result, requests, state}, \
     {result, requests, state}}
/* An error that every client reports in its own way, at once. */
#define REPORTED(error, state) \
    {{"WebAPIPlatformError " error, 1, state}, {"Error " error, 1, state}, \
     {"SlackApiError " error, 1, state}, {"SlackApiError " error, 1, state}, \
     {error, 1, state}}

#define LOST(requests) "WebAPIPlatformError token_already_exchanged", requests, DONE
#define LOST_4(requests) "Error token_already_exchanged", requests, DONE
#define LOST_PYTHON "SlackApiError token_already_exchanged", 2, DONE

const struct flow flows[] = {
    {"a-bot-that-posts", FLOW_EXCHANGES, ALL("ok", 1, DONE)},
    {"broken-json", FLOW_EXCHANGES,
     {{"WebAPIPlatformError", 1, FRESH}, {"Error", 1, FRESH},
      {"JSONDecodeError", 1, FRESH}, {"SlackApiError", 1, FRESH},
      {"JsonSyntaxException", 1, FRESH}}},
    {"close-before-exchange", FLOW_EXCHANGES,
     {{"ok", 2, DONE}, {"ok", 2, DONE}, {"ok", 2, DONE}, {"ok", 2, DONE},
      {"IOException", 1, FRESH}}},
    {"dribbled-reply", FLOW_EXCHANGES, ALL("ok", 1, DONE)},
    {"empty-reply", FLOW_EXCHANGES,
     {{"WebAPIPlatformError", 1, FRESH}, {"Error", 1, FRESH},
      {"SlackApiError", 1, FRESH}, {"SlackApiError", 1, FRESH},
      {"NullPointerException", 1, FRESH}}},
    {"fatal-error-after-commit", FLOW_EXCHANGES,
     REPORTED("fatal_error", DONE)},
    {"flaky-network", FLOW_EXCHANGES,
     {{"ok", 2, DONE}, {"ok", 2, DONE}, {"ok", 2, DONE}, {"ok", 2, DONE},
      {"IOException", 1, FRESH}}},
    {"garbage-reply", FLOW_EXCHANGES,
     {{"WebAPIPlatformError", 1, FRESH}, {"Error", 1, FRESH},
      {"SlackApiError", 1, FRESH}, {"SlackApiError", 1, FRESH},
      {"JsonSyntaxException", 1, FRESH}}},
    {"html-reply", FLOW_EXCHANGES,
     {{"WebAPIPlatformError", 1, FRESH}, {"Error", 1, FRESH},
      {"SlackApiError", 1, FRESH}, {"SlackApiError", 1, FRESH},
      {"JsonSyntaxException", 1, FRESH}}},
    {"install-and-rotate", FLOW_EXCHANGES, ALL("ok", 1, DONE)},
    {"internal-error-after-commit", FLOW_EXCHANGES,
     REPORTED("internal_error", DONE)},
    {"known-tokens", FLOW_EXCHANGES, ALL("ok", 1, DONE)},
    {"lost-refresh", FLOW_REFRESHES,
     {{"ok", 2, "spent"}, {"ok", 2, "spent"}, {"ok", 2, "spent"},
      {"ok", 2, "spent"}, {"TokenRotationException", 1, "spent"}}},
    {"lost-reply-after-exchange", FLOW_EXCHANGES,
     {{LOST(2)}, {LOST_4(2)}, {LOST_PYTHON}, {LOST_PYTHON},
      {"IOException", 1, DONE}}},
    {"no-content-type", FLOW_EXCHANGES,
     {{"ok", 1, DONE}, {"ok", 1, DONE}, {"ok", 1, DONE},
      {"SlackApiError", 1, DONE}, {"ok", 1, DONE}}},
    {"organisation-wide-install", FLOW_EXCHANGES, ALL("ok", 1, DONE)},
    {"outage-and-recovery", FLOW_EXCHANGES,
     {{"WebAPIPlatformError internal_error", 2, FRESH},
      {"Error internal_error", 2, FRESH}, {"SlackApiError", 1, FRESH},
      {"SlackApiError", 1, FRESH}, {"SlackApiException", 1, FRESH}}},
    {"outage-html-503", FLOW_EXCHANGES,
     {{"ok", 3, DONE}, {"ok", 3, DONE}, {"SlackApiError", 1, FRESH},
      {"SlackApiError", 1, FRESH}, {"SlackApiException", 1, FRESH}}},
    {"pages-by-cursor", FLOW_EXCHANGES, ALL("ok", 1, DONE)},
    {"pinned-clock-and-seed", FLOW_EXCHANGES, ALL("ok", 1, DONE)},
    {"pkce-desktop", FLOW_EXCHANGES, ALL("ok", 1, DONE)},
    {"rate-limited-as-200", FLOW_EXCHANGES, REPORTED("ratelimited", FRESH)},
    {"rate-limited-then-fine", FLOW_EXCHANGES,
     {{"ok", 2, DONE}, {"ok", 2, DONE},
      {"SlackApiError ratelimited", 1, FRESH},
      {"SlackApiError ratelimited", 1, FRESH},
      {"SlackApiException ratelimited", 1, FRESH}}},
    {"rate-limited-without-a-time", FLOW_EXCHANGES,
     {{"Error", 1, FRESH}, {"Error", 1, FRESH},
      {"SlackApiError ratelimited", 1, FRESH},
      {"SlackApiError ratelimited", 1, FRESH},
      {"SlackApiException ratelimited", 1, FRESH}}},
    {"realistic-tokens", FLOW_EXCHANGES, ALL("ok", 1, DONE)},
    {"refresh-fails-once", FLOW_REFRESHES,
     {{"the old token", 1, FRESH}, {"the old token", 1, FRESH},
      {"SlackTokenRotationError invalid_refresh_token", 1, FRESH},
      {"SlackTokenRotationError invalid_refresh_token", 1, FRESH},
      {"TokenRotationException invalid_refresh_token", 1, FRESH}}},
    {"refresh-token-without-grace", FLOW_REFRESHES, ALL("ok", 1, "spent")},
    {"reinstall-with-less-time", FLOW_EXCHANGES, ALL("ok", 1, DONE)},
    {"request-timeout-408-after-exchange", FLOW_EXCHANGES,
     {{LOST(2)}, {LOST_4(2)}, {"SlackApiError", 1, DONE},
      {"SlackApiError", 1, DONE}, {"token_already_exchanged", 2, DONE}}},
    {"reset-after-exchange", FLOW_EXCHANGES,
     {{LOST(2)}, {LOST_4(2)}, {LOST_PYTHON}, {LOST_PYTHON},
      {"SocketException", 1, DONE}}},
    {"reset-before-exchange", FLOW_EXCHANGES,
     {{"ok", 2, DONE}, {"ok", 2, DONE}, {"ok", 2, DONE}, {"ok", 2, DONE},
      {"SocketException", 1, FRESH}}},
    {"rotation-not-enabled-yet", FLOW_EXCHANGES,
     REPORTED("token_rotation_not_enabled", FRESH)},
    {"scope-not-granted", FLOW_EXCHANGES, ALL("ok", 1, DONE)},
    {"service-unavailable-retry-at-once", FLOW_EXCHANGES,
     {{"ok", 2, DONE}, {"ok", 2, DONE},
      {"SlackApiError service_unavailable", 1, FRESH},
      {"SlackApiError service_unavailable", 1, FRESH}, {"ok", 2, DONE}}},
    {"short-lived-tokens", FLOW_EXCHANGES, ALL("ok", 1, DONE)},
    {"sign-in", FLOW_EXCHANGES, ALL("ok", 1, DONE)},
    {"slow-network", FLOW_EXCHANGES, ALL("ok", 1, DONE)},
    {"slow-reply", FLOW_EXCHANGES, ALL("ok", 1, DONE)},
    {"stalled-reply-after-exchange", FLOW_EXCHANGES,
     {{LOST(2)}, {LOST_4(2)}, {"TimeoutError", 1, DONE},
      {"TimeoutError", 1, DONE}, {"SocketTimeoutException", 1, DONE}}},
    {"third-call-lost", FLOW_EXCHANGES, ALL("ok", 1, DONE)},
    {"tier-3", FLOW_EXCHANGES_LATE,
     {{"ok", 2, DONE}, {"ok", 2, DONE},
      {"SlackApiError ratelimited", 1, FRESH},
      {"SlackApiError ratelimited", 1, FRESH},
      {"SlackApiException ratelimited", 1, FRESH}}},
    {"truncated-reply-after-exchange", FLOW_EXCHANGES,
     {{"TypeError", 1, DONE}, {LOST_4(2)}, {"IncompleteRead", 1, DONE},
      {"ClientPayloadError", 1, DONE}, {"ProtocolException", 1, DONE}}},
    {"twelve-hours-later", FLOW_REFRESHES, ALL("ok", 1, "spent")},
    {"two-apps", FLOW_EXCHANGES, ALL("ok", 1, DONE)},
    {"two-refreshes-lost", FLOW_REFRESHES,
     {{"ok", 3, "spent"}, {"ok", 3, "spent"}, {"RemoteDisconnected", 2, "spent"},
      {"ServerDisconnectedError", 2, "spent"}, {"TokenRotationException", 1, FRESH}}},
    {"two-workers-refresh-at-once", FLOW_REFRESHES, ALL("ok", 1, "spent")},
    {"uninstalled-behind-your-back", FLOW_EXCHANGES, ALL("ok", 1, DONE)},
    {"workspace-of-an-organisation", FLOW_EXCHANGES, ALL("ok", 1, DONE)},
    {"wrong-redirect-uri", FLOW_EXCHANGES, ALL("ok", 1, DONE)},
    {0},
};
/* clang-format on */

const char *flow_token(const struct flow *flow)
{
    return flow->action == FLOW_REFRESHES ? "xoxe-1-slackmockexample"
                                          : "xoxb-12345-67890-abcdefg";
}
