/*
 * What the files of the control API share: one request being answered, and the
 * functions that the table of control.c calls.
 */
#ifndef SLACKMOCK_CONTROL_PARTS_H
#define SLACKMOCK_CONTROL_PARTS_H

#include <stdbool.h>

#include "arguments/arguments.h"
#include "base/arena.h"
#include "message/reply.h"
#include "message/request.h"
#include "json/json_writer.h"
#include "json/mistakes.h"

struct cJSON;
struct mock;
struct sandboxes;

struct control {
    struct sandboxes *sandboxes;
    struct mock *mock; /* the mock that the request is about */
    const char *name;  /* what follows the row's path; "" for nothing */
    const struct request *request;
    struct reply *reply;
    struct cJSON *body;        /* if the row wants a body; else NULL */
    struct arguments query;    /* only known names with valid values */
    struct arena arena;        /* what is read from the body */
    struct buffer lines;       /* of the mistakes */
    struct mistakes mistakes;  /* so far */
    struct json_writer writer; /* of the reply, `ok` being written */
    bool is_written;           /* all of the reply, in place of JSON */
};

/* ---- control_refusal.c ---- */

/* Puts a refusal in place of what was written so far. */
void control_refuse(struct control *control, int status, const char *error,
                    const char *message);

/* Well-formed but wrong: 422, and the mistakes. */
void control_refuse_mistakes(struct control *control);

/* ---- control_read.c ---- */

/* Parses the body. False, after a refusal, if it is no JSON. */
bool control_read_body(struct control *control);

/* The same for those who parse it in their own way. */
bool control_check_body(struct control *control);

/*
 * Reads the query, which may have these names, ended by NULL. False, after a
 * refusal, if there is a mistake in it.
 */
bool control_read_query(struct control *control, const char *const *names);

/* A number of the query, from 0 on, or `absent` if it is not there. */
long long control_query_number(const struct control *control, const char *name,
                               long long absent);

/* The text of the query, NULL if it is not there; "" is a text. Lent. */
const struct argument *control_query_text(const struct control *control,
                                          const char *name);

/* ---- the functions of the table ---- */

void control_post_install(struct control *control);
void control_get_state(struct control *control);
void control_post_clock(struct control *control);
void control_put_scenario(struct control *control);
void control_patch_scenario(struct control *control);
void control_get_requests(struct control *control);
void control_delete_requests(struct control *control);
void control_get_events(struct control *control);
void control_get_deliveries(struct control *control);
void control_get_sandboxes(struct control *control);
void control_put_sandbox(struct control *control);
void control_delete_sandbox(struct control *control);

#endif
