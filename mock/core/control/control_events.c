/*
 * GET /_mock/events: the beginning of a reply that does not end. The HTTP layer
 * keeps the watcher and asks what there is to tell.
 */
#include <string.h>

#include "base/arena.h"
#include "control/control_parts.h"
#include "control/watcher.h"

static struct watcher *make_watcher(const struct control *control)
{
    const struct request *request = control->request;
    struct watcher *watcher =
        arena_allocate(&control->reply->text, sizeof *watcher);

    if (request->sandbox)
        memcpy(watcher->sandbox, request->sandbox, request->sandbox_length);
    return watcher;
}

void control_get_events(struct control *control)
{
    struct reply *reply = control->reply;
    struct watcher *watcher = make_watcher(control);

    buffer_clear(&reply->body);
    control->is_written = true;
    reply_set_header_static(reply, "Content-Type", "text/event-stream");
    reply_set_header_static(reply, "Cache-Control", "no-store");
    reply_set_header_static(reply, "X-Accel-Buffering", "no");
    watcher_begin(watcher, control->sandboxes,
                  request_header(control->request, "Last-Event-ID"),
                  &reply->body);
    reply->watcher = watcher;
    reply->close = true;
}
