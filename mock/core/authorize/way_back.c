/*
 * Spells codes and the queries that carry them. Order and texts are those of
 * live reports: an absent state comes back empty, and only the newer pages
 * describe a denial.
 */
#include "authorize/way_back.h"

#include <string.h>

#include "authorize/asked_scopes.h"
#include "authorize/page_text.h"
#include "base/random.h"
#include "scenario/scenario.h"
#include "tokens/scope.h"

#define CODE_LIFE      INT64_C(600000) /* ten minutes: Slack's guide */
#define CODE_SIZE      96
#define CODE_DIGITS    "1234567890.2345678901."
#define CODE_TAIL_SIZE 64

/* ---- the redirect ---- */

static void add_state(struct buffer *url,
                      const struct installation_request *request)
{
    const char *state = request->query.asked[ASKED_STATE];

    buffer_add_text(url, "&state=");
    if (state)
        page_add_form_value(url, state, strlen(state));
}

static void begin(struct buffer *url,
                  const struct installation_request *request)
{
    buffer_add_text(url, request->redirect_uri);
    buffer_add_byte(url, strchr(request->redirect_uri, '?') ? '&' : '?');
}

static void redirect(struct reply *reply, struct buffer *url)
{
    buffer_clear(&reply->body);
    reply->status = 302;
    reply_set_header_static(reply, "Content-Type", "text/html; charset=utf-8");
    reply_set_header_static(reply, "Cache-Control", "no-store");
    reply_set_header_static(reply, "Referrer-Policy", "no-referrer");
    reply_set_header(reply, "Location", buffer_text(url));
    buffer_free(url);
}

static void deny(struct call *call, const struct installation_request *request,
                 const char *description)
{
    struct buffer url = BUFFER_INIT;

    begin(&url, request);
    buffer_add_text(&url, "error=access_denied");
    add_state(&url, request);
    buffer_add_text(&url, description);
    call->outcome.reply->record.error = "access_denied";
    redirect(call->outcome.reply, &url);
}

void way_back_deny(struct call *call,
                   const struct installation_request *request)
{
    deny(call, request,
         request->flow == AUTHORIZE_V1
             ? ""
             : "&error_description=The+user+has+denied+access+to+the+"
               "scope%28s%29+requested+by+the+client+application.");
}

void way_back_deny_silently(struct call *call,
                            const struct installation_request *request)
{
    deny(call, request, "");
}

/* ---- the code ---- */

const char *way_back_holder(const struct call *call,
                            const struct installation_request *request,
                            enum token_type type)
{
    const struct directory *directory = &call->scenario->directory;
    size_t number;

    for (number = 0; number < directory->token_count; number++) {
        const struct token_entry *entry = directory->tokens[number];

        if (!entry->count && entry->type == (int)type &&
            entry->app == request->app && entry->team == request->team)
            return token_entry_user(entry);
    }
    return type == TOKEN_BOT ? "U0BOT" : "U0USER";
}

/* A classic app has a bot if it asks for the scope `bot`. */
static bool wants_bot(const struct installation_request *request)
{
    return request->flow == AUTHORIZE_V1
               ? asked_scopes_have(&request->user_scope, "bot")
               : request->bot_scope.length > 0;
}

/* Classic tokens have the scope `identify` too (the legacy guide). */
static void grant_parts(const struct call *call,
                        const struct installation_request *request,
                        struct buffer *user_scope, struct code_entry *code)
{
    if (request->flow == AUTHORIZE_V1)
        asked_scopes_add(user_scope, "identify");
    asked_scopes_add(user_scope, buffer_text(&request->user_scope));
    if (wants_bot(request)) {
        code->bot.user = way_back_holder(call, request, TOKEN_BOT);
        code->bot.scope = request->flow == AUTHORIZE_V1
                              ? "bot"
                              : buffer_text(&request->bot_scope);
    }
    if (request->user_scope.length) {
        code->user.user = way_back_holder(call, request, TOKEN_USER);
        code->user.scope = buffer_text(user_scope);
    }
}

static const char *chosen_channel(const struct installation_request *request)
{
    const char *channel = request->query.asked[ASKED_CHANNEL];

    if (!asked_scopes_have(&request->bot_scope, "incoming-webhook") &&
        !asked_scopes_have(&request->user_scope, "incoming-webhook"))
        return NULL;
    return channel && *channel ? channel : "#general";
}

static void spell_code(struct call *call, char text[CODE_SIZE])
{
    const size_t start = strlen(CODE_DIGITS);

    memcpy(text, CODE_DIGITS, start);
    random_text(call->token_random, "0123456789abcdef", text + start,
                CODE_TAIL_SIZE);
    text[start + CODE_TAIL_SIZE] = '\0';
}

static void issue(struct call *call, const struct installation_request *request,
                  char text[CODE_SIZE])
{
    const struct authorize_query *query = &request->query;
    struct buffer user_scope = BUFFER_INIT;
    struct code_entry code = {
        .code = text,
        .app = request->app,
        .team = request->team,
        .redirect_uri = request->redirect_uri,
        .flow = request->flow,
        .nonce = query->asked[ASKED_NONCE],
        .channel = chosen_channel(request),
        .redirect_was_sent = authorize_query_has(query, ASKED_REDIRECT_URI),
        .dies_at = call->now + CODE_LIFE,
    };

    if (request->flow != AUTHORIZE_V1 &&
        authorize_query_has(query, ASKED_CODE_CHALLENGE))
        code.code_challenge = query->asked[ASKED_CODE_CHALLENGE];
    grant_parts(call, request, &user_scope, &code);
    spell_code(call, text);
    issued_codes_add(&call->tokens->codes, &code, call->now);
    call->outcome.reply->record.committed = true;
    buffer_free(&user_scope);
}

void way_back_allow(struct call *call,
                    const struct installation_request *request)
{
    struct buffer url = BUFFER_INIT;
    char code[CODE_SIZE];

    issue(call, request, code);
    begin(&url, request);
    buffer_printf(&url, "code=%s", code);
    add_state(&url, request);
    redirect(call->outcome.reply, &url);
}
