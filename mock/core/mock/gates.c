/*
 * The gates: one function each, called in the order of a table.
 *
 * An error's meaning is that of its row in the errors table of the
 * oauth.v2.exchange page; where the page is silent, the design's choice stands.
 */
#include "mock/gates.h"

#include <stddef.h>
#include <string.h>

#include "arguments/call_limits.h"
#include "arguments/form.h"
#include "arguments/json_arguments.h"
#include "arguments/multipart.h"
#include "call/call.h"
#include "call/credentials.h"
#include "message/method_facts.h"
#include "methods/methods.h"
#include "mock/method_gates.h"
#include "scenario/scenario.h"
#include "scenario/scenario_method.h"

static bool is_post(const struct call *call)
{
    return call->sent.request->verb == VERB_POST;
}

static enum slack_error gate_whole_body(struct call *call)
{
    return call->sent.request->cut_short ? SLACK_REQUEST_TIMEOUT : SLACK_OK;
}

static enum slack_error gate_post_type(struct call *call)
{
    call->sent.content_type =
        content_type_parse(request_header(call->sent.request, "Content-Type"));
    if (!is_post(call))
        return SLACK_OK;
    if (call->sent.content_type.media == MEDIA_NONE)
        return call->sent.request->body_length ? SLACK_MISSING_POST_TYPE
                                               : SLACK_OK;
    if (call->sent.content_type.media == MEDIA_OTHER)
        return SLACK_INVALID_POST_TYPE;
    return SLACK_OK;
}

/* Also sets the warnings: every answer from here on has them. */
static enum slack_error gate_charset(struct call *call)
{
    const struct content_type *type = &call->sent.content_type;
    bool is_form =
        type->media == MEDIA_URLENCODED || type->media == MEDIA_MULTIPART;

    if (!is_post(call) || type->media == MEDIA_NONE)
        return SLACK_OK;
    if (type->charset == CHARSET_OTHER)
        return SLACK_INVALID_CHARSET;
    if (is_form && type->charset != CHARSET_NONE)
        call->outcome.has_warning[SLACK_WARNING_SUPERFLUOUS_CHARSET] = true;
    if (!is_form && type->charset == CHARSET_NONE &&
        call->sent.request->body_length)
        call->outcome.has_warning[SLACK_WARNING_MISSING_CHARSET] = true;
    return SLACK_OK;
}

/* One that is answered by data, of the scenario or of what is documented. */
static const struct method *find_data(struct call *call, const char *name)
{
    const struct scenario *scenario = call->scenario;
    size_t length = strlen(name);
    const struct scenario_method *described =
        hash_table_find(&scenario->methods, name, length);
    const struct method_facts *facts = method_facts_find(name);

    if (!described && hash_table_find(&scenario->stubs, name, length))
        return &method_stub;
    if (!described && (!facts || method_is_gone(name)))
        return NULL;
    call->sent.described = described;
    call->sent.facts = facts;
    return (described ? described->needs_token : facts->tokens != 0)
               ? &method_data
               : &method_open_data;
}

static enum slack_error gate_method(struct call *call)
{
    const char *name = call->sent.request->method;

    call->sent.method = method_find(name);
    if (!call->sent.method)
        call->sent.method = find_data(call, name);
    else if (call->sent.method->follows_facts)
        call->sent.facts = method_facts_find(name);
    if (call->sent.method)
        return SLACK_OK;
    return method_is_gone(name) ? SLACK_METHOD_DEPRECATED
                                : SLACK_UNKNOWN_METHOD;
}

static int decode_query(struct call *call)
{
    const struct request *request = call->sent.request;
    size_t number;

    if (request->query && form_decode(request->query, request->query_length,
                                      CHARSET_UTF_8, call->sent.arguments) != 0)
        return -1;
    for (number = 0; number < call->sent.arguments->count; number++)
        call->sent.arguments->list[number].in_query = true;
    return 0;
}

static int decode_body(struct call *call)
{
    const struct request *request = call->sent.request;
    const struct content_type *type = &call->sent.content_type;

    if (!is_post(call))
        return 0;
    if (type->media == MEDIA_URLENCODED)
        return form_decode(request->body, request->body_length, type->charset,
                           call->sent.arguments);
    if (type->media == MEDIA_MULTIPART)
        return multipart_decode(request->body, request->body_length,
                                type->boundary, type->charset,
                                call->sent.arguments);
    return 0;
}

/* The arguments of an unknown method are read too, for the journal. */
static bool takes_json(const struct call *call)
{
    if (call->sent.facts)
        return call->sent.facts->takes_json;
    return !call->sent.method || call->sent.method->takes_json;
}

/* What comes of it, as of a call without arguments, says nothing of JSON. */
static void hint_at_json(struct call *call)
{
    if (call->sent.request->body_length)
        call_hint(call,
                  "the body is JSON, which %s does not read: send its "
                  "arguments as application/x-www-form-urlencoded",
                  call->sent.request->method);
}

static enum slack_error decode_json(struct call *call)
{
    if (!is_post(call) || call->sent.content_type.media != MEDIA_JSON)
        return SLACK_OK;
    if (takes_json(call))
        return json_arguments_decode(
            call->sent.request->body, call->sent.request->body_length,
            call->sent.content_type.charset, call->limits->json_depth,
            call->sent.arguments);
    hint_at_json(call);
    return SLACK_OK;
}

/* Query first, then body, so that the body's arguments win. */
static enum slack_error gate_form_data(struct call *call)
{
    call->sent.is_read = true;
    if (decode_query(call) != 0 || decode_body(call) != 0)
        return SLACK_INVALID_FORM_DATA;
    return decode_json(call);
}

/*
 * The client's id and secret, by argument, else by Basic. A Basic header counts
 * only where clients use it, on oauth.v2.access: elsewhere the documentation
 * wants both as arguments.
 */
static void identify_client(struct call *call)
{
    struct basic_credentials basic;

    call->caller.client_id = call_argument(call, "client_id");
    call->caller.client_secret = call_argument(call, "client_secret");
    if (call->caller.client_id.bytes || !call->sent.method->takes_basic ||
        !credentials_basic(call->sent.request, call->caller.basic, &basic))
        return;
    call->caller.client_id = basic.client_id;
    call->caller.client_secret = basic.client_secret;
    if (basic.were_escaped)
        call_hint(call, "the Basic credentials are percent-encoded; they were "
                        "decoded, as OAuth says, but it is not known that "
                        "Slack does");
}

static void find_app(struct call *call)
{
    const struct sent_text *client_id = &call->caller.client_id;

    if (client_id->bytes)
        call->caller.app = directory_app_by_client_id(
            &call->scenario->directory, client_id->bytes, client_id->length);
}

/*
 * If the token is an argument of the method, the argument wins over the header;
 * else the header wins, and a token in a JSON body does not count.
 */
static void identify_token(struct call *call)
{
    const struct argument *argument =
        arguments_find(call->sent.arguments, "token");
    struct sent_text bearer = credentials_bearer(call->sent.request);

    call->caller.token_in_query =
        arguments_in_query(call->sent.arguments, "token");
    call->caller.token = bearer;
    if (call->sent.method->authenticates && bearer.bytes)
        return;
    if (argument && (!call->sent.method->authenticates ||
                     call->sent.content_type.media != MEDIA_JSON))
        call->caller.token =
            (struct sent_text){argument->value, argument->value_length};
}

/* Sets the caller, once the arguments are valid. */
static void identify_caller(struct call *call)
{
    call->caller.is_identified = true;
    identify_client(call);
    find_app(call);
    identify_token(call);
    if (call->caller.token.bytes)
        call->caller.token_is_known = token_table_find(
            call->tokens, call->caller.token.bytes, call->caller.token.length,
            call->now, &call->caller.token_facts);
    if (call->sent.method->hint)
        call->sent.method->hint(call);
}

enum slack_error gates_argument_count(struct call *call)
{
    if (call->sent.arguments->count <= call->limits->arguments)
        return SLACK_OK;
    call_hint(call, "%zu arguments came, and --max-arguments is %zu",
              call->sent.arguments->count, call->limits->arguments);
    return SLACK_INVALID_ARGUMENTS;
}

static enum slack_error gate_arguments(struct call *call)
{
    enum slack_error error = arguments_check(
        call->sent.arguments, call->sent.method->takes_structures);

    if (!error)
        identify_caller(call);
    return error;
}

static const struct gate {
    const char *name;
    enum slack_error (*check)(struct call *call);
} gates[] = {
    {"whole body", gate_whole_body}, {"POST type", gate_post_type},
    {"charset", gate_charset},       {"method", gate_method},
    {"form data", gate_form_data},   {"argument count", gates_argument_count},
    {"arguments", gate_arguments},
};

enum slack_error gates_before_rules(struct call *call)
{
    size_t number;

    for (number = 0; number < sizeof gates / sizeof *gates; number++) {
        enum slack_error error = gates[number].check(call);

        if (error) {
            call_decide(call, "gate \"%s\" answers %s", gates[number].name,
                        slack_error_name(error));
            return error;
        }
    }
    call_decide(call, "every gate before the rules passed, %zu arguments",
                call->sent.arguments->count);
    return SLACK_OK;
}

/*
 * The error for a token that cannot be used, by what happened to it (the error
 * descriptions of the method pages; live reports).
 */
static enum slack_error check_life(struct call *call)
{
    const struct token_facts *token = &call->caller.token_facts;

    if (token->kind == TOKEN_REFRESH && !call->sent.method->takes_refresh_token)
        return call_refuse(call, SLACK_INVALID_AUTH,
                           "a refresh token is no caller here");
    if (token->ending == ENDING_UNINSTALLED && token->type == TOKEN_BOT)
        return call_refuse(call, SLACK_ACCOUNT_INACTIVE,
                           "the app was uninstalled");
    if (token->ending || token->state == TOKEN_REVOKED)
        return call_refuse(call, SLACK_TOKEN_REVOKED, "the token was revoked");
    if (token->state == TOKEN_EXPIRED)
        return call_refuse(call, SLACK_TOKEN_EXPIRED, "the token has expired");
    if (token->state == TOKEN_SPENT && !token->in_grace)
        return call_refuse(call, SLACK_TOKEN_EXPIRED,
                           "the token was used before");
    return SLACK_OK;
}

static enum slack_error authenticate(struct call *call)
{
    enum slack_error error;

    if (!call->caller.token.length)
        return call_refuse(call, SLACK_NOT_AUTHED, "there is no token");
    if (!call->caller.token_is_known)
        return call_refuse(call, SLACK_INVALID_AUTH, "the token is unknown");
    error = check_life(call);
    if (!error && call->caller.token_facts.type == TOKEN_APP &&
        !call->sent.method->takes_app_token)
        error = call_refuse(call, SLACK_NOT_ALLOWED_TOKEN_TYPE,
                            "the method takes no app-level token");
    if (!error && call->caller.token_facts.team->state == TEAM_MIGRATING)
        error = call_refuse_team(call, call->caller.token_facts.team);
    return error;
}

static enum slack_error require_arguments(struct call *call)
{
    const char *const *name = call->sent.method->required;

    for (; *name; name++) {
        if (!call_lacks(call, *name))
            continue;
        call->outcome.missing++;
        call_decide(call, "argument %s is absent", *name);
    }
    return call->outcome.missing ? SLACK_INVALID_ARGUMENTS : SLACK_OK;
}

/*
 * If the token is an argument of the method, the query may hold it as any
 * other.
 */
static bool takes_token(const struct method *method)
{
    const char *const *name = method->required;

    while (*name && strcmp(*name, "token") != 0)
        name++;
    return *name != NULL;
}

enum slack_error gates_after_rules(struct call *call)
{
    enum slack_error error = SLACK_OK;

    if (call->caller.token_in_query && !call->sent.method->ignores_token &&
        !takes_token(call->sent.method)) {
        call_hint(call, "the token is in the query; send it in the body or as "
                        "Authorization: Bearer");
        return call_refuse(call, SLACK_INVALID_AUTH,
                           "the token is in the query");
    }
    if (call->sent.method->authenticates)
        error = authenticate(call);
    if (!error && (call->sent.described || call->sent.facts))
        return method_gates_check(call);
    return error ? error : require_arguments(call);
}

void gates_read_refused(struct call *call)
{
    if (call->caller.is_identified)
        return;
    if (!call->sent.is_read) {
        if (!call->sent.request->cut_short)
            (void)gate_post_type(call);
        (void)gate_form_data(call);
    }
    call->caller.token = credentials_bearer(call->sent.request);
    if (!call->caller.token.bytes)
        call->caller.token = call_argument(call, "token");
    call->caller.client_id = call_argument(call, "client_id");
    find_app(call);
}
