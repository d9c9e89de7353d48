/*
 * One timer, for the event that is due next. So many are under way at a time at
 * most; the rest stay with the core until one is over.
 */
#include "event_sender.h"

#include <event2/dns.h>
#include <event2/event.h>
#include <stdbool.h>
#include <stdlib.h>

#include "base/xalloc.h"
#include "entrance/entrance.h"
#include "event_request.h"
#include "host_time.h"

#define UNDER_WAY_MOST 64

struct event_sender {
    struct event_base *base;
    struct entrance *entrance;
    const struct event_hosts *hosts;
    struct event *timer;
    struct evdns_base *resolver; /* made when a name is to be looked up */
    struct event_request *first; /* of those under way */
    size_t under_way;
    void (*taken)(void *context); /* after an input */
    void *context;
};

static struct evdns_base *resolver(void *context)
{
    struct event_sender *sender = context;

    if (!sender->resolver)
        sender->resolver =
            evdns_base_new(sender->base, EVDNS_BASE_INITIALIZE_NAMESERVERS |
                                             EVDNS_BASE_DISABLE_WHEN_INACTIVE);
    return sender->resolver;
}

static void forget(struct event_sender *sender, struct event_request *request)
{
    struct event_request **place = &sender->first;

    while (*place != request)
        place = event_request_next(*place);
    *place = *event_request_next(request);
    sender->under_way--;
}

static void on_done(void *context, struct event_request *request,
                    const struct delivery_outcome *outcome)
{
    struct event_sender *sender = context;
    const struct input input = {
        .kind = INPUT_OUTCOME, .host_time = host_time(), .outcome = *outcome};

    forget(sender, request);
    (void)entrance_take(sender->entrance, &input, NULL);
    event_sender_look(sender);
    sender->taken(sender->context);
}

static void send_one(struct event_sender *sender, const struct sending *sending)
{
    static const struct event_request_handler handler = {resolver, on_done};
    struct event_request *request =
        event_request_create(sender->base, sender->hosts, &handler, sender);

    *event_request_next(request) = sender->first;
    sender->first = request;
    sender->under_way++;
    event_request_send(request, sending);
}

static void arm(struct event_sender *sender)
{
    const int64_t now = host_time();
    const int64_t due = entrance_next_due(sender->entrance, now);
    const int64_t wait = due > now ? due - now : 0;
    const struct timeval until = {(time_t)(wait / 1000),
                                  (suseconds_t)(wait % 1000 * 1000)};

    if (due == INT64_MAX || sender->under_way == UNDER_WAY_MOST)
        evtimer_del(sender->timer);
    else
        evtimer_add(sender->timer, &until);
}

static void on_due(evutil_socket_t fd, short what, void *argument)
{
    struct event_sender *sender = argument;
    struct sending sending;
    const struct input input = {
        .kind = INPUT_DUE, .host_time = host_time(), .sending = &sending};

    (void)fd;
    (void)what;
    while (sender->under_way < UNDER_WAY_MOST &&
           entrance_take(sender->entrance, &input, NULL))
        send_one(sender, &sending);
    arm(sender);
    sender->taken(sender->context);
}

void event_sender_look(struct event_sender *sender)
{
    if (entrance_due_has_changed(sender->entrance))
        arm(sender);
}

struct event_sender *event_sender_create(struct event_base *base,
                                         struct entrance *entrance,
                                         const struct event_hosts *hosts)
{
    struct event_sender *sender = xcalloc(1, sizeof *sender);

    sender->base = base;
    sender->entrance = entrance;
    sender->hosts = hosts;
    sender->timer = evtimer_new(base, on_due, sender);
    return sender;
}

void event_sender_on_input(struct event_sender *sender,
                           void (*taken)(void *context), void *context)
{
    sender->taken = taken;
    sender->context = context;
}

void event_sender_free(struct event_sender *sender)
{
    if (!sender)
        return;
    while (sender->first) {
        struct event_request *request = sender->first;

        sender->first = *event_request_next(request);
        event_request_free(request);
    }
    if (sender->resolver) {
        /* A look-up that was given up is freed by a last turn of the loop. */
        (void)event_base_loop(sender->base, EVLOOP_NONBLOCK);
        evdns_base_free(sender->resolver, 0);
    }
    event_free(sender->timer);
    free(sender);
}
