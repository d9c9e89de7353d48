/*
 * Turns evhttp's requests into the core's, and the core's replies into bytes.
 * evhttp is used only as a parser: it would add headers of its own to a reply,
 * give HEAD a body, and spend more on each header than the core on a call.
 */
#include "responder.h"

#include <event2/buffer.h>
#include <event2/http.h>
#include <event2/http_struct.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/xalloc.h"
#include "entrance/entrance.h"
#include "front/front.h"
#include "head_copy.h"
#include "host_time.h"
#include "message/request_head.h"
#include "request_log.h"
#include "spare_memory.h"
#include "wire.h"

struct responder {
    struct intake *intake;
    struct entrance *entrance;
    struct request_log *log;
    struct front *front;
    struct intake_asker orphan; /* for requests that nobody waits for */
    struct request_head head;   /* of the request at hand */
};

struct verb_name {
    enum evhttp_cmd_type command;
    enum verb verb;
    const char *name;
};

static const struct verb_name verb_names[] = {
    {EVHTTP_REQ_POST, VERB_POST, "POST"},
    {EVHTTP_REQ_GET, VERB_GET, "GET"},
    {EVHTTP_REQ_HEAD, VERB_HEAD, "HEAD"},
    {EVHTTP_REQ_OPTIONS, VERB_OPTIONS, "OPTIONS"},
    {EVHTTP_REQ_PUT, VERB_PUT, "PUT"},
    {EVHTTP_REQ_PATCH, VERB_PATCH, "PATCH"},
    {EVHTTP_REQ_DELETE, VERB_DELETE, "DELETE"},
    {EVHTTP_REQ_TRACE, VERB_OTHER, "TRACE"},
    {EVHTTP_REQ_CONNECT, VERB_OTHER, "CONNECT"},
};

#define VERB_COUNT (sizeof verb_names / sizeof verb_names[0])

static const struct verb_name *verb_of_command(enum evhttp_cmd_type command)
{
    size_t i = 0;

    while (i + 1 < VERB_COUNT && verb_names[i].command != command)
        i++;
    return &verb_names[i];
}

static void log_request(struct request_log *log, const struct input *input,
                        const struct reply *reply)
{
    request_log_write(log, &(struct logged_request){
                               .time = input->host_time,
                               .verb = input->request.verb_name,
                               .target = input->request.target,
                               .status = reply_status_sent(reply),
                               .record = &reply->record,
                           });
}

/* Lays the reply out, and a line of it into the log. */
static void on_told(struct intake_asker *asker, const struct input *input,
                    enum verdict verdict, struct reply *reply)
{
    struct waiting_request *waiting = (struct waiting_request *)asker;
    const char *connection = waiting->connection;

    (void)verdict;
    if (reply->close)
        connection = "close";
    wire_set_reply(waiting->output, reply, input->request.verb == VERB_HEAD,
                   connection);
    log_request(waiting->responder->log, input, reply);
    spare_memory_clear(&reply->body);
    waiting->is_answered = true;
    waiting->stays_open = (!connection || strcmp(connection, "close") != 0) &&
                          waiting->output->course != COURSE_CLOSE;
    if (waiting->is_late)
        waiting->answered(waiting);
}

static void on_orphan_told(struct intake_asker *asker,
                           const struct input *input, enum verdict verdict,
                           struct reply *reply)
{
    const struct responder *responder =
        (const void *)((const char *)asker -
                       offsetof(struct responder, orphan));

    if (input->kind <= INPUT_LOST && verdict != VERDICT_TRACELESS)
        log_request(responder->log, input, reply);
}

/* True if the reply is there. */
static bool ask(struct responder *responder, const struct input *input,
                const char *connection, struct waiting_request *waiting)
{
    waiting->asker.told = on_told;
    waiting->responder = responder;
    waiting->connection = connection;
    waiting->is_answered = false;
    waiting->is_late = false;
    intake_take(responder->intake, input, &waiting->asker);
    waiting->is_late = true;
    return waiting->is_answered;
}

/* Only the control API has these verbs: a world is made, or is gone. */
static void look_at_memory(const struct request *request)
{
    if (request->verb == VERB_PUT || request->verb == VERB_DELETE)
        spare_memory_look(request->body_length);
}

/*
 * The value of the reply's Connection header, NULL for none. evhttp closes
 * after some requests (of a proxy, of HTTP/1.0) without telling the client, so
 * the header tells it.
 */
static const char *decide_connection(const struct evhttp_request *source,
                                     const struct request *request)
{
    const char *wanted = request_header(request, "Connection");
    bool is_old = source->major < 1 || (source->major == 1 && !source->minor);

    if ((source->flags & EVHTTP_PROXY_REQUEST) ||
        request_header_lists(request, "Connection", "close"))
        return "close";
    if (is_old)
        return wanted && strcasecmp(wanted, "keep-alive") == 0 ? "keep-alive"
                                                               : "close";
    return NULL;
}

/* The certificate is the front's, and is made when somebody wants it. */
static const char *lend_certificate(const struct responder *responder,
                                    const char *target)
{
    return strstr(target, "/_mock/ca.pem") ? front_authority(responder->front)
                                           : NULL;
}

bool responder_answer(struct responder *responder,
                      struct evhttp_request *source,
                      const struct head_copy *head,
                      struct waiting_request *waiting, struct outgoing *output)
{
    const struct verb_name *verb = verb_of_command(source->type);
    struct input input = {
        .kind = INPUT_REQUEST,
        .host_time = host_time(),
        .request = {.verb = verb->verb, .verb_name = verb->name},
    };
    struct request *request = &input.request;
    bool is_answered;

    waiting->output = output;
    request->is_secure = output->is_secure;
    request_head_read(&responder->head, head->bytes.data, head->length);
    request->target = responder->head.target;
    request->headers = responder->head.headers;
    request->header_count = responder->head.header_count;
    request->certificate = lend_certificate(responder, request->target);
    request->body_length = evbuffer_get_length(source->input_buffer);
    request->body = (const char *)evbuffer_pullup(source->input_buffer, -1);
    is_answered =
        ask(responder, &input, decide_connection(source, request), waiting);
    look_at_memory(request);
    return is_answered;
}

/* Makes an input of a request's head, which keeps owning the bytes. */
static struct input input_of_head(const struct request_head *head,
                                  enum input_kind kind)
{
    return (struct input){
        .kind = kind,
        .host_time = host_time(),
        .request = {.verb = verb_of_name(head->verb),
                    .verb_name = head->verb,
                    .target = head->target,
                    .headers = head->headers,
                    .header_count = head->header_count},
    };
}

bool responder_takes_scenario(const struct responder *responder,
                              const char *head, size_t length)
{
    struct request_head parsed;
    struct input input;
    bool takes_scenario;

    /* Of all verbs these alone; a call is not to pay for the rest. */
    if (strncmp(head, "PUT ", strlen("PUT ")) != 0 &&
        strncmp(head, "PATCH ", strlen("PATCH ")) != 0)
        return false;
    parsed = request_head_parse(head, length);
    input = input_of_head(&parsed, INPUT_REQUEST);
    takes_scenario = entrance_takes_scenario(responder->entrance, &input);
    request_head_free(&parsed);
    return takes_scenario;
}

bool responder_answer_cut_short(struct responder *responder, const char *head,
                                size_t length, struct waiting_request *waiting)
{
    struct request_head parsed = request_head_parse(head, length);
    const struct input input = input_of_head(&parsed, INPUT_CUT_SHORT);
    bool is_answered;

    is_answered = ask(responder, &input, "close", waiting);
    request_head_free(&parsed);
    return is_answered;
}

bool responder_answer_malformed(struct responder *responder, const char *head,
                                size_t length, const struct refusal *refusal,
                                struct waiting_request *waiting)
{
    struct request_head parsed = request_head_parse(head, length);
    struct input input = input_of_head(&parsed, INPUT_REFUSED);
    bool is_answered;

    input.refusal = *refusal;
    is_answered = ask(responder, &input, "close", waiting);
    request_head_free(&parsed);
    return is_answered;
}

bool waiting_request_is_late(const struct waiting_request *waiting)
{
    return waiting->is_late && !waiting->is_answered;
}

void responder_forget(struct waiting_request *waiting)
{
    intake_forget(&waiting->asker);
}

void responder_note_lost(struct responder *responder, const char *head,
                         size_t length, const char *problem)
{
    struct request_head parsed = request_head_parse(head, length);
    struct input input = input_of_head(&parsed, INPUT_LOST);

    input.problem = problem;
    intake_take(responder->intake, &input, NULL);
    request_head_free(&parsed);
}

struct responder *responder_create(struct intake *intake,
                                   struct entrance *entrance,
                                   struct request_log *log, struct front *front)
{
    struct responder *responder = xcalloc(1, sizeof *responder);

    responder->intake = intake;
    responder->entrance = entrance;
    responder->log = log;
    responder->front = front;
    responder->orphan.told = on_orphan_told;
    intake_on_orphan(intake, &responder->orphan);
    return responder;
}

void responder_free(struct responder *responder)
{
    if (!responder)
        return;
    request_head_free(&responder->head);
    free(responder);
}
