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
    X(RATELIMITED, "ratelimited", "by a rule, or beyond a rate limit")         \
    X(REQUEST_TIMEOUT, "request_timeout",                                      \
      "POST a body that ends before its Content-Length")                       \
    X(SERVICE_UNAVAILABLE, "service_unavailable", "only by a rule")            \
    X(TEAM_ADDED_TO_ORG, "team_added_to_org",                                  \
      "exchange a token of a team whose \"state\" is \"migrating\"")

/*
 * X(identifier, name): the errors of the other methods' pages and of the whole
 * Web API. Those that no request can cause are for rules.
 */
#define SLACK_OTHER_ERRORS(X)                                                  \
    X(UNKNOWN_METHOD, "unknown_method")                                        \
    X(NOT_AUTHED, "not_authed")                                                \
    X(INVALID_AUTH, "invalid_auth")                                            \
    X(ACCOUNT_INACTIVE, "account_inactive")                                    \
    X(TOKEN_REVOKED, "token_revoked")                                          \
    X(TOKEN_EXPIRED, "token_expired")                                          \
    X(INVALID_JSON, "invalid_json")                                            \
    X(JSON_NOT_OBJECT, "json_not_object")                                      \
    X(INVALID_CODE, "invalid_code")                                            \
    X(INVALID_GRANT_TYPE, "invalid_grant_type")                                \
    X(INVALID_REFRESH_TOKEN, "invalid_refresh_token")                          \
    X(CLIENT_ID_TOKEN_MISMATCH, "client_id_token_mismatch")                    \
    X(NOT_ALLOWED_TOKEN_TYPE, "not_allowed_token_type")                        \
    X(ACCESS_DENIED, "access_denied")                                          \
    X(BAD_REDIRECT_URI, "bad_redirect_uri")                                    \
    X(CANNOT_INSTALL_AN_ORG_INSTALLED_APP,                                     \
      "cannot_install_an_org_installed_app")                                   \
    X(DEPRECATED_ENDPOINT, "deprecated_endpoint")                              \
    X(EKM_ACCESS_DENIED, "ekm_access_denied")                                  \
    X(ENTERPRISE_IS_RESTRICTED, "enterprise_is_restricted")                    \
    X(INVALID_CODE_VERIFIER, "invalid_code_verifier")                          \
    X(IS_BOT, "is_bot")                                                        \
    X(METHOD_DEPRECATED, "method_deprecated")                                  \
    X(MISSING_SCOPE, "missing_scope")                                          \
    X(MISSING_ARGUMENT, "missing_argument")                                    \
    X(INVALID_CURSOR, "invalid_cursor")                                        \
    X(INVALID_LIMIT, "invalid_limit")                                          \
    X(NO_PERMISSION, "no_permission")                                          \
    X(NO_SCOPES, "no_scopes")                                                  \
    X(NOT_BEARER_TOKEN, "not_bearer_token")                                    \
    X(OAUTH_AUTHORIZATION_URL_MISMATCH, "oauth_authorization_url_mismatch")    \
    X(ORG_LOGIN_REQUIRED, "org_login_required")                                \
    X(PKCE_NOT_ALLOWED, "pkce_not_allowed")                                    \
    X(PREVIEW_FEATURE_NOT_AVAILABLE, "preview_feature_not_available")          \
    X(TEAM_ACCESS_NOT_GRANTED, "team_access_not_granted")                      \
    X(TWO_FACTOR_SETUP_REQUIRED, "two_factor_setup_required")                  \
    X(UNKNOWN_ERROR, "unknown_error")                                          \
    X(UPGRADE_REQUIRED, "upgrade_required")                                    \
    X(CODE_ALREADY_USED, "code_already_used")                                  \
    X(INVALID_GRANT, "invalid_grant")                                          \
    X(NO_USER_SCOPES, "no_user_scopes")                                        \
    X(USER_EMAIL_UNVERIFIED, "user_email_unverified")                          \
    X(USER_IS_BOT, "user_is_bot")

#define SLACK_WARNINGS(X)                                                      \
    X(MISSING_CHARSET, "missing_charset",                                      \
      "POST a body of a type other than a form without a charset")             \
    X(SUPERFLUOUS_CHARSET, "superfluous_charset",                              \
      "POST a form whose Content-Type names a charset")

#define SLACK_ERROR_IDENTIFIER(identifier, ...) SLACK_##identifier,
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

/*
 * How a request can cause it, in a few words; only for the errors that have a
 * scenario file.
 */
const char *slack_error_cause(enum slack_error error);
const char *slack_warning_cause(enum slack_warning warning);

/* True for the errors that have a scenario file, errors/NAME.json. */
bool slack_error_has_scenario(enum slack_error error);

/* True if Slack documents an error (or warning) of this name. */
bool slack_error_is_documented(const char *name);
bool slack_warning_is_documented(const char *name);

#endif
