/* Takes the part of who sends events; see event_life.h. */
#include "event_life.h"

#include <stdio.h>
#include <string.h>

#include "check.h"
#include "control/control.h"

#define UNINSTALL CLIENT "&" SECRET

struct outbox *event_outbox(struct life *life)
{
    return sandboxes_outbox(life->world->sandboxes);
}

/* The text of a body between two pieces, as far as it fits. */
static void show_piece(struct sent *sent, const char *body, const char *head,
                       const char *tail)
{
    const char *start = strstr(body, head);
    const size_t used = strlen(sent->events);

    if (!start)
        return;
    start += strlen(head);
    snprintf(sent->events + used, sizeof sent->events - used, " %.*s",
             (int)(strstr(start, tail) - start), start);
}

static const char *challenge_of(const char *body)
{
    const char *start = strstr(body, "\"challenge\":\"");

    return start ? start + strlen("\"challenge\":\"") : NULL;
}

void event_settle(struct life *life, const struct sending *sending,
                  enum delivery_problem problem, int status)
{
    const char *challenge = challenge_of(sending->body);
    const struct delivery_outcome outcome = {
        .ticket = sending->ticket,
        .problem = problem,
        .status = status,
        .answer = challenge ? challenge : "",
        .answer_length = challenge ? 52 : 0,
    };

    outbox_settle(event_outbox(life), &outcome, life->now);
}

const char *event_send_all(struct life *life, struct sent *sent)
{
    struct sending sending;

    *sent = (struct sent){.count = 0};
    while (outbox_take(event_outbox(life), life->now, &sending)) {
        show_piece(sent, sending.body, "\"event\":{\"type\":\"", "\"");
        show_piece(sent, sending.body, "\"tokens\":", "}");
        sent->count++;
        event_settle(life, &sending, PROBLEM_NONE, 200);
    }
    return sent->events;
}

int64_t event_next_wait(struct life *life)
{
    int64_t due = outbox_next_due(event_outbox(life), life->now);

    return due == INT64_MAX ? -1 : due - life->now;
}

void event_uninstall(struct life *life)
{
    assert_string_equal(
        life_call(life, "apps.uninstall", USER_TOKEN, UNINSTALL),
        "{\"ok\":true}");
}

const char *event_deliveries(struct life *life)
{
    const struct request request = {
        .verb = VERB_GET, .method = "deliveries", .host_time = life->now};

    control_handle(life->world->sandboxes, life->world->mock, &request,
                   &life->world->reply);
    return life->world->reply.body.data;
}
