/*
 * Who reads GET /_mock/events: which world he watches, and how far he was told.
 * What he is told is text in the format of server-sent events (HTML, 9.2).
 */
#ifndef SLACKMOCK_WATCHER_H
#define SLACKMOCK_WATCHER_H

#include <stdbool.h>

#include "base/buffer.h"
#include "mock/sandboxes.h"
#include "mock/versions.h"

struct watcher {
    char sandbox[SANDBOX_NAME_MOST + 1]; /* "": the main world */
    struct versions told;
};

/*
 * Begins to watch the world of that sandbox, which there is. `last_id` is the
 * Last-Event-ID of somebody who was told that far; NULL or "": of nobody. What
 * has happened since is added to the output, or that it cannot be told.
 */
void watcher_begin(struct watcher *watcher, const struct sandboxes *sandboxes,
                   const char *last_id, struct buffer *output);

/*
 * Adds an event for whatever is new since the last time. False if the world is
 * gone, and there will be no more.
 */
bool watcher_tell(struct watcher *watcher, const struct sandboxes *sandboxes,
                  struct buffer *output);

/* True if the two have been told the same of the same world. */
bool watcher_equals(const struct watcher *watcher, const struct watcher *other);

#endif
