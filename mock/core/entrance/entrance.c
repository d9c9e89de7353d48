/*
 * Finds out which mock an input is for, and hands it to that mock or to the
 * control API.
 */
#include "entrance/entrance.h"

#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/xalloc.h"
#include "control/control.h"
#include "control/control_access.h"
#include "control/watcher.h"
#include "entrance/entrance_parts.h"
#include "entrance/put_off.h"
#include "entrance/route.h"
#include "mock/mock.h"
#include "mock/outbox.h"
#include "mock/sandboxes.h"
#include "mock/webhook.h"
#include "page/page.h"
#include "page/page_file.h"

struct entrance {
    struct sandboxes *sandboxes;
    const struct control_access *access;
    struct buffer target; /* of the current request, cut by route_read() */
};

/* A request, once its target is read. */
struct arrival {
    struct request request;
    struct route route;
    struct mock *mock; /* NULL: its sandbox does not exist */
    bool is_admitted;
};

/* ---- which mock it is for ---- */

static struct mock *find_mock(const struct entrance *entrance,
                              const struct route *route)
{
    if (!route->sandbox)
        return sandboxes_main(entrance->sandboxes);
    return sandboxes_find(entrance->sandboxes, route->sandbox,
                          route->sandbox_length);
}

static void arrive(struct entrance *entrance, const struct input *input,
                   struct arrival *arrival)
{
    struct request *request = &arrival->request;

    *request = input->request;
    buffer_clear(&entrance->target);
    buffer_add(&entrance->target, request->target, strlen(request->target) + 1);
    arrival->route = route_read(entrance->target.data);
    arrival->mock = find_mock(entrance, &arrival->route);
    request->method = arrival->route.method ? arrival->route.method : "";
    request->query = arrival->route.query;
    request->query_length = request->query ? strlen(request->query) : 0;
    request->sandbox = arrival->route.sandbox;
    request->sandbox_length = arrival->route.sandbox_length;
    request->cut_short = input->kind == INPUT_CUT_SHORT;
    request->host_time = input->host_time;
    request->is_log_away = input->is_log_away;
    arrival->is_admitted = input->is_admitted;
}

/*
 * The mock that journals a request: the main one if its sandbox does not exist.
 */
static struct mock *nearest_mock(const struct entrance *entrance,
                                 const struct arrival *arrival)
{
    return arrival->mock ? arrival->mock : sandboxes_main(entrance->sandboxes);
}

/* ---- refusals ---- */

static bool is_for_control(const struct arrival *arrival)
{
    return arrival->route.kind == ROUTE_CONTROL ||
           arrival->route.kind == ROUTE_PAGE;
}

/* A refused control request is not journalled. */
static void refuse(const struct entrance *entrance,
                   const struct arrival *arrival, const struct refusal *refusal,
                   struct reply *reply)
{
    if (is_for_control(arrival))
        control_refuse_request(reply, refusal);
    else
        mock_refuse(nearest_mock(entrance, arrival), &arrival->request, refusal,
                    reply);
}

static void refuse_path(const struct entrance *entrance,
                        const struct arrival *arrival, struct reply *reply)
{
    struct buffer message = BUFFER_INIT;
    struct refusal refusal = {404, "not_found", NULL};

    if (arrival->mock)
        route_explain(&arrival->route, &message);
    else
        route_explain_sandbox(&arrival->route, &message);
    refusal.message = buffer_text(&message);
    refuse(entrance, arrival, &refusal, reply);
    buffer_free(&message);
}

/* False, after a refusal, if this client may not use the control API. */
static bool may_control(const struct entrance *entrance,
                        const struct request *request, struct reply *reply)
{
    const struct refusal refusal =
        control_access_check(entrance->access, request);

    if (!refusal.status)
        return true;
    control_refuse_request(reply, &refusal);
    if (refusal.status == 401)
        reply_set_header_static(reply, "WWW-Authenticate", "Bearer");
    return false;
}

/* ---- the live page ---- */

/* A browser that asks for the page itself is told in HTML why it gets none. */
static void show_page(const struct entrance *entrance,
                      const struct arrival *arrival, struct reply *reply)
{
    static const struct refusal no_sandbox = {
        404, "not_found",
        "there is no such sandbox; PUT /_mock/sandboxes/NAME makes one"};
    const struct request *request = &arrival->request;
    const struct refusal refusal =
        control_access_check_page(entrance->access, request);

    if (refusal.status)
        page_refuse(&refusal, reply);
    else if (!arrival->mock)
        page_refuse(&no_sandbox, reply);
    else if (!*arrival->route.place)
        page_enter(arrival->route.sandbox, reply);
    else
        page_answer(page_file_find("index.html"), request, reply);
}

static void send_page_file(const struct entrance *entrance,
                           const struct arrival *arrival, struct reply *reply)
{
    const struct request *request = &arrival->request;
    const struct refusal refusal =
        control_access_check_page(entrance->access, request);

    if (refusal.status)
        control_refuse_request(reply, &refusal);
    else if (!arrival->mock)
        refuse_path(entrance, arrival, reply);
    else
        page_answer(page_file_find(request->method), request, reply);
}

/* ---- inputs ---- */

/* True if it is answered: a page for people was wanted. */
static bool answer_person(const struct entrance *entrance,
                          const struct arrival *arrival, struct reply *reply)
{
    const struct request *request = &arrival->request;
    enum route_kind kind = arrival->route.kind;

    if (kind == ROUTE_NOWHERE && arrival->mock)
        return mock_show_page(arrival->mock, request, arrival->route.place,
                              reply);
    if (kind == ROUTE_PAGE)
        send_page_file(entrance, arrival, reply);
    else if (kind == ROUTE_HOME && page_is_wanted(request))
        show_page(entrance, arrival, reply);
    else
        return false;
    return true;
}

static void answer(struct entrance *entrance, const struct arrival *arrival,
                   struct reply *reply)
{
    const struct request *request = &arrival->request;
    enum route_kind kind = arrival->route.kind;

    if (kind == ROUTE_CONTROL && !arrival->is_admitted &&
        !may_control(entrance, request, reply))
        return;
    if (answer_person(entrance, arrival, reply))
        return;
    if (!arrival->mock || kind == ROUTE_NOWHERE || kind == ROUTE_HOME)
        refuse_path(entrance, arrival, reply);
    else if (kind == ROUTE_METHOD)
        mock_handle(arrival->mock, request, reply);
    else if (kind == ROUTE_UPLOAD)
        mock_take_upload(arrival->mock, request, reply);
    else if (kind == ROUTE_SERVICE)
        webhook_handle(arrival->mock, request, reply);
    else
        control_handle(entrance->sandboxes, arrival->mock, request, reply);
}

static bool note_lost(const struct entrance *entrance,
                      const struct arrival *arrival, const char *problem,
                      struct reply *reply)
{
    if (is_for_control(arrival) || !*arrival->request.target)
        return false;
    mock_note(nearest_mock(entrance, arrival), &arrival->request, problem,
              reply);
    return true;
}

static void refuse_input(const struct entrance *entrance,
                         const struct arrival *arrival,
                         const struct refusal *refusal, struct reply *reply)
{
    refuse(entrance, arrival, refusal, reply);
    if (refusal->status == 407)
        reply_set_header_static(reply, "Proxy-Authenticate",
                                "Basic realm=\"slackmock\"");
}

/* The main world's page shows what is called in sandboxes. */
static void note_use(const struct entrance *entrance,
                     const struct arrival *arrival)
{
    if (arrival->route.sandbox && arrival->mock && !is_for_control(arrival))
        sandboxes_note_use(entrance->sandboxes);
}

static bool take_request(struct entrance *entrance, const struct input *input,
                         struct reply *reply)
{
    struct arrival arrival;

    arrive(entrance, input, &arrival);
    if (input->kind == INPUT_LOST)
        return note_lost(entrance, &arrival, input->problem, reply);
    if (input->kind == INPUT_REFUSED)
        refuse_input(entrance, &arrival, &input->refusal, reply);
    else
        answer(entrance, &arrival, reply);
    note_use(entrance, &arrival);
    return true;
}

bool entrance_take(struct entrance *entrance, const struct input *input,
                   struct reply *reply)
{
    struct sandboxes *sandboxes = entrance->sandboxes;

    if (input->kind == INPUT_DUE)
        return outbox_take(sandboxes_outbox(sandboxes), input->host_time,
                           input->sending);
    if (input->kind == INPUT_LOAD)
        mock_load(sandboxes_main(sandboxes), input->scenario, input->host_time);
    else if (input->kind == INPUT_OUTCOME)
        outbox_settle(sandboxes_outbox(sandboxes), &input->outcome,
                      input->host_time);
    else
        return take_request(entrance, input, reply);
    return true;
}

/* ---- before an input ---- */

static enum input_weight weigh_control(const struct entrance *entrance,
                                       const struct arrival *arrival,
                                       enum input_kind kind)
{
    const struct request *request = &arrival->request;
    const bool reads = request->verb == VERB_GET || request->verb == VERB_HEAD;

    /* A refusal tells nothing of a world. */
    if (kind != INPUT_REQUEST ||
        control_access_check(entrance->access, request).status ||
        control_is_about_server(request))
        return WEIGHT_NONE;
    return reads ? WEIGHT_READS : WEIGHT_WRITES;
}

enum input_weight entrance_weigh(struct entrance *entrance,
                                 const struct input *input)
{
    struct arrival arrival;

    if (input->kind == INPUT_LOAD || input->kind == INPUT_DUE ||
        input->kind == INPUT_OUTCOME)
        return WEIGHT_WRITES;
    arrive(entrance, input, &arrival);
    if (arrival.route.kind == ROUTE_CONTROL)
        return weigh_control(entrance, &arrival, input->kind);
    return input->kind == INPUT_LOST && !*input->request.target ? WEIGHT_NONE
                                                                : WEIGHT_WRITES;
}

void entrance_put_off(struct entrance *entrance, const struct input *input,
                      const char *message, struct reply *reply)
{
    struct arrival arrival;

    arrive(entrance, input, &arrival);
    if (arrival.route.kind == ROUTE_CONTROL)
        put_off_control(reply, message);
    else
        put_off_call(reply, message);
}

bool entrance_takes_scenario(struct entrance *entrance,
                             const struct input *input)
{
    struct arrival arrival;

    arrive(entrance, input, &arrival);
    return arrival.route.kind == ROUTE_CONTROL &&
           control_takes_scenario(&arrival.request) &&
           !control_access_check(entrance->access, &arrival.request).status;
}

bool entrance_tell(const struct entrance *entrance, struct watcher *watcher,
                   struct buffer *output)
{
    return watcher_tell(watcher, entrance->sandboxes, output);
}

/* ---- the entrance itself ---- */

struct entrance *entrance_of(struct sandboxes *sandboxes)
{
    static const struct control_access nobody = {.loopback_only = false};
    struct entrance *entrance = xcalloc(1, sizeof *entrance);

    entrance->sandboxes = sandboxes;
    entrance->access = &nobody;
    return entrance;
}

struct sandboxes *entrance_sandboxes(const struct entrance *entrance)
{
    return entrance->sandboxes;
}

struct entrance *entrance_create(struct scenario *scenario,
                                 const struct mock_options *options,
                                 uint64_t entropy, int64_t host_time)
{
    return entrance_of(sandboxes_create(scenario, options, entropy, host_time));
}

void entrance_set_access(struct entrance *entrance,
                         const struct control_access *access)
{
    entrance->access = access;
}

void entrance_become(struct entrance *entrance, struct entrance *other)
{
    struct sandboxes *before = entrance->sandboxes;

    entrance->sandboxes = other->sandboxes;
    other->sandboxes = before;
    sandboxes_outbox(entrance->sandboxes)->has_changed = true;
    entrance_free(other);
}

void entrance_free(struct entrance *entrance)
{
    if (!entrance)
        return;
    sandboxes_free(entrance->sandboxes);
    buffer_free(&entrance->target);
    free(entrance);
}
