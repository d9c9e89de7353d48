/* Writes HTML. Styles stand in the page, and are allowed by their digest. */
#include "authorize/authorize_page.h"

#include <string.h>

#include "authorize/asked_scopes.h"
#include "authorize/optional_scopes.h"
#include "authorize/page_text.h"
#include "base/base64.h"
#include "base/sha256.h"
#include "scenario/scenario.h"

#define STYLE                                                                  \
    "body{font:16px/1.5 sans-serif;max-width:36em;margin:3em auto;"            \
    "padding:0 1em}"                                                           \
    "h1{font-size:1.4em}"                                                      \
    "button{font:inherit;padding:.4em 1.2em;margin-right:.6em}"                \
    "#allow{background:#007a5a;color:#fff;border:1px solid #007a5a}"

/*
 * A browser holds the redirects that follow a form to form-action, and an app
 * may lead on to anywhere, so that is left open for the web, and for the app's
 * own scheme.
 */
static void set_policy(struct reply *reply, const char *scheme, size_t length)
{
    struct buffer policy = BUFFER_INIT;
    unsigned char digest[SHA256_SIZE];

    sha256(STYLE, strlen(STYLE), digest);
    buffer_add_text(&policy, "default-src 'none'; style-src 'sha256-");
    base64_url_encode(digest, sizeof digest, &policy);
    buffer_add_text(
        &policy, "='; img-src data:; base-uri 'none'; frame-ancestors 'none'; "
                 "form-action 'self' http: https:");
    if (length) {
        buffer_add_byte(&policy, ' ');
        buffer_add(&policy, scheme, length);
        buffer_add_byte(&policy, ':');
    }
    reply_set_header(reply, "Content-Security-Policy", buffer_text(&policy));
    buffer_free(&policy);
}

static void begin(struct reply *reply, const char *title)
{
    buffer_clear(&reply->body);
    reply_set_header_static(reply, "Content-Type", "text/html; charset=utf-8");
    reply_set_header_static(reply, "Cache-Control", "no-store");
    /* With no-referrer the Origin of the page's own form would be `null`. */
    reply_set_header_static(reply, "Referrer-Policy", "same-origin");
    reply_set_header_static(reply, "X-Content-Type-Options", "nosniff");
    buffer_add_text(&reply->body,
                    "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n"
                    "<meta charset=\"utf-8\">\n<meta name=\"viewport\" "
                    "content=\"width=device-width\">\n<title>");
    page_add_text(&reply->body, title);
    buffer_add_text(&reply->body,
                    "</title>\n<link rel=\"icon\" href=\"data:,\">"
                    "\n<style>" STYLE "</style>\n</head>\n<body>"
                    "\n<main>\n");
}

static void end(struct reply *reply)
{
    buffer_add_text(&reply->body, "<p>This is slackmock, not Slack.</p>\n"
                                  "</main>\n</body>\n</html>\n");
}

/* ---- the question ---- */

static void add_scopes(struct buffer *page, const char *id, const char *title,
                       const struct buffer *scopes)
{
    const char *list = buffer_text(scopes);
    struct asked_scope scope;

    if (!scopes->length)
        return;
    buffer_printf(page, "<h2>%s</h2>\n<ul id=\"%s\">\n", title, id);
    while (asked_scopes_next(&list, &scope)) {
        buffer_add_text(page, "<li>");
        page_add_bytes(page, scope.name, scope.length);
        buffer_add_text(page, "</li>\n");
    }
    buffer_add_text(page, "</ul>\n");
}

static void add_hidden(struct buffer *page, enum authorize_parameter parameter,
                       const char *value)
{
    buffer_printf(page, "<input type=\"hidden\" name=\"%s\" value=\"",
                  authorize_parameter_name(parameter));
    page_add_text(page, value);
    buffer_add_text(page, "\">\n");
}

static void add_team(struct buffer *page, const struct team *team,
                     const struct team *chosen)
{
    buffer_add_text(page, "<option value=\"");
    page_add_text(page, team->id);
    buffer_add_text(page, team == chosen ? "\" selected>" : "\">");
    page_add_text(page, team->name);
    buffer_add_text(page, "</option>\n");
}

static void add_teams(const struct call *call, struct buffer *page,
                      const struct installation_request *request)
{
    const struct directory *directory = &call->scenario->directory;
    size_t number;

    buffer_add_text(page, "<p><label>Workspace: <select id=\"team\" "
                          "name=\"team\">\n");
    for (number = 0; number < directory->team_count; number++)
        add_team(page, directory->teams[number], request->team);
    buffer_add_text(page, "</select></label></p>\n");
}

static void add_form(const struct call *call, struct buffer *page,
                     const struct installation_request *request)
{
    int number;

    /* The same page without its query: all that it asked is in the form. */
    buffer_add_text(page, "<form method=\"post\" action=\"authorize\">\n");
    for (number = 0; number < ASKED_CHANNEL; number++)
        if (number != ASKED_TEAM && request->query.asked[number])
            add_hidden(page, (enum authorize_parameter)number,
                       request->query.asked[number]);
    optional_scopes_add(page, request);
    add_teams(call, page, request);
    if (asked_scopes_have(&request->bot_scope, "incoming-webhook") ||
        asked_scopes_have(&request->user_scope, "incoming-webhook"))
        buffer_add_text(page, "<p><label>Post to: <input id=\"channel\" "
                              "name=\"channel\" value=\"#general\"></label>"
                              "</p>\n");
    buffer_add_text(page, "<p><button id=\"allow\" name=\"decision\" "
                          "value=\"allow\">Allow</button>\n"
                          "<button id=\"cancel\" name=\"decision\" "
                          "value=\"cancel\">Cancel</button></p>\n</form>\n");
}

void authorize_page_ask(struct call *call,
                        const struct installation_request *request)
{
    struct reply *reply = call->outcome.reply;
    struct buffer *page = &reply->body;
    const char *uri = request->redirect_uri;

    begin(reply, "Permission request");
    buffer_add_text(page, "<h1><b id=\"app\">");
    page_add_text(page, request->app->name);
    buffer_add_text(page, "</b> is requesting permission to access a Slack "
                          "workspace</h1>\n");
    add_scopes(page, "bot-scopes", "What the bot may do", &request->bot_scope);
    add_scopes(page, "user-scopes", "What it may do for you",
               &request->user_scope);
    buffer_add_text(page, "<p>Leads back to <code id=\"redirect\">");
    page_add_text(page, uri);
    buffer_add_text(page, "</code></p>\n");
    add_form(call, page, request);
    end(reply);
    set_policy(reply, uri, strcspn(uri, ":"));
}

/* ---- the refusal ---- */

void authorize_page_refuse(struct call *call,
                           const struct installation_request *request)
{
    struct reply *reply = call->outcome.reply;
    struct buffer *page = &reply->body;

    begin(reply, "Something went wrong");
    reply->status = 400;
    reply->record.error = request->error;
    buffer_add_text(page, "<h1>Something went wrong when authorizing this app."
                          "</h1>\n<h2>Error details</h2>\n<p id=\"details\">");
    page_add_text(page, buffer_text(&request->details));
    buffer_printf(page,
                  "</p>\n<p>OAuth Error: <code id=\"error\">%s</code></p>\n",
                  request->error);
    if (request->remedy) {
        buffer_add_text(page, "<p id=\"remedy\">");
        page_add_text(page, request->remedy);
        buffer_add_text(page, "</p>\n");
        call_hint_text(call, request->remedy);
    } else {
        call_hint(call, "%s", buffer_text(&request->details));
    }
    end(reply);
    set_policy(reply, "", 0);
}
