/*
 * Connections whose reply does not end: the readers of GET /_mock/events. Each
 * is told of what has changed, soon but not at every input. Private to the
 * files listed in connection.h.
 */
#ifndef SLACKMOCK_WATCHING_H
#define SLACKMOCK_WATCHING_H

struct buffer;
struct connection;
struct connections;
struct event_base;
struct watcher;
struct watching;

struct watching *watching_create(struct event_base *base,
                                 const struct connections *connections);

/*
 * Begins such a reply: sends its first bytes, and keeps a copy of the watcher.
 * May close the connection.
 */
void watching_join(struct watching *watching, struct connection *connection,
                   const struct buffer *bytes, const struct watcher *watcher);

/* Forgets a connection that is about to go. */
void watching_leave(struct watching *watching, struct connection *connection);

/* To be called after every input: there may be news. */
void watching_note_change(struct watching *watching);

/* Once all have left. */
void watching_free(struct watching *watching);

#endif
