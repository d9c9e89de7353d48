/*
 * The errors that a request causes by itself, gate by gate in their order. Most
 * rows would also be refused at a later gate, so a gate out of its order shows.
 */
#include "check.h"
#include "default_world.h"
#include "http_client.h"
#include "server_fixture.h"
#include "test_case.h"
#include "test_groups.h"

#define JSON_TYPE "Content-Type: application/json"
#define TEXT_TYPE "Content-Type: text/plain"
#define MULTIPART "Content-Type: multipart/form-data; boundary=cut"
#define UTF_16    "; charset=utf-16"
#define BEARER    "Authorization: Bearer " BOT_TOKEN

#define ERROR(name) "{\"ok\":false,\"error\":\"" name "\"}"

/* Refused with a warning: the warning goes along, last in the body. */
#define WARNED(name, warning)                                                  \
    "{\"ok\":false,\"error\":\"" name "\",\"warning\":\"" warning              \
    "\",\"response_metadata\":{\"warnings\":[\"" warning "\"]}}"
#define SUPERFLUOUS "superfluous_charset"

#define MISSING(name) "\"[ERROR] missing required field: " name "\""
#define ALL_THREE                                                              \
    MISSING("client_id") "," MISSING("client_secret") "," MISSING("token")
#define LACKS(messages)                                                        \
    "{\"ok\":false,\"error\":\"invalid_arguments\","                           \
    "\"response_metadata\":{\"messages\":[" messages "]}}"

/* A body of a type that is not read: all arguments of it are missing. */
#define UNREAD(messages)                                                       \
    "{\"ok\":false,\"error\":\"invalid_arguments\","                           \
    "\"warning\":\"missing_charset\","                                         \
    "\"response_metadata\":{\"warnings\":[\"missing_charset\"],"               \
    "\"messages\":[" messages "]}}"

#define LETTERS_64                                                             \
    "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzABCDEFGHIJKL"
#define LETTERS_256 LETTERS_64 LETTERS_64 LETTERS_64 LETTERS_64

/*
 * Beside the default app: one without rotation, one whose token is not ours, a
 * team on the move with a token that is also revoked.
 */
#define SCENARIO                                                               \
    WORLD("\"apps\":[{\"id\":\"A0OFF\",\"client_id\":\"off\","                 \
          "\"client_secret\":\"s\",\"token_rotation\":false},"                 \
          "{\"id\":\"A0OTHER\",\"client_id\":\"other\","                       \
          "\"client_secret\":\"s\"}],"                                         \
          "\"teams\":[{\"id\":\"T0MOVE\",\"state\":\"migrating\"}],"           \
          "\"tokens\":["                                                       \
          "{\"token\":\"xoxb-moving\",\"app\":\"A0APP\",\"team\":\"T0MOVE\","  \
          "\"state\":\"revoked\"},"                                            \
          "{\"token\":\"xoxb-moving-other\",\"app\":\"A0OTHER\","              \
          "\"team\":\"T0MOVE\"},"                                              \
          "{\"token\":\"xoxb-revoked\",\"app\":\"A0APP\",\"team\":\"T0TEAM\"," \
          "\"bot_user\":\"U1\",\"state\":\"revoked\"},"                        \
          "{\"token\":\"xoxp-spent\",\"app\":\"A0APP\",\"team\":\"T0TEAM\","   \
          "\"user\":\"U2\",\"state\":\"exchanged\"}],"                         \
          "\"rules\":[{\"name\":\"closed\",\"when\":{\"client_id\":"           \
          "\"closed\"},\"reply\":{\"error\":\"accesslimited\"}}]")

struct refused {
    struct http_request request;
    const char *body; /* of the reply */
};

static void test_refused(struct test *test)
{
    const struct refused *row = test_row(test);
    struct server *server = server_start_with(test, SCENARIO);
    const struct http_reply *reply = http_send(test, server, &row->request);

    assert_text(reply->body, row->body);
    assert_number(reply->status, 200);
    assert_json(http_exchange(test, server, BOT_FORM)->json, "ok", "true");
}

#define ROW(title, wanted, ...)                                                \
    {                                                                          \
        "refusals: " title, test_refused, &(const struct refused)              \
        {                                                                      \
            {__VA_ARGS__}, wanted                                              \
        }                                                                      \
    }
#define POST_ROW(title, wanted, type, text)                                    \
    ROW(title, wanted, .target = EXCHANGE, .headers = {type}, .body = (text))
#define FORM_ROW(title, wanted, text) POST_ROW(title, wanted, FORM, text)

static const struct test_case gate_cases[] = {
    ROW("a body without a Content-Type", ERROR("missing_post_type"),
        .target = EXCHANGE, .body = "token[]=%zz"),
    POST_ROW("a body with an empty Content-Type", ERROR("missing_post_type"),
             "Content-Type;", "token=1"),
    POST_ROW("a media type of no use, and a charset too",
             ERROR("invalid_post_type"), "Content-Type: application/xml" UTF_16,
             "token[]=%zz"),
    POST_ROW("another multipart type", ERROR("invalid_post_type"),
             "Content-Type: multipart/mixed; boundary=cut", BOT_FORM),
    POST_ROW("a type that only begins like a form", ERROR("invalid_post_type"),
             FORM "2", BOT_FORM),
    POST_ROW("a charset of no use, and a broken form", ERROR("invalid_charset"),
             FORM UTF_16, "token[]=%zz"),
    POST_ROW("a quoted charset of no use", ERROR("invalid_charset"),
             FORM "; charset=\"utf-16\"", BOT_FORM),
    POST_ROW("a charset of no use for JSON", ERROR("invalid_charset"),
             JSON_TYPE UTF_16, "{}"),
    FORM_ROW("a bad percent escape, and a bad name", ERROR("invalid_form_data"),
             "a-b=%zz&token[]=1"),
    FORM_ROW("a percent escape cut short", ERROR("invalid_form_data"),
             BOT_FORM "&x=%4"),
    FORM_ROW("bytes that are no UTF-8", ERROR("invalid_form_data"),
             BOT_FORM "&x=%ff"),
    ROW("a bad percent escape in the query", ERROR("invalid_form_data"),
        .target = EXCHANGE "?" BOT_FORM "&x=%z1"),
    POST_ROW("a bad form with a charset: the warning goes along",
             WARNED("invalid_form_data", SUPERFLUOUS), FORM "; charset=utf-8",
             "token=%zz"),
    POST_ROW("multipart without a boundary", ERROR("invalid_form_data"),
             "Content-Type: multipart/form-data", "--cut--\r\n"),
    POST_ROW("multipart that is empty", ERROR("invalid_form_data"), MULTIPART,
             ""),
    POST_ROW("multipart without a part", ERROR("invalid_form_data"), MULTIPART,
             "--cut--\r\n"),
    POST_ROW("multipart without its last boundary", ERROR("invalid_form_data"),
             MULTIPART,
             "--cut\r\nContent-Disposition: form-data; name=\"token\""
             "\r\n\r\nx\r\n"),
    POST_ROW("multipart with a part without a name", ERROR("invalid_form_data"),
             MULTIPART,
             "--cut\r\nContent-Disposition: form-data\r\n\r\nx\r\n"
             "--cut--\r\n"),
    FORM_ROW("a name with a dash, and an array", ERROR("invalid_arg_name"),
             BOT_FORM "&token[]=1&a-b=1"),
    FORM_ROW("an empty name", ERROR("invalid_arg_name"), BOT_FORM "&=1"),
    FORM_ROW("a name that begins with [", ERROR("invalid_arg_name"),
             BOT_FORM "&[a]=1"),
    FORM_ROW("a name of 256 bytes", ERROR("invalid_arg_name"),
             BOT_FORM "&" LETTERS_256 "=1"),
    FORM_ROW("a name that is no ASCII", ERROR("invalid_arg_name"),
             BOT_FORM "&%C3%A9=1"),
    ROW("a bad name in the query", ERROR("invalid_arg_name"),
        .target = EXCHANGE "?" BOT_FORM "&a.b"),
    FORM_ROW("an array, and no other argument", ERROR("invalid_array_arg"),
             "token[]=1"),
    FORM_ROW("an array with a key, before a rule would act",
             ERROR("invalid_array_arg"), "client_id=closed&token[a]=1"),
    FORM_ROW("a rule acts before arguments are missed", ERROR("accesslimited"),
             "client_id=closed"),
    FORM_ROW("no argument at all", LACKS(ALL_THREE), ""),
    ROW("a GET without arguments", LACKS(ALL_THREE), .target = EXCHANGE),
    ROW("a POST with nothing", LACKS(ALL_THREE), .target = EXCHANGE,
        .verb = "POST"),
    FORM_ROW("no client_id, before the secret is looked at",
             LACKS(MISSING("client_id")), "client_secret=1&token=1"),
    FORM_ROW("no client_secret, before the client is looked at",
             LACKS(MISSING("client_secret")), "client_id=1&token=1"),
    FORM_ROW("no token, as Java's SDK up to 1.11.0", LACKS(MISSING("token")),
             "client_id=1&client_secret=1"),
    ROW("an empty Bearer is no token", LACKS(MISSING("token")),
        .target = EXCHANGE, .headers = {FORM, "Authorization: Bearer "},
        .body = APP_FORM),
    ROW("Basic is no token, nor the client's credentials", LACKS(ALL_THREE),
        .target = EXCHANGE, .headers = {FORM, "Authorization: Basic YTpi"},
        .body = ""),
    POST_ROW("JSON is not read", UNREAD(ALL_THREE), JSON_TYPE,
             "{\"client_id\":\"" CLIENT_ID
             "\",\"client_secret\":\"" CLIENT_SECRET "\",\"token\":\"" BOT_TOKEN
             "\"}"),
    ROW("JSON is not read, but Bearer is",
        UNREAD(MISSING("client_id") "," MISSING("client_secret")),
        .target = EXCHANGE, .headers = {JSON_TYPE, BEARER},
        .body = "{\"client_id\":\"1\"}"),
    POST_ROW("JSON that does not parse is not read either", UNREAD(ALL_THREE),
             JSON_TYPE, "{"),
    POST_ROW("JSON that names its charset gets no warning", LACKS(ALL_THREE),
             JSON_TYPE ";charset=utf-8", "{}"),
    POST_ROW("empty JSON gets no warning", LACKS(ALL_THREE), JSON_TYPE, ""),
    POST_ROW("plain text is not read", UNREAD(ALL_THREE), TEXT_TYPE, BOT_FORM),
};

/* The method's own checks, in their order. */
static const struct test_case method_cases[] = {
    FORM_ROW("an unknown client, secret and token", ERROR("invalid_client_id"),
             "client_id=1.1&client_secret=1&token=1"),
    FORM_ROW("an empty client_id is there, and unknown",
             ERROR("invalid_client_id"), "client_id=&client_secret=&token="),
    POST_ROW("an unknown client with a charset: the warning goes along",
             WARNED("invalid_client_id", SUPERFLUOUS), FORM "; charset=utf-8",
             "client_id=1&client_secret=1&token=1"),
    FORM_ROW("a wrong secret of an app without rotation",
             ERROR("bad_client_secret"),
             "client_id=off&client_secret=wrong&token=1"),
    FORM_ROW("an empty secret is there, and wrong", ERROR("bad_client_secret"),
             "client_id=" CLIENT_ID "&client_secret=&token=1"),
    FORM_ROW("the secret of another app", ERROR("bad_client_secret"),
             "client_id=other&client_secret=" CLIENT_SECRET
             "&token=" BOT_TOKEN),
    FORM_ROW("an unknown token and no rotation",
             ERROR("token_rotation_not_enabled"),
             "client_id=off&client_secret=s&token=1"),
    FORM_ROW("an unknown token", ERROR("invalid_token"),
             APP_FORM "&token=xoxb-unknown"),
    FORM_ROW("an empty token is there, and unknown", ERROR("invalid_token"),
             APP_FORM "&token="),
    ROW("an empty token is there, before Bearer is looked at",
        ERROR("invalid_token"), .target = EXCHANGE, .headers = {FORM, BEARER},
        .body = APP_FORM "&token="),
    FORM_ROW("a token of another app, in a team on the move",
             ERROR("invalid_token"), APP_FORM "&token=xoxb-moving-other"),
    FORM_ROW("our token for another app", ERROR("invalid_token"),
             "client_id=other&client_secret=s&token=" BOT_TOKEN),
    FORM_ROW("an app-level token", ERROR("invalid_token"),
             APP_FORM "&token=xapp-1-A0APP-1-abc"),
    FORM_ROW("a revoked token in a team on the move",
             ERROR("team_added_to_org"), APP_FORM "&token=xoxb-moving"),
    FORM_ROW("a revoked token", ERROR("authorization_not_found"),
             APP_FORM "&token=xoxb-revoked"),
    FORM_ROW("a token that was exchanged before",
             ERROR("token_already_exchanged"), APP_FORM "&token=xoxp-spent"),
    ROW("a method that is not mocked",
        "{\"ok\":false,\"error\":\"unknown_method\","
        "\"req_method\":\"no.such.method\"}",
        .target = "/api/no.such.method"),
    ROW("a method in another letter case",
        "{\"ok\":false,\"error\":\"unknown_method\","
        "\"req_method\":\"OAuth.V2.Exchange\"}",
        .target = "/api/OAuth.V2.Exchange", .headers = {FORM},
        .body = BOT_FORM),
};

int run_refusals_tests(void)
{
    return test_cases_run(gate_cases,
                          sizeof gate_cases / sizeof gate_cases[0]) +
           test_cases_run(method_cases,
                          sizeof method_cases / sizeof method_cases[0]);
}
