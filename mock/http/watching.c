/*
 * One timer for all readers. The first news go out in the next turn of the
 * loop; then there is a pause, the longer the more readers there are, so that a
 * busy server spends a bounded share of its time on them: five hundred
 * sends a second at the most.
 */
#include "watching.h"

#include <event2/buffer.h>
#include <event2/event.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/queue.h>
#include <sys/socket.h>

#include "base/xalloc.h"
#include "connection.h"
#include "connection_input.h"
#include "connection_output.h"
#include "control/watcher.h"
#include "host_time.h"

#define PAUSE_LEAST_MS  10
#define PAUSE_EACH_MS   2 /* for each reader */
#define UNREAD_MOST     ((size_t)1 << 20)
#define COMMENT         ":\n\n"
#define COMMENT_SECONDS 15
#define SOCKET_BYTES    (64 * 1024)

struct reader {
    TAILQ_ENTRY(reader) link;
    struct connection *connection;
    struct watcher watcher;
};

TAILQ_HEAD(reader_list, reader);

struct watching {
    const struct connections *connections;
    struct reader_list readers;
    size_t count;
    struct event *timer;
    struct event *comment_timer;
    bool is_planned; /* to tell them */
    int64_t told_at; /* by host_monotonic_time() */
};

/* False if the reader is closed, for want of reading. */
static bool send_text(const struct reader *reader, const char *text,
                      size_t length)
{
    struct connection *connection = reader->connection;

    if (connection_output_waiting(connection) + length > UNREAD_MOST) {
        connection_close(connection);
        return false;
    }
    if (length)
        (void)connection_output_push(connection, text, length);
    return true;
}

/* ---- news ---- */

/* What was told last: most readers stand at the same place. */
struct told {
    struct watcher before;
    struct watcher after;
    struct buffer text;
    bool is_set;
    bool is_there; /* the world */
};

static void find_news(const struct watching *watching,
                      const struct watcher *watcher, struct told *told)
{
    const struct connections *connections = watching->connections;

    if (told->is_set && watcher_equals(watcher, &told->before))
        return;
    told->is_set = true;
    told->before = *watcher;
    told->after = *watcher;
    buffer_clear(&told->text);
    told->is_there = connections->handler->tell(connections->context,
                                                &told->after, &told->text);
}

static void tell(struct reader *reader, const struct told *told)
{
    if (!told->is_there) {
        connection_close(reader->connection);
        return;
    }
    reader->watcher.told = told->after.told;
    (void)send_text(reader, told->text.data, told->text.length);
}

static void on_timer(evutil_socket_t fd, short what, void *argument)
{
    struct watching *watching = argument;
    struct told told = {.text = BUFFER_INIT};
    struct reader *reader = TAILQ_FIRST(&watching->readers);

    (void)fd;
    (void)what;
    watching->is_planned = false;
    watching->told_at = host_monotonic_time();
    while (reader) {
        struct reader *next = TAILQ_NEXT(reader, link);

        find_news(watching, &reader->watcher, &told);
        tell(reader, &told);
        reader = next;
    }
    buffer_free(&told.text);
}

void watching_note_change(struct watching *watching)
{
    int64_t pause = (int64_t)watching->count * PAUSE_EACH_MS;
    int64_t wait;
    struct timeval until;

    if (!watching->count || watching->is_planned)
        return;
    if (pause < PAUSE_LEAST_MS)
        pause = PAUSE_LEAST_MS;
    wait = watching->told_at + pause - host_monotonic_time();
    if (wait < 0)
        wait = 0;
    until = (struct timeval){wait / 1000, (suseconds_t)(wait % 1000 * 1000)};
    watching->is_planned = true;
    (void)evtimer_add(watching->timer, &until);
}

/* ---- comments, without which a proxy takes a quiet reply for a dead one ----
 */

static void on_comment_timer(evutil_socket_t fd, short what, void *argument)
{
    const struct watching *watching = argument;
    struct reader *reader = TAILQ_FIRST(&watching->readers);

    (void)fd;
    (void)what;
    while (reader) {
        struct reader *next = TAILQ_NEXT(reader, link);

        (void)send_text(reader, COMMENT, strlen(COMMENT));
        reader = next;
    }
}

static void time_comments(const struct watching *watching)
{
    const struct timeval interval = {COMMENT_SECONDS, 0};

    if (watching->count)
        (void)event_add(watching->comment_timer, &interval);
    else
        (void)event_del(watching->comment_timer);
}

/* ---- coming and going ---- */

/* What the client has not read shall wait here, where it is counted. */
static void limit_socket(const struct connection *connection)
{
    const int size = SOCKET_BYTES;

    (void)setsockopt(bufferevent_getfd(connection->bufferevent), SOL_SOCKET,
                     SO_SNDBUF, &size, sizeof size);
}

void watching_join(struct watching *watching, struct connection *connection,
                   const struct buffer *bytes, const struct watcher *watcher)
{
    struct reader *reader = xcalloc(1, sizeof *reader);

    reader->connection = connection;
    reader->watcher = *watcher;
    TAILQ_INSERT_TAIL(&watching->readers, reader, link);
    connection->reader = reader;
    connection->state = CONNECTION_WATCHING;
    if (watching->count++ == 0)
        time_comments(watching);
    limit_socket(connection);
    (void)evbuffer_drain(bufferevent_get_input(connection->bufferevent),
                         (size_t)-1);
    connection_input_resume(connection);
    (void)send_text(reader, bytes->data, bytes->length);
}

void watching_leave(struct watching *watching, struct connection *connection)
{
    struct reader *reader = connection->reader;

    if (!reader)
        return;
    connection->reader = NULL;
    TAILQ_REMOVE(&watching->readers, reader, link);
    free(reader);
    if (--watching->count == 0)
        time_comments(watching);
}

struct watching *watching_create(struct event_base *base,
                                 const struct connections *connections)
{
    struct watching *watching = xcalloc(1, sizeof *watching);

    watching->connections = connections;
    TAILQ_INIT(&watching->readers);
    watching->timer = evtimer_new(base, on_timer, watching);
    watching->comment_timer =
        event_new(base, -1, EV_PERSIST, on_comment_timer, watching);
    return watching;
}

void watching_free(struct watching *watching)
{
    if (!watching)
        return;
    event_free(watching->timer);
    event_free(watching->comment_timer);
    free(watching);
}
