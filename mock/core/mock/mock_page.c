/*
 * What a browser asks for, outside the API: the pages of an installation. No
 * rule acts there. And an installation without a browser.
 */
#include "arguments/content_type.h"
#include "arguments/form.h"
#include "authorize/authorize.h"
#include "authorize/openid_documents.h"
#include "call/slack_reply.h"
#include "methods/installation.h"
#include "mock/gates.h"
#include "mock/mock_parts.h"

/* True if query and form could be read. */
static bool read_arguments(struct call *call)
{
    const struct request *request = call->sent.request;

    call->sent.is_read = true;
    call->sent.content_type =
        content_type_parse(request_header(request, "Content-Type"));
    if (request->query && form_decode(request->query, request->query_length,
                                      CHARSET_UTF_8, call->sent.arguments) != 0)
        return false;
    return request->verb != VERB_POST || !request->body_length ||
           (call->sent.content_type.media == MEDIA_URLENCODED &&
            form_decode(request->body, request->body_length, CHARSET_UTF_8,
                        call->sent.arguments) == 0);
}

static void refuse_verb(struct call *call)
{
    slack_reply_refuse(call, 405, "method_not_allowed",
                       "this page takes GET, HEAD and POST");
    reply_set_header_static(call->outcome.reply, "Allow", "GET, HEAD, POST");
}

static void answer(struct call *call, enum authorize_flow flow)
{
    const struct request *request = call->sent.request;

    if (request->cut_short)
        slack_reply_refuse(call, 400, "request_timeout",
                           "the request ended before its announced length");
    else if (request->verb > VERB_POST)
        refuse_verb(call);
    else if (!read_arguments(call))
        slack_reply_refuse(call, 400, "invalid_form_data",
                           "the query or the form does not parse; wanted "
                           "application/x-www-form-urlencoded");
    else if (gates_argument_count(call) != SLACK_OK)
        slack_reply_refuse(call, 400, "invalid_arguments",
                           "more parameters came than --max-arguments allows");
    else
        authorize_answer(call, flow);
}

/* A document is for programs, and for those of other sites too. */
static bool show_document(struct mock *mock, const struct request *request,
                          const char *path, struct reply *reply)
{
    struct call call;

    if (!openid_has_document(path) || request->verb > VERB_HEAD)
        return false;
    call = mock_begin_call(mock, request, reply);
    (void)openid_document(&call, path);
    mock_journal_call(mock, &call);
    return true;
}

bool mock_show_page(struct mock *mock, const struct request *request,
                    const char *path, struct reply *reply)
{
    enum authorize_flow flow = authorize_page_of(path);
    struct call call;

    if (flow == AUTHORIZE_ANY)
        return show_document(mock, request, path, reply);
    call = mock_begin_call(mock, request, reply);
    /* Other sites have no business with a page. */
    reply_set_header_static(reply, "Access-Control-Allow-Origin", NULL);
    reply_set_header_static(reply, "Access-Control-Expose-Headers", NULL);
    answer(&call, flow);
    mock_journal_call(mock, &call);
    return true;
}

void mock_install(struct mock *mock, const struct code_entry *code,
                  const struct request *request, struct json_writer *fields)
{
    struct reply unsent = REPLY_INIT;
    struct call call = mock_begin_call(mock, request, &unsent);

    call.outcome.fields = *fields;
    installation_write(&call, code);
    mock->changes.tokens++;
    *fields = call.outcome.fields;
    reply_free(&unsent);
}
