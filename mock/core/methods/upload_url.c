/* Made from how the client came here: its Host header, and its path. */
#include "methods/upload_url.h"

#include <string.h>

#include "base/buffer.h"
#include "base/text.h"
#include "call/call.h"

#define SLACK_HOST "slack.com"
#define API        "/api/"

/* Slack's own names, which a client keeps to that comes through a proxy. */
static bool is_slack(const char *host)
{
    size_t length = strcspn(host, ":");
    size_t own = strlen(SLACK_HOST);

    return length >= own &&
           text_equals_ignore_case(host + length - own, own, SLACK_HOST) &&
           (length == own || host[length - own - 1] == '.');
}

/* The path before /api/: that of a sandbox, or nothing. */
static void add_place(struct buffer *url, const char *target)
{
    const char *origin = strstr(target, "://");
    const char *path = origin ? strchr(origin + strlen("://"), '/') : target;
    const char *end = path ? strstr(path, API) : NULL;

    if (end)
        buffer_add(url, path, (size_t)(end - path));
}

const char *upload_url_of(const struct call *call, const char *file)
{
    const struct request *request = call->sent.request;
    const char *host = request_header(request, "Host");
    struct buffer url = BUFFER_INIT;
    const char *copy;

    if (!host || is_slack(host))
        buffer_add_text(&url, "https://files." SLACK_HOST);
    else
        buffer_printf(&url, "http://%s", host);
    if (request->target)
        add_place(&url, request->target);
    buffer_printf(&url, "/upload/v1/%s", file);
    copy = reply_copy(call->outcome.reply, buffer_text(&url));
    buffer_free(&url);
    return copy;
}
