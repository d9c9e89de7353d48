/* A list of mocks: few have events on their way, however many there are. */
#include "mock/outbox.h"

#include <stddef.h>

#include "mock/mock_parts.h"

void outbox_look(struct mock *mock)
{
    struct outbox *outbox = mock->outbox;

    if (!outbox || (!mock->events.pending && !mock->is_in_outbox))
        return;
    outbox->has_changed = true;
    if (mock->is_in_outbox)
        return;
    mock->next_in_outbox = outbox->first;
    outbox->first = mock;
    mock->is_in_outbox = true;
}

void outbox_remove(struct mock *mock)
{
    struct mock **place;

    if (!mock->is_in_outbox)
        return;
    place = &mock->outbox->first;
    while (*place != mock)
        place = &(*place)->next_in_outbox;
    *place = mock->next_in_outbox;
    mock->is_in_outbox = false;
    mock->outbox->has_changed = true;
}

void outbox_put_first(struct mock *mock)
{
    outbox_remove(mock);
    outbox_look(mock);
}

struct mock *outbox_next(const struct outbox *outbox, const struct mock *mock)
{
    struct mock *next = mock ? mock->next_in_outbox : outbox->first;

    while (next && !next->events.pending)
        next = next->next_in_outbox;
    return next;
}

/* A ticket is used once. */
void outbox_join(struct mock *mock)
{
    const struct delivery *delivery = mock->events.oldest;

    for (; delivery; delivery = delivery->next)
        if (delivery->ticket > mock->outbox->last_ticket)
            mock->outbox->last_ticket = delivery->ticket;
    outbox_look(mock);
}

/* The host's time at which the mock's clock says so. */
static int64_t host_time_of(const struct clock *clock, int64_t due,
                            int64_t host_time)
{
    if (due == EVENT_NEVER || due <= clock_now(clock, host_time))
        return due == EVENT_NEVER ? EVENT_NEVER : host_time;
    return clock->frozen ? EVENT_NEVER
                         : clock->host_start + (due - clock->start);
}

static int64_t due_of(const struct mock *mock, int64_t host_time)
{
    return host_time_of(&mock->clock, event_queue_next_due(&mock->events),
                        host_time);
}

int64_t outbox_next_due(const struct outbox *outbox, int64_t host_time)
{
    const struct mock *mock = outbox->first;
    int64_t next = EVENT_NEVER;

    for (; mock; mock = mock->next_in_outbox) {
        int64_t due = due_of(mock, host_time);

        if (due < next)
            next = due;
    }
    return next;
}

bool outbox_take(struct outbox *outbox, int64_t host_time,
                 struct sending *sending)
{
    struct mock *mock = outbox->first;

    for (; mock; mock = mock->next_in_outbox)
        if (event_queue_take(&mock->events, outbox->last_ticket + 1,
                             clock_now(&mock->clock, host_time), host_time,
                             sending)) {
            outbox->last_ticket++;
            return true;
        }
    return false;
}

size_t outbox_tickets(const struct outbox *outbox, uint64_t *tickets,
                      size_t most)
{
    const struct mock *mock = outbox->first;
    size_t count = 0;

    for (; mock; mock = mock->next_in_outbox)
        count +=
            event_queue_tickets(&mock->events, tickets + count, most - count);
    return count;
}

void outbox_settle(struct outbox *outbox,
                   const struct delivery_outcome *outcome, int64_t host_time)
{
    struct mock *mock = outbox->first;

    while (mock && !event_queue_settle(&mock->events, outcome,
                                       clock_now(&mock->clock, host_time)))
        mock = mock->next_in_outbox;
    if (!mock)
        return;
    outbox->has_changed = true;
    if (!mock->events.pending)
        outbox_remove(mock);
}
