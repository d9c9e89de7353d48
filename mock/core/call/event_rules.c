/* Asks the rules about each event, then queues what they left of it. */
#include "call/event_rules.h"

#include "call/call.h"
#include "call/rule_list.h"
#include "events/event_queue.h"
#include "rules/rule.h"

struct event_effect {
    bool is_doubled;
    bool is_swapped;
};

/* The dues are exchanged before any delay is added. */
static void swap(struct event *events, size_t count)
{
    const int64_t first = events[0].due;

    if (count < 2)
        return;
    events[0].due = events[1].due;
    events[1].due = first;
}

static struct event_effect ask(struct call *call, struct event *event,
                               int64_t *delay)
{
    const struct rule *rule;
    const struct rule_reply *reply =
        rule_list_take_event(call, event->type, &rule);
    struct event_effect effect = {false, false};

    *delay = 0;
    if (!reply)
        return effect;
    event->rule = rule->name;
    *delay = delay_draw(&reply->delay, call->chance_random);
    event->is_dropped = reply->event == RULE_EVENT_DROP;
    effect.is_doubled = reply->event == RULE_EVENT_DOUBLE;
    effect.is_swapped = reply->event == RULE_EVENT_SWAP;
    return effect;
}

static void queue(struct call *call, struct event *event, bool is_doubled)
{
    struct event again = *event;

    if (is_doubled) {
        again.body = (struct buffer)BUFFER_INIT;
        buffer_add(&again.body, event->body.data, event->body.length);
    }
    event_queue_add(call->events, event, call->now);
    if (is_doubled)
        event_queue_add(call->events, &again, call->now);
}

void event_rules_send(struct call *call, struct event *events, size_t count)
{
    struct event_effect effects[2];
    int64_t delays[2];
    size_t number;

    for (number = 0; number < count; number++)
        effects[number] = ask(call, &events[number], &delays[number]);
    for (number = 0; number < count; number++)
        if (effects[number].is_swapped) {
            swap(events, count);
            break;
        }
    for (number = 0; number < count; number++) {
        events[number].due += delays[number];
        queue(call, &events[number], effects[number].is_doubled);
    }
}
