/*
 * One timer, for the event that is due next. So many are under way at a time at
 * most; the rest stay with the core until one is over.
 */
#include "event_sender.h"

#include <event2/dns.h>
#include <event2/event.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "entrance/entrance.h"
#include "event_request.h"
#include "host_time.h"
#include "intake.h"

#define UNDER_WAY_MOST 64
#define LOST_SECONDS   10
#define AGAIN_MS       200 /* after one that was not due any more */

struct event_sender {
    struct intake_asker asker; /* first; for the event that is to be sent */
    bool is_asking;
    bool is_due;   /* what it asked for was there */
    bool is_early; /* it was not, though it seemed so: another clock counts, or
                      another server has it */
    struct event_base *base;
    struct intake *intake;
    const struct entrance *entrance;
    const struct event_hosts *hosts;
    struct event *timer;
    struct event *watch;              /* of those that other servers send */
    uint64_t watched[UNDER_WAY_MOST]; /* under way when it looked last */
    size_t watched_count;
    struct evdns_base *resolver; /* made when a name is to be looked up */
    struct event_request *first; /* of those under way */
    size_t under_way;
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

static void arm(struct event_sender *sender)
{
    const int64_t now = host_time();
    const int64_t due = entrance_next_due(sender->entrance, now);
    const int64_t least = sender->is_early ? AGAIN_MS : 0;
    const int64_t wait = due > now + least ? due - now : least;
    const struct timeval until = {(time_t)(wait / 1000),
                                  (suseconds_t)(wait % 1000 * 1000)};

    if (due == INT64_MAX || sender->under_way == UNDER_WAY_MOST ||
        sender->is_asking)
        evtimer_del(sender->timer);
    else
        evtimer_add(sender->timer, &until);
}

static void settle(struct event_sender *sender,
                   const struct delivery_outcome *outcome)
{
    const struct input input = {
        .kind = INPUT_OUTCOME, .host_time = host_time(), .outcome = *outcome};

    intake_take(sender->intake, &input, NULL);
}

static void on_done(void *context, struct event_request *request,
                    const struct delivery_outcome *outcome)
{
    struct event_sender *sender = context;

    forget(sender, request);
    settle(sender, outcome);
    arm(sender);
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

/* Asks for one that is due. */
static void ask(struct event_sender *sender)
{
    struct sending sending;
    const struct input input = {
        .kind = INPUT_DUE, .host_time = host_time(), .sending = &sending};

    sender->is_asking = true;
    sender->is_due = false;
    intake_take(sender->intake, &input, &sender->asker);
}

/* As long as they are there at once; later on_told() goes on. */
static void ask_for_all(struct event_sender *sender)
{
    do
        ask(sender);
    while (!sender->is_asking && sender->is_due &&
           sender->under_way < UNDER_WAY_MOST);
    arm(sender);
}

static void on_told(struct intake_asker *asker, const struct input *input,
                    enum verdict verdict, struct reply *reply)
{
    struct event_sender *sender = (struct event_sender *)asker;

    (void)reply;
    sender->is_asking = false;
    sender->is_due = verdict == VERDICT_APPLIED;
    sender->is_early = !sender->is_due;
    if (sender->is_due)
        send_one(sender, input->sending);
    arm(sender);
}

static void on_due(evutil_socket_t fd, short what, void *argument)
{
    struct event_sender *sender = argument;

    (void)fd;
    (void)what;
    if (!sender->is_asking)
        ask_for_all(sender);
}

static void on_change(void *context)
{
    arm(context);
}

static void settle_lost(struct event_sender *sender, uint64_t ticket,
                        const char *note)
{
    const struct delivery_outcome outcome = {
        .ticket = ticket,
        .problem = PROBLEM_CONNECTION,
        .note = note,
        .answer = "",
    };

    settle(sender, &outcome);
}

/*
 * What is under way for that long was under way with a server that is gone, or
 * the log did not take what came of it: each attempt has three seconds. Of
 * several servers the first to say so wins.
 */
static void on_watch(evutil_socket_t fd, short what, void *argument)
{
    struct event_sender *sender = argument;
    uint64_t tickets[UNDER_WAY_MOST];
    const size_t count =
        entrance_tickets(sender->entrance, tickets, UNDER_WAY_MOST);

    (void)fd;
    (void)what;
    for (size_t i = 0; i < count; i++)
        for (size_t before = 0; before < sender->watched_count; before++)
            if (sender->watched[before] == tickets[i])
                settle_lost(sender, tickets[i],
                            "what came of this was lost: its server ended, or "
                            "could not log it");
    memcpy(sender->watched, tickets, count * sizeof *tickets);
    sender->watched_count = count;
}

/* Nobody is told what became of those under way when a server ends. */
void event_sender_start(struct event_sender *sender, bool is_kept,
                        bool is_shared)
{
    static const struct timeval often = {LOST_SECONDS, 0};
    uint64_t tickets[UNDER_WAY_MOST];
    size_t count = 0;

    if (is_kept)
        evtimer_add(sender->watch, &often);
    if (!is_shared)
        count = entrance_tickets(sender->entrance, tickets, UNDER_WAY_MOST);
    for (size_t i = 0; i < count; i++)
        settle_lost(sender, tickets[i], "slackmock ended while this was sent");
    arm(sender);
}

struct event_sender *event_sender_create(struct event_base *base,
                                         struct intake *intake,
                                         struct entrance *entrance,
                                         const struct event_hosts *hosts)
{
    struct event_sender *sender = xcalloc(1, sizeof *sender);

    sender->asker.told = on_told;
    sender->base = base;
    sender->intake = intake;
    sender->entrance = entrance;
    sender->hosts = hosts;
    sender->timer = evtimer_new(base, on_due, sender);
    sender->watch = event_new(base, -1, EV_PERSIST, on_watch, sender);
    intake_on_change(intake, on_change, sender);
    return sender;
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
    intake_forget(&sender->asker);
    event_free(sender->timer);
    event_free(sender->watch);
    free(sender);
}
