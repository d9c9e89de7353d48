/* Lays the replies out that hold a file of the live page, or say why not. */
#include "page/page.h"

#include "control/control.h"
#include "message/refusal.h"
#include "message/reply.h"
#include "message/request.h"
#include "page/accepted.h"
#include "page/page_file.h"

/*
 * Nothing that a client wrote can run, nothing is fetched from elsewhere, and
 * no other site can show, hold or read the page.
 */
static void add_guards(struct reply *reply)
{
    reply_set_header_static(
        reply, "Content-Security-Policy",
        "default-src 'none'; script-src 'self'; style-src 'self'; "
        "connect-src 'self'; img-src data:; base-uri 'none'; "
        "form-action 'none'; frame-ancestors 'none'");
    reply_set_header_static(reply, "X-Content-Type-Options", "nosniff");
    reply_set_header_static(reply, "Referrer-Policy", "no-referrer");
    reply_set_header_static(reply, "Cross-Origin-Opener-Policy", "same-origin");
    reply_set_header_static(reply, "Cross-Origin-Resource-Policy",
                            "same-origin");
}

bool page_is_wanted(const struct request *request)
{
    return (request->verb == VERB_GET || request->verb == VERB_HEAD) &&
           accepted_lists(request, "Accept", "text/html");
}

/* Asked for again each time, which costs a 304 while it is the same. */
static void send_file(const struct page_file *file,
                      const struct request *request, struct reply *reply)
{
    const bool is_packed = accepted_lists(request, "Accept-Encoding", "gzip");
    const char *tag = is_packed ? file->gzip_tag : file->tag;

    reply_set_header_static(reply, "Content-Type", file->type);
    reply_set_header_static(reply, "Cache-Control", "no-cache");
    reply_set_header_static(reply, "Vary", "Accept, Accept-Encoding");
    reply_set_header_static(reply, "ETag", tag);
    add_guards(reply);
    if (accepted_has_tag(request, tag)) {
        reply->status = 304;
        return;
    }
    if (is_packed) {
        reply_set_header_static(reply, "Content-Encoding", "gzip");
        buffer_add(&reply->body, file->gzip, file->gzip_length);
    } else {
        buffer_add(&reply->body, file->bytes, file->length);
    }
}

void page_answer(const struct page_file *file, const struct request *request,
                 struct reply *reply)
{
    static const struct refusal unknown = {
        404, "not_found", "the live page has no such file; it is shown at /"};
    static const struct refusal other_verb = {
        405, "method_not_allowed", "the files of the live page take GET"};

    if (!file) {
        control_refuse_request(reply, &unknown);
    } else if (request->verb != VERB_GET && request->verb != VERB_HEAD) {
        control_refuse_request(reply, &other_verb);
        reply_set_header_static(reply, "Allow", "GET, HEAD");
    } else {
        reply_clear(reply);
        send_file(file, request, reply);
    }
}

/* By its own last part: whatever the address before it is for the browser. */
void page_enter(const char *folder, struct reply *reply)
{
    struct buffer place = BUFFER_INIT;

    buffer_printf(&place, "%s/", folder);
    reply_clear(reply);
    reply->status = 308;
    reply_set_header(reply, "Location", place.data);
    reply_set_header_static(reply, "Vary", "Accept");
    add_guards(reply);
    buffer_free(&place);
}

void page_refuse(const struct refusal *refusal, struct reply *reply)
{
    reply_clear(reply);
    reply->status = refusal->status;
    reply->record.error = refusal->error;
    reply_set_header_static(reply, "Content-Type", "text/html; charset=utf-8");
    reply_set_header_static(reply, "Cache-Control", "no-store");
    add_guards(reply);
    buffer_printf(
        &reply->body,
        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">"
        "\n<title>slackmock</title>\n<h1>slackmock shows nothing "
        "here</h1>\n<p>%s.</p>\n</html>\n",
        refusal->message);
}
