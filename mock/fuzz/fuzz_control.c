/*
 * Control requests and calls, one after the other on one server's mocks. Each
 * is a request as in HTTP, its body behind the empty line, and ends before a
 * NUL. A control request that is refused may change nothing, and the journal
 * shows no secrets unless it is asked to.
 */
#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>

#include "control/control.h"
#include "control/control_access.h"
#include "fuzz.h"
#include "message/request_head.h"
#include "mock/sandboxes.h"

#define TOKEN "xoxb-12345-67890-abcdefg"

static const struct {
    const char *name;
    enum verb verb;
} verbs[] = {
    {"GET", VERB_GET},         {"HEAD", VERB_HEAD},   {"POST", VERB_POST},
    {"PUT", VERB_PUT},         {"PATCH", VERB_PATCH}, {"DELETE", VERB_DELETE},
    {"OPTIONS", VERB_OPTIONS}, {"TRACE", VERB_OTHER},
};

struct server {
    struct sandboxes *sandboxes;
    struct reply reply;
};

static void set_verb(struct request *request, const char *name)
{
    size_t i = 0;

    while (i + 1 < sizeof verbs / sizeof *verbs &&
           strcmp(verbs[i].name, name) != 0)
        i++;
    request->verb = verbs[i].verb;
    request->verb_name = verbs[i].name;
}

/* Moves on behind `prefix` if the path begins with it. */
static bool skip(const char **path, const char *prefix)
{
    size_t length = strlen(prefix);

    if (strncmp(*path, prefix, length) != 0)
        return false;
    *path += length;
    return true;
}

/* ---- control requests ---- */

/* All that there is to know of a mock, but for its journal. To be freed. */
static char *look(struct server *server, struct mock *mock)
{
    const struct request request = {
        .verb = VERB_GET,
        .verb_name = "GET",
        .target = "/_mock/state",
        .method = "state",
        .host_time = FUZZ_TIME,
    };
    struct reply reply = REPLY_INIT;
    char *state;

    control_handle(server->sandboxes, mock, &request, &reply);
    fuzz_require(reply.status == 200);
    cJSON_Delete(fuzz_body(&reply));
    state = buffer_take(&reply.body);
    reply_free(&reply);
    return state;
}

static bool is_refusal(int status)
{
    return status == 400 || status == 404 || status == 405 || status == 422;
}

static void check_journal(const struct server *server,
                          const struct request *request)
{
    if (strcmp(request->method, "requests") == 0 &&
        !(request->query && strstr(request->query, "secrets")))
        fuzz_require(!strstr(buffer_text(&server->reply.body), TOKEN));
}

static void control(struct server *server, struct mock *mock,
                    const struct request *request)
{
    static const struct control_access access = {
        .loopback_only = true, .hosts = {"mock.test"}, .host_count = 1};
    char *before = look(server, mock);
    bool ok;
    cJSON *body;

    (void)control_access_check(&access, request);
    control_handle(server->sandboxes, mock, request, &server->reply);
    body = fuzz_body(&server->reply);
    ok = cJSON_IsTrue(body->child);
    cJSON_Delete(body);
    fuzz_require(ok ? server->reply.status == 200
                    : is_refusal(server->reply.status));
    if (!ok) {
        char *after = look(server, mock);

        fuzz_require(strcmp(before, after) == 0);
        free(after);
    } else {
        check_journal(server, request);
    }
    free(before);
}

/* ---- requests ---- */

static struct mock *choose_mock(const struct server *server, const char **path)
{
    struct mock *mock = sandboxes_main(server->sandboxes);

    if (skip(path, "/sandbox/")) {
        size_t length = strcspn(*path, "/");

        mock = sandboxes_find(server->sandboxes, *path, length);
        *path += length;
    }
    return mock;
}

static void route(struct server *server, struct request *request,
                  const char *path)
{
    static const struct refusal refusal = {404, "not_found", "no such path"};
    struct mock *mock = choose_mock(server, &path);

    request->method = "";
    if (mock && skip(&path, "/_mock/")) {
        request->method = path;
        control(server, mock, request);
    } else if (mock && skip(&path, "/api/")) {
        request->method = path;
        mock_handle(mock, request, &server->reply);
    } else {
        mock_refuse(sandboxes_main(server->sandboxes), request, &refusal,
                    &server->reply);
    }
}

static void send(struct server *server, struct fuzz_input message)
{
    size_t length = request_head_length(message.bytes, message.length, 0);
    size_t head_length = length ? length : message.length;
    struct request_head head = request_head_parse(message.bytes, head_length);
    char *path =
        fuzz_text((struct fuzz_input){head.target, strcspn(head.target, "?")});
    const char *mark = strchr(head.target, '?');
    struct request request = {
        .target = head.target,
        .query = mark ? mark + 1 : NULL,
        .query_length = mark ? strlen(mark + 1) : 0,
        .headers = head.headers,
        .header_count = head.header_count,
        .body = message.bytes + head_length,
        .body_length = message.length - head_length,
        .host_time = FUZZ_TIME,
    };

    set_verb(&request, head.verb);
    route(server, &request, path);
    free(path);
    request_head_free(&head);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct mock_options options = {
        .sandboxes = 100, .call = CALL_LIMITS_DEFAULT, .journal_entries = 10};
    struct fuzz_input input = fuzz_input(data, size);
    struct server server = {
        .sandboxes = sandboxes_create(fuzz_default(), &options, 1, FUZZ_TIME),
        .reply = REPLY_INIT,
    };

    while (input.length > 0)
        send(&server, fuzz_until(&input, '\0'));
    reply_free(&server.reply);
    sandboxes_free(server.sandboxes);
    return 0;
}
