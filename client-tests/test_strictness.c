/*
 * What becomes of bytes that HTTP frowns on, one row each: what RFC 9112 lets a
 * server refuse gets 400 and a close, what it obliges a server to take works.
 * After each the server goes on serving others.
 */
#include <cjson/cJSON.h>
#include <string.h>

#include "check.h"
#include "default_world.h"
#include "http_client.h"
#include "raw_socket.h"
#include "server_fixture.h"
#include "test_case.h"
#include "test_groups.h"

#define HOST      "Host: 127.0.0.1\r\n"
#define GET       "GET " EXCHANGE " HTTP/1.1\r\n" HOST
#define ONE_MORE  "GET /api/next HTTP/1.1\r\n" HOST "\r\n"
#define POST_HEAD "POST " EXCHANGE " HTTP/1.1\r\n" HOST FORM "\r\n"
#define CHUNKED   POST_HEAD "Transfer-Encoding: chunked\r\n\r\n"
/* The client's arguments in one chunk, the token's to come in others. */
#define APP_CHUNK "4f\r\n" APP_FORM "\r\n"
#define BOT_CHUNK "1f\r\n&token=" BOT_TOKEN "\r\n"

enum then { CLOSES, SERVES_ON };

struct treatment {
    const char *bytes; /* \1 stands for a NUL */
    int status;
    const char *error; /* "": success */
    enum then then;
};

static void send_all(struct test *test, struct raw_socket *raw,
                     const char *text)
{
    char *bytes = test_printf(test, "%s", text);
    size_t length = strlen(bytes);

    for (size_t i = 0; i < length; i++)
        if (bytes[i] == '\1')
            bytes[i] = '\0';
    raw_send_bytes(raw, bytes, length);
}

static const char *error_of(const struct http_reply *reply)
{
    const cJSON *error = json_at(reply->json, "error");

    return error ? cJSON_GetStringValue(error) : "";
}

static void test_treatment(struct test *test)
{
    const struct treatment *row = test_row(test);
    struct server *server = server_start(test, NULL, NULL);
    struct raw_socket *raw = raw_connect(test, server);
    const struct http_reply *reply;

    send_all(test, raw, row->bytes);
    reply = raw_await_reply(raw);
    assert_text(error_of(reply), row->error);
    assert_number(reply->status, row->status);
    if (row->then == SERVES_ON) {
        raw_send(raw, ONE_MORE);
        assert_json_text(raw_await_reply(raw)->json, "req_method", "next");
    } else {
        raw_await_close(raw);
    }
    assert_json(http_exchange(test, server, USER_FORM)->json, "ok", "true");
}

#define ROW(title, bytes, status, error, then)                                 \
    {                                                                          \
        "strictness: " title, test_treatment, &(const struct treatment)        \
        {                                                                      \
            bytes, status, error, then                                         \
        }                                                                      \
    }
#define REFUSED(title, bytes) ROW(title, bytes, 400, "bad_request", CLOSES)
#define TAKEN(title, bytes)   ROW(title, bytes, 200, "", SERVES_ON)
/* Understood, though it is no exchange. */
#define READ(title, bytes)                                                     \
    ROW(title, bytes, 200, "invalid_arguments", SERVES_ON)

static const struct test_case cases[] = {
    /* the request line */
    REFUSED("no HTTP at all", "GARBAGE\r\n\r\n"),
    REFUSED("HTTP/0.9, which has no version", "GET " EXCHANGE "\r\n\r\n"),
    REFUSED("a line of HTTP/0.9 by name",
            "GET " EXCHANGE " HTTP/0.9\r\n" HOST "\r\n"),
    REFUSED("a line of HTTP/2.0", "GET " EXCHANGE " HTTP/2.0\r\n" HOST "\r\n"),
    REFUSED("the preface of HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
    READ("a minor version that is not there yet",
         "GET " EXCHANGE " HTTP/1.2\r\n" HOST "\r\n"),
    REFUSED("two blanks before the target",
            "GET  " EXCHANGE " HTTP/1.1\r\n" HOST "\r\n"),
    REFUSED("a blank within the target",
            "GET " EXCHANGE "?a= b HTTP/1.1\r\n" HOST "\r\n"),
    REFUSED("a star as target of GET", "GET * HTTP/1.1\r\n" HOST "\r\n"),
    ROW("a star as target of OPTIONS", "OPTIONS * HTTP/1.1\r\n" HOST "\r\n",
        200, "", SERVES_ON),
    ROW("an authority as target",
        "CONNECT a.example:443 HTTP/1.1\r\n" HOST "\r\n", 403, "forbidden_host",
        CLOSES),
    ROW("a URL as target",
        "GET http://slack.com" EXCHANGE "?" BOT_FORM " HTTP/1.1\r\n" HOST
        "\r\n",
        200, "", CLOSES),
    ROW("a URL of another host as target",
        "GET http://a.example" EXCHANGE "?" BOT_FORM " HTTP/1.1\r\n" HOST
        "\r\n",
        403, "forbidden_host", CLOSES),
    ROW("two slashes before the path",
        "GET //api/api.test HTTP/1.1\r\n" HOST "\r\n", 404, "not_found",
        SERVES_ON),
    REFUSED("a port that there is not, behind two slashes",
            "GET //a:99999/api/api.test HTTP/1.1\r\n" HOST "\r\n"),
    TAKEN("a target of bytes that no URL has",
          "GET " EXCHANGE "?" BOT_FORM "&a=<^>#[ HTTP/1.1\r\n" HOST "\r\n"),
    TAKEN("an empty line before the request",
          "\r\nGET " EXCHANGE "?" BOT_FORM " HTTP/1.1\r\n" HOST "\r\n"),
    /* headers */
    REFUSED("a bare line feed",
            "GET " EXCHANGE " HTTP/1.1\nHost: 127.0.0.1\n\n"),
    REFUSED("a folded header", GET "X-A: 1\r\n 2\r\n\r\n"),
    REFUSED("a NUL in a header", GET "X-A: 1\0012\r\n\r\n"),
    REFUSED("a control byte in a header", GET "X-A: 1\0022\r\n\r\n"),
    REFUSED("a bare CR in a header", GET "X-A: 1\r2\r\n\r\n"),
    REFUSED("a header without a colon", GET "garbage\r\n\r\n"),
    REFUSED("a blank before the colon", GET "X-A : 1\r\n\r\n"),
    REFUSED("a header without a name", GET ": 1\r\n\r\n"),
    REFUSED("no Host", "GET " EXCHANGE " HTTP/1.1\r\n\r\n"),
    REFUSED("two Hosts", GET HOST "\r\n"),
    READ("bytes beyond ASCII in a header", GET "X-A: \xe9\r\n\r\n"),
    ROW("an Expect other than 100-continue",
        POST_HEAD "Expect: wonders\r\nContent-Length: 3\r\n\r\n", 417,
        "expectation_failed", CLOSES),
    ROW("Connection: close in a list", GET "Connection: TE, close\r\n\r\n", 200,
        "invalid_arguments", CLOSES),
    ROW("Connection: close in a second header",
        GET "Connection: keep-alive\r\nConnection: Close\r\n\r\n", 200,
        "invalid_arguments", CLOSES),
    /* lengths */
    READ("an empty line behind a request", GET "\r\n\r\n"),
    ROW("a URL without a path",
        "GET http://slack.com?x=/api/auth.test HTTP/1.1\r\n" HOST "\r\n", 404,
        "not_found", CLOSES),
    REFUSED("two lengths that differ",
            POST_HEAD "Content-Length: 3\r\nContent-Length: 4\r\n\r\na=1"),
    READ("the same length twice",
         POST_HEAD "Content-Length: 3\r\nContent-Length: 3\r\n\r\na=1"),
    REFUSED("a list of lengths", POST_HEAD "Content-Length: 3, 3\r\n\r\na=1"),
    REFUSED("a length that is no number",
            POST_HEAD "Content-Length: 3x\r\n\r\na=1"),
    REFUSED("a length with a sign", POST_HEAD "Content-Length: +3\r\n\r\na=1"),
    REFUSED("a negative length", POST_HEAD "Content-Length: -3\r\n\r\na=1"),
    REFUSED("a length beyond all numbers",
            POST_HEAD "Content-Length: 99999999999999999999\r\n\r\na=1"),
    ROW("a length beyond --max-body",
        POST_HEAD "Content-Length: 999999999999999\r\n\r\na=1", 413,
        "too_large", CLOSES),
    REFUSED("a length and chunks",
            POST_HEAD "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n"
                      "\r\n3\r\na=1\r\n0\r\n\r\n"),
    REFUSED("a Transfer-Encoding other than chunked",
            POST_HEAD "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"),
    /* chunks */
    TAKEN("a chunked body", CHUNKED APP_CHUNK BOT_CHUNK "0\r\n\r\n"),
    TAKEN("chunk extensions and trailers",
          CHUNKED "04f;a=b\r\n" APP_FORM "\r\n1F ;c\r\n&token=" BOT_TOKEN
                  "\r\n0;d\r\nX-A: 1\r\n\r\n"),
    REFUSED("a chunk size that is no number", CHUNKED "x\r\na=1\r\n0\r\n\r\n"),
    REFUSED("a chunk size with a sign", CHUNKED "+3\r\na=1\r\n0\r\n\r\n"),
    REFUSED("a chunk size with a prefix", CHUNKED "0x3\r\na=1\r\n0\r\n\r\n"),
    REFUSED("a chunk size beyond all numbers",
            CHUNKED "ffffffffffffffffff\r\na=1\r\n0\r\n\r\n"),
    ROW("a chunk size beyond --max-body", CHUNKED "fffffff\r\na=1", 413,
        "too_large", CLOSES),
    REFUSED("a chunk whose data is longer", CHUNKED "2\r\na=1\r\n0\r\n\r\n"),
    REFUSED("a trailer without a colon", CHUNKED "0\r\nX\r\n\r\n"),
    REFUSED("a blank before a trailer's colon", CHUNKED "0\r\nX : 1\r\n\r\n"),
    REFUSED("a folded trailer", CHUNKED "0\r\nX: 1\r\n 2\r\n\r\n"),
    REFUSED("a chunk that ends in a bare line feed", CHUNKED "3\na=1\n0\n\n"),
    REFUSED("chunks in HTTP/1.0",
            "POST " EXCHANGE " HTTP/1.0\r\n" FORM "\r\n"
            "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
};

int run_strictness_tests(void)
{
    return test_cases_run(cases, sizeof cases / sizeof cases[0]);
}
