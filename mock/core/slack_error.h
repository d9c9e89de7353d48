/*
 * The errors and warnings that slackmock can answer, by Slack's own names, with
 * what a caller needs to know of each.
 */
#ifndef SLACKMOCK_SLACK_ERROR_H
#define SLACKMOCK_SLACK_ERROR_H

#include <stdbool.h>
#include <stddef.h>

/*
 * X(identifier, name, how a request can cause it). The first block is the
 * errors table of the oauth.v2.exchange page, whole and in its order: each has
 * a scenario errors/NAME.json.
 */
#define SLACK_EXCHANGE_ERRORS(X)                                               \
    X(AUTHORIZATION_NOT_FOUND, "authorization_not_found",                      \
      "exchange a token whose authorization was revoked")                      \
    X(BAD_CLIENT_SECRET, "bad_client_secret",                                  \
      "send a client_secret that is not the app's")                            \
    X(INTERNAL_ERROR, "internal_error", "only by a rule")                      \
    X(INVALID_CLIENT_ID, "invalid_client_id",                                  \
      "send a client_id that no app has")                                      \
    X(INVALID_TOKEN, "invalid_token",                                          \
      "send a token that is unknown, another app's, or not a legacy one")      \
    X(TOKEN_ALREADY_EXCHANGED, "token_already_exchanged",                      \
      "exchange the same token twice")                                         \
    X(TOKEN_ROTATION_NOT_ENABLED, "token_rotation_not_enabled",                \
      "exchange for an app with \"token_rotation\": false")                    \
    X(ACCESSLIMITED, "accesslimited", "only by a rule")                        \
    X(FATAL_ERROR, "fatal_error", "only by a rule")                            \
    X(INVALID_ARG_NAME, "invalid_arg_name",                                    \
      "send an argument whose name is not letters, digits and _")              \
    X(INVALID_ARGUMENTS, "invalid_arguments",                                  \
      "leave out client_id, client_secret or token")                           \
    X(INVALID_ARRAY_ARG, "invalid_array_arg", "send token[]=...")              \
    X(INVALID_CHARSET, "invalid_charset",                                      \
      "POST with a charset that is neither utf-8 nor iso-8859-1")              \
    X(INVALID_FORM_DATA, "invalid_form_data",                                  \
      "POST a form that does not parse, such as token=%zz")                    \
    X(INVALID_POST_TYPE, "invalid_post_type",                                  \
      "POST with a Content-Type that Slack does not take")                     \
    X(MISSING_POST_TYPE, "missing_post_type",                                  \
      "POST a body without a Content-Type")                                    \
    X(RATELIMITED, "ratelimited", "only by a rule")                            \
    X(REQUEST_TIMEOUT, "request_timeout",                                      \
      "POST a body that ends before its Content-Length")                       \
    X(SERVICE_UNAVAILABLE, "service_unavailable", "only by a rule")            \
    X(TEAM_ADDED_TO_ORG, "team_added_to_org",                                  \
      "exchange a token of a team whose \"state\" is \"migrating\"")

/* Errors of the whole Web API, not on that page. */
#define SLACK_OTHER_ERRORS(X)                                                  \
    X(UNKNOWN_METHOD, "unknown_method", "call a method that is not mocked")

#define SLACK_WARNINGS(X)                                                      \
    X(MISSING_CHARSET, "missing_charset",                                      \
      "POST a body of a type other than a form without a charset")             \
    X(SUPERFLUOUS_CHARSET, "superfluous_charset",                              \
      "POST a form whose Content-Type names a charset")

#define SLACK_ERROR_IDENTIFIER(identifier, name, cause) SLACK_##identifier,
enum slack_error {
    SLACK_OK,
    SLACK_EXCHANGE_ERRORS(SLACK_ERROR_IDENTIFIER)
        SLACK_OTHER_ERRORS(SLACK_ERROR_IDENTIFIER) SLACK_ERROR_COUNT
};
#undef SLACK_ERROR_IDENTIFIER

#define SLACK_WARNING_IDENTIFIER(identifier, name, cause)                      \
    SLACK_WARNING_##identifier,
enum slack_warning {
    SLACK_WARNINGS(SLACK_WARNING_IDENTIFIER) SLACK_WARNING_COUNT
};
#undef SLACK_WARNING_IDENTIFIER

/* Slack's name for it; SLACK_OK has none. */
const char *slack_error_name(enum slack_error error);
const char *slack_warning_name(enum slack_warning warning);

/* How a request can cause it, in a few words. */
const char *slack_error_cause(enum slack_error error);
const char *slack_warning_cause(enum slack_warning warning);

/* True for the errors that have a scenario file, errors/NAME.json. */
bool slack_error_has_scenario(enum slack_error error);

/* True if Slack documents an error (or warning) of this name. */
bool slack_error_is_documented(const char *name);
bool slack_warning_is_documented(const char *name);

#endif
