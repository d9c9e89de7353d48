/*
 * Finds the row of the table that a request's path and verb mean, reads and
 * checks query and body whole, and only then calls the row's function.
 */
#include "control/control.h"

#include <cjson/cJSON.h>
#include <string.h>

#include "base/text.h"
#include "base/version.h"
#include "control/control_parts.h"
#include "mock/mock.h"
#include "mock/mock_state.h"
#include "mock/sandboxes.h"

/* ---- small calls ---- */

/* Who asks whether it is ready is told by the status too. */
static void get_health(struct control *control)
{
    const bool is_away = control->request->is_log_away;

    if (is_away && control_query_number(control, "ready", 0) == 1)
        control->reply->status = 503;
    json_write_text(&control->writer, "program", "slackmock");
    json_write_text(&control->writer, "version", SLACKMOCK_VERSION);
    json_write_text(&control->writer, "state", is_away ? "away" : "ready");
}

static void post_reset(struct control *control)
{
    mock_reset(control->mock, control->request->host_time);
}

static void delete_rules(struct control *control)
{
    mock_clear_rules(control->mock);
}

static void get_ca(struct control *control)
{
    const char *pem = control->request->certificate;

    if (!pem) {
        control_refuse(control, 404, "not_found",
                       "this slackmock was built without TLS");
        return;
    }
    control->is_written = true;
    buffer_clear(&control->reply->body);
    buffer_add_text(&control->reply->body, pem);
    reply_set_header_static(control->reply, "Content-Type",
                            "application/x-pem-file");
}

/* In place of a reply: a file that loads again. */
static void get_world(struct control *control)
{
    struct json_writer writer = {.output = &control->reply->body,
                                 .indent = true};

    control->is_written = true;
    buffer_clear(&control->reply->body);
    mock_save(control->mock, control->request->host_time, &writer);
    buffer_add_byte(&control->reply->body, '\n');
}

/* ---- the table ---- */

#define QUERY_NAMES_MOST 8

struct control_row {
    const char *path; /* with a slash at its end: a name follows */
    enum verb verb;
    const char *verb_name;
    bool wants_body; /* as a tree; scenarios are parsed by their own reader */
    void (*handle)(struct control *control);
    const char *query[QUERY_NAMES_MOST]; /* ended by NULL */
};

static const struct control_row rows[] = {
    {"health", VERB_GET, "GET", false, get_health, {"ready"}},
    {"state",
     VERB_GET,
     "GET",
     false,
     control_get_state,
     {"token", "limit", "secrets"}},
    {"world", VERB_GET, "GET", false, get_world, {NULL}},
    {"ca.pem", VERB_GET, "GET", false, get_ca, {NULL}},
    {"reset", VERB_POST, "POST", false, post_reset, {NULL}},
    {"install", VERB_POST, "POST", true, control_post_install, {NULL}},
    {"scenario", VERB_PUT, "PUT", false, control_put_scenario, {NULL}},
    {"scenario", VERB_PATCH, "PATCH", false, control_patch_scenario, {NULL}},
    {"rules", VERB_DELETE, "DELETE", false, delete_rules, {NULL}},
    {"clock", VERB_POST, "POST", true, control_post_clock, {NULL}},
    {"requests",
     VERB_GET,
     "GET",
     false,
     control_get_requests,
     {"method", "error", "token", "rule", "since", "limit", "secrets"}},
    {"requests", VERB_DELETE, "DELETE", false, control_delete_requests, {NULL}},
    {"events", VERB_GET, "GET", false, control_get_events, {NULL}},
    {"deliveries",
     VERB_GET,
     "GET",
     false,
     control_get_deliveries,
     {"event", "since", "limit", "secrets"}},
    {"sandboxes", VERB_GET, "GET", false, control_get_sandboxes, {NULL}},
    {"sandboxes/", VERB_PUT, "PUT", false, control_put_sandbox, {NULL}},
    {"sandboxes/",
     VERB_DELETE,
     "DELETE",
     false,
     control_delete_sandbox,
     {NULL}},
};

#define ROW_COUNT (sizeof rows / sizeof *rows)

static bool row_is_of(const struct control_row *row, const char *path)
{
    size_t length = strlen(row->path);

    if (row->path[length - 1] == '/')
        return strncmp(row->path, path, length) == 0;
    return strcmp(row->path, path) == 0;
}

/* A sandbox has no rows about sandboxes. */
static bool mock_has_row(const struct control *control,
                         const struct control_row *row)
{
    return strncmp(row->path, "sandboxes", strlen("sandboxes")) != 0 ||
           control->mock == sandboxes_main(control->sandboxes);
}

static bool row_is_for(const struct control *control,
                       const struct control_row *row)
{
    return row_is_of(row, control->request->method) &&
           mock_has_row(control, row);
}

static const struct control_row *find_row(const struct control *control)
{
    enum verb verb = control->request->verb;
    size_t number;

    if (verb == VERB_HEAD)
        verb = VERB_GET;
    for (number = 0; number < ROW_COUNT; number++)
        if (row_is_for(control, &rows[number]) && rows[number].verb == verb)
            return &rows[number];
    return NULL;
}

/* Adds the verbs that the path takes; none for an unknown path. */
static void list_verbs(const struct control *control, struct buffer *allow)
{
    size_t number;

    for (number = 0; number < ROW_COUNT; number++)
        if (row_is_for(control, &rows[number]))
            buffer_printf(allow, "%s%s%s", allow->length ? ", " : "",
                          rows[number].verb_name,
                          rows[number].verb == VERB_GET ? ", HEAD" : "");
}

static void refuse_verb(struct control *control, const char *allow)
{
    struct buffer message = BUFFER_INIT;

    buffer_printf(&message, "/_mock/%s takes %s", control->request->method,
                  allow);
    control_refuse(control, 405, "method_not_allowed", message.data);
    reply_set_header(control->reply, "Allow", allow);
    buffer_free(&message);
}

static void refuse_path(struct control *control)
{
    const char *path = control->request->method;
    struct buffer message = BUFFER_INIT;
    const char *paths[ROW_COUNT];
    const char *nearest;
    size_t count = 0;
    size_t number;

    for (number = 0; number < ROW_COUNT; number++)
        if (mock_has_row(control, &rows[number]))
            paths[count++] = rows[number].path;
    nearest = text_nearest(path, paths, count);
    buffer_printf(&message, "/_mock/%.200s: no such path", path);
    if (nearest)
        buffer_printf(&message, "; did you mean /_mock/%s?", nearest);
    control_refuse(control, 404, "not_found", message.data);
    buffer_free(&message);
}

/* 405 if the path has other verbs, else 404. */
static void refuse_row(struct control *control)
{
    struct buffer allow = BUFFER_INIT;

    list_verbs(control, &allow);
    if (allow.length)
        refuse_verb(control, allow.data);
    else
        refuse_path(control);
    buffer_free(&allow);
}

/* ---- a call ---- */

bool control_takes_scenario(const struct request *request)
{
    static const char sandboxes[] = "sandboxes/";
    const char *what = request->method;

    return (request->verb == VERB_PUT || request->verb == VERB_PATCH) &&
           (strcmp(what, "scenario") == 0 ||
            strncmp(what, sandboxes, strlen(sandboxes)) == 0);
}

bool control_is_about_server(const struct request *request)
{
    return strcmp(request->method, "health") == 0 ||
           strcmp(request->method, "ca.pem") == 0;
}

/* What is no JSON takes the place of all that was written. */
static void answer(struct control *control)
{
    const struct control_row *row = find_row(control);
    struct json_writer *writer = &control->writer;

    json_write_object(writer, NULL);
    json_write_boolean(writer, "ok", true);
    if (control->request->cut_short) {
        control_refuse(control, 400, "request_timeout",
                       "the request ended before its announced length");
    } else if (!row) {
        refuse_row(control);
    } else {
        control->name = control->request->method + strlen(row->path);
        if (control_read_query(control, row->query) &&
            (!row->wants_body || control_read_body(control)))
            row->handle(control);
    }
    if (!control->is_written)
        json_write_object_end(writer);
}

void control_handle(struct sandboxes *sandboxes, struct mock *mock,
                    const struct request *request, struct reply *reply)
{
    struct control control = {
        .sandboxes = sandboxes,
        .mock = mock,
        .request = request,
        .reply = reply,
        .writer = {.output = &reply->body},
    };

    reply_clear(reply);
    reply->close = request->cut_short;
    reply_set_header_static(reply, "Content-Type",
                            "application/json; charset=utf-8");
    control.mistakes.lines = &control.lines;
    answer(&control);
    cJSON_Delete(control.body);
    arguments_free(&control.query);
    buffer_free(&control.lines);
    arena_free(&control.arena);
}
