/* The address to which a file's bytes are sent (files.getUploadURLExternal). */
#include "call/call.h"
#include "call/slack_reply.h"
#include "mock/mock.h"
#include "mock/mock_parts.h"

static void answer_upload(const struct request *request, struct reply *reply)
{
    buffer_clear(&reply->body);
    buffer_printf(&reply->body, "OK - %zu", request->body_length);
    reply_set_header_static(reply, "Content-Type", "text/plain; charset=utf-8");
}

static void refuse_upload(struct call *call)
{
    slack_reply_refuse(call, 405, "method_not_allowed",
                       "a file's bytes come by POST");
    reply_set_header_static(call->outcome.reply, "Allow", "POST");
}

void mock_take_upload(struct mock *mock, const struct request *request,
                      struct reply *reply)
{
    struct request head = *request;
    struct call call = mock_begin_call(mock, &head, reply);

    if (request->cut_short)
        slack_reply_refuse(&call, 400, "request_timeout",
                           "the body ended before its announced length");
    else if (request->verb == VERB_POST)
        answer_upload(request, reply);
    else
        refuse_upload(&call);
    head.body_length = 0;
    mock_journal_call(mock, &call);
}
