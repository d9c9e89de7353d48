/* Between the log, which has the order, and the entrance, which applies. */
#include "intake.h"

#include <stdlib.h>

#include "base/xalloc.h"
#include "entrance/entrance.h"
#include "host_time.h"
#include "message/reply.h"
#include "request_log.h"
#include "scenario/scenario.h"

struct intake {
    struct entrance *entrance;
    struct ordered_log *order;
    struct request_log *messages;
    void (*changed)(void *context);
    void *context;
    void (*taken)(void *context);
    void *context_of_taken;
    struct intake_asker *orphan; /* told in place of who is gone; or NULL */
    struct reply reply;          /* of the input at hand */
};

static struct intake_asker *asker_of(const struct intake *intake,
                                     struct log_asker *place)
{
    return place ? (struct intake_asker *)place : intake->orphan;
}

static void apply(struct intake *intake, const struct input *input,
                  struct intake_asker *asker)
{
    const bool has_trace =
        entrance_take(intake->entrance, input, &intake->reply);

    if (intake->changed && entrance_due_has_changed(intake->entrance))
        intake->changed(intake->context);
    if (intake->taken)
        intake->taken(intake->context_of_taken);
    if (asker)
        asker->told(asker, input,
                    has_trace ? VERDICT_APPLIED : VERDICT_TRACELESS,
                    &intake->reply);
}

/* What is no matter of the log. */
static void apply_at_once(struct intake *intake, const struct input *input,
                          struct intake_asker *asker)
{
    struct input now = *input;

    now.is_log_away = log_is_away(intake->order);
    apply(intake, &now, asker);
}

static void on_order(void *context, const struct input *input,
                     struct log_asker *place)
{
    struct intake *intake = context;

    apply(intake, input, asker_of(intake, place));
}

static void on_put_off(void *context, const struct input *input,
                       struct log_asker *place, const char *why)
{
    struct intake *intake = context;
    struct intake_asker *asker = asker_of(intake, place);

    if (input->kind == INPUT_LOAD)
        scenario_release(input->scenario);
    else if (input->kind != INPUT_DUE && input->kind != INPUT_OUTCOME)
        entrance_put_off(intake->entrance, input, why, &intake->reply);
    if (asker)
        asker->told(asker, input, VERDICT_PUT_OFF, &intake->reply);
}

/* Nobody here has asked, and nobody is told. */
static void on_others(void *context, const struct input *input)
{
    apply(context, input, NULL);
}

static void on_replaced(void *context, struct entrance *entrance)
{
    struct intake *intake = context;

    entrance_become(intake->entrance, entrance);
    if (intake->changed)
        intake->changed(intake->context);
    if (intake->taken)
        intake->taken(intake->context_of_taken);
}

static void on_message(void *context, const char *text)
{
    const struct intake *intake = context;

    request_log_message(intake->messages, host_time(), "%s", text);
}

/* A log that is kept holds a scenario as text, and gives one made of that. */
static void append(struct intake *intake, const struct input *input,
                   enum input_weight weight, struct intake_asker *asker)
{
    log_append(intake->order, input, weight == WEIGHT_READS,
               asker ? &asker->place : NULL);
    if (input->kind == INPUT_LOAD)
        scenario_release(input->scenario);
}

void intake_take(struct intake *intake, const struct input *input,
                 struct intake_asker *asker)
{
    enum input_weight weight;

    if (!intake->order->engine->is_kept) {
        log_append(intake->order, input, false, asker ? &asker->place : NULL);
        return;
    }
    weight = entrance_weigh(intake->entrance, input);
    if (weight == WEIGHT_NONE)
        apply_at_once(intake, input, asker ? asker : intake->orphan);
    else
        append(intake, input, weight, asker);
}

void intake_forget(struct intake_asker *asker)
{
    log_forget(&asker->place);
}

void intake_on_orphan(struct intake *intake, struct intake_asker *asker)
{
    intake->orphan = asker;
}

void intake_on_change(struct intake *intake, void (*changed)(void *context),
                      void *context)
{
    intake->changed = changed;
    intake->context = context;
}

void intake_on_input(struct intake *intake, void (*taken)(void *context),
                     void *context)
{
    intake->taken = taken;
    intake->context_of_taken = context;
}

struct intake *intake_create(struct event_base *base, struct entrance *entrance,
                             struct ordered_log *order,
                             struct request_log *messages)
{
    struct intake *intake = xcalloc(1, sizeof *intake);
    const struct log_handler handler = {.in_order = on_order,
                                        .put_off = on_put_off,
                                        .from_others = on_others,
                                        .replaced = on_replaced,
                                        .message = on_message,
                                        .context = intake};

    intake->entrance = entrance;
    intake->order = order;
    intake->messages = messages;
    intake->reply = (struct reply)REPLY_INIT;
    log_start(order, base, &handler);
    return intake;
}

void intake_free(struct intake *intake)
{
    if (!intake)
        return;
    reply_free(&intake->reply);
    free(intake);
}
