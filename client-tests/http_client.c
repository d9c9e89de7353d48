/* One request, one reply, through libcurl; see http_client.h. */
#include "http_client.h"

#include <curl/curl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "check.h"
#include "deadline.h"
#include "server_fixture.h"
#include "test_case.h"

/* All that libcurl has of ours, so that a failed assertion loses nothing. */
struct call {
    CURL *curl;
    struct curl_slist *headers;
};

static int release(void *thing)
{
    struct call *call = thing;

    curl_easy_cleanup(call->curl);
    curl_slist_free_all(call->headers);
    free(call);
    return 0;
}

static struct call *create(struct test *test)
{
    struct call *call = calloc(1, sizeof *call);

    if (!call)
        abort();
    test_keep(test, call, release);
    call->curl = curl_easy_init();
    assert_non_null(call->curl);
    return call;
}

static size_t take_line(char *line, size_t size, size_t count, void *reply)
{
    http_reply_add_line(reply, line, size * count);
    return size * count;
}

static size_t take_body(char *bytes, size_t size, size_t count, void *reply)
{
    http_reply_add_body(reply, bytes, size * count);
    return size * count;
}

#define set(call, option, value)                                               \
    assert_int_equal(curl_easy_setopt((call)->curl, option, value), CURLE_OK)

static void add_header(struct call *call, const char *header)
{
    struct curl_slist *longer = curl_slist_append(call->headers, header);

    assert_non_null(longer);
    call->headers = longer;
}

/* A header with nothing after its colon takes libcurl's own one away. */
static void set_headers(struct call *call, const struct http_request *request)
{
    static const char type[] = "Content-Type";
    size_t count = sizeof request->headers / sizeof request->headers[0];
    bool has_type = false;

    for (size_t i = 0; i < count && request->headers[i]; i++) {
        const char *header = request->headers[i];

        has_type = has_type || strncasecmp(header, type, strlen(type)) == 0;
        add_header(call, header);
    }
    if (!has_type)
        add_header(call, "Content-Type:");
    add_header(call, "Expect:");
    set(call, CURLOPT_HTTPHEADER, call->headers);
}

static void set_verb(struct call *call, const struct http_request *request)
{
    size_t length = request->length;

    if (request->body) {
        if (length == 0)
            length = strlen(request->body);
        set(call, CURLOPT_POSTFIELDS, request->body);
        set(call, CURLOPT_POSTFIELDSIZE, (long)length);
    }
    if (request->verb && strcmp(request->verb, "HEAD") == 0)
        set(call, CURLOPT_NOBODY, 1L);
    else if (request->verb)
        set(call, CURLOPT_CUSTOMREQUEST, request->verb);
}

const struct http_reply *http_send_to(struct test *test, const char *origin,
                                      const struct http_request *request)
{
    struct call *call = create(test);
    struct http_reply *reply = http_reply_create(test);
    long patience = deadline_left(deadline_from_now());
    CURLcode result;

    set(call, CURLOPT_URL, test_printf(test, "%s%s", origin, request->target));
    set(call, CURLOPT_PATH_AS_IS, 1L);
    set(call, CURLOPT_PROXY, request->proxy ? request->proxy : "");
    set(call, CURLOPT_NOPROXY, "");
    if (request->certificate)
        set(call, CURLOPT_CAINFO, request->certificate);
    set(call, CURLOPT_NOSIGNAL, 1L);
    set(call, CURLOPT_TIMEOUT_MS, patience);
    set_verb(call, request);
    set_headers(call, request);
    set(call, CURLOPT_HEADERFUNCTION, take_line);
    set(call, CURLOPT_HEADERDATA, reply);
    set(call, CURLOPT_WRITEFUNCTION, take_body);
    set(call, CURLOPT_WRITEDATA, reply);
    result = curl_easy_perform(call->curl);
    if (result != CURLE_OK)
        fail_msg("%s: %s", request->target, curl_easy_strerror(result));
    http_reply_finish(reply);
    return reply;
}

const struct http_reply *http_send(struct test *test,
                                   const struct server *server,
                                   const struct http_request *request)
{
    return http_send_to(test, server_origin(server), request);
}

const struct http_reply *
http_exchange(struct test *test, const struct server *server, const char *form)
{
    struct http_request request = {
        .target = "/api/oauth.v2.exchange", .headers = {FORM}, .body = form};

    return http_send(test, server, &request);
}
