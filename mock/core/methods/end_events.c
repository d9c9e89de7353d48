/*
 * Queues tokens_revoked, and app_uninstalled a second after it on the mock's
 * clock: Slack promises no order, and reports have this one.
 */
#include "methods/end_events.h"

#include "call/call.h"
#include "call/event_rules.h"
#include "events/event_queue.h"
#include "tokens/holders.h"

#define UNINSTALLED_DELAY 1000 /* milliseconds */

/* Both events of one end, so that a rule can swap them. */
struct end {
    struct event events[2];
    size_t count;
};

static struct event *begin_event(struct call *call, struct end *end,
                                 const char *type, const struct event_frame *of)
{
    struct event *event = &end->events[end->count++];

    *event = (struct event){
        .type = type, .app = of->app, .team = of->team, .due = call->now};
    return event;
}

static struct event_frame frame_of(struct call *call, const struct app *app,
                                   const struct team *team,
                                   char id[EVENT_ID_SIZE])
{
    event_queue_spell_id(call->events, id);
    return (struct event_frame){app, team, id, call->now};
}

static void add_revoked(struct call *call, struct end *end,
                        const struct token_facts *installation,
                        const struct user_ids *ids)
{
    char id[EVENT_ID_SIZE];
    const struct event_frame frame =
        frame_of(call, installation->app, installation->team, id);
    struct event *event = begin_event(call, end, EVENT_TOKENS_REVOKED, &frame);

    event_body_tokens_revoked(&frame, &ids[TOKEN_USER], &ids[TOKEN_BOT],
                              &event->body);
}

static void add_uninstalled(struct call *call, struct end *end,
                            const struct token_facts *installation)
{
    char id[EVENT_ID_SIZE];
    const struct event_frame frame =
        frame_of(call, installation->app, installation->team, id);
    struct event *event = begin_event(call, end, EVENT_APP_UNINSTALLED, &frame);

    event->due += UNINSTALLED_DELAY;
    event_body_app_uninstalled(&frame, &event->body);
}

void end_events_uninstall(struct call *call, const struct app *app,
                          const struct team *team)
{
    const struct token_facts installation = {.app = app, .team = team};
    struct user_ids ids[TOKEN_TYPE_UNSET];
    struct holders holders = {0};
    struct end end = {.count = 0};
    size_t type;

    if (!app->events.url)
        return;
    holders_find(&holders, call->tokens, app, team, call->now);
    for (type = 0; type < TOKEN_TYPE_UNSET; type++)
        ids[type] =
            (struct user_ids){(const char *const *)holders.of_type[type].users,
                              holders.of_type[type].count};
    add_revoked(call, &end, &installation, ids);
    add_uninstalled(call, &end, &installation);
    event_rules_send(call, end.events, end.count);
    holders_free(&holders);
}

void end_events_revoke(struct call *call, const struct token_facts *facts)
{
    const char *user = facts->user;
    struct user_ids ids[TOKEN_TYPE_UNSET] = {{NULL, 0}, {NULL, 0}};
    struct holders holders = {0};
    struct end end = {.count = 0};

    if (!facts->app->events.url || facts->kind != TOKEN_LEGACY)
        return;
    ids[facts->type] = (struct user_ids){&user, 1};
    add_revoked(call, &end, facts, ids);
    holders_find(&holders, call->tokens, facts->app, facts->team, call->now);
    if (holders_are_none(&holders))
        add_uninstalled(call, &end, facts);
    event_rules_send(call, end.events, end.count);
    holders_free(&holders);
}
