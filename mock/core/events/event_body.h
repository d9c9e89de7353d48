/*
 * The bodies of events, with the fields of Slack's event pages in their order.
 */
#ifndef SLACKMOCK_EVENT_BODY_H
#define SLACKMOCK_EVENT_BODY_H

#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"

struct app;
struct team;

#define EVENT_URL_VERIFICATION "url_verification"
#define EVENT_TOKENS_REVOKED   "tokens_revoked"
#define EVENT_APP_UNINSTALLED  "app_uninstalled"

#define EVENT_ID_SIZE sizeof "Ev0123456789"

/* Of which app and team, and when, in the mock's milliseconds. */
struct event_frame {
    const struct app *app;
    const struct team *team;
    const char *id;
    int64_t time;
};

struct user_ids {
    const char *const *ids; /* lent */
    size_t count;
};

/* The ids are those of users, a bot's user too: never tokens. */
void event_body_tokens_revoked(const struct event_frame *frame,
                               const struct user_ids *people,
                               const struct user_ids *bots,
                               struct buffer *body);

void event_body_app_uninstalled(const struct event_frame *frame,
                                struct buffer *body);

void event_body_url_verification(const char *challenge, struct buffer *body);

#endif
