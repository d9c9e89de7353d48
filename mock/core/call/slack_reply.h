/*
 * The outer shape of every answer: Slack's headers, `ok` first in the body,
 * warnings and messages last.
 */
#ifndef SLACKMOCK_SLACK_REPLY_H
#define SLACKMOCK_SLACK_REPLY_H

#include "message/slack_error.h"

struct call;

/* The headers that every reply has; the date is that of HTTP, and is copied. */
void slack_reply_headers(struct call *call, const char *request_id,
                         const char *date);

/*
 * Adds the headers that tell of the caller's token (before the method may
 * change it), and opens the body of a success; the method's fields follow in
 * call->outcome.fields.
 */
void slack_reply_begin(struct call *call);

/*
 * Opens the body of a failure instead, with its `error`. A method calls it for
 * an error that has no enum slack_error, and then returns SLACK_OK.
 */
void slack_reply_fail(struct call *call, const char *error);

/*
 * Closes the reply: after SLACK_OK what slack_reply_begin() opened, else the
 * error's body in its place. Then what call->ruling.rule adds or changes.
 */
void slack_reply_end(struct call *call, enum slack_error error);

/*
 * What call->ruling.reply changes of a reply that is there, whatever wrote it,
 * but for its error.
 */
void slack_reply_dress(struct call *call);

/* A refusal that is slackmock's own: not Slack's, and so with a message. */
void slack_reply_refuse(struct call *call, int status, const char *error,
                        const char *message);

#endif
