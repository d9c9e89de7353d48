/*
 * Control requests and calls, one after the other on one server's mocks. Each
 * is a request as in HTTP, its body after the empty line, and ends before a
 * NUL. A control request that is refused may change nothing, and the journal
 * shows no secrets unless it is asked to.
 */
#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>

#include "control/control_access.h"
#include "entrance/entrance.h"
#include "fuzz.h"
#include "message/request_head.h"
#include "mock/mock.h"

#define TOKEN "xoxb-12345-67890-abcdefg"

static const struct {
    const char *name;
    enum verb verb;
} verbs[] = {
    {"GET", VERB_GET},         {"HEAD", VERB_HEAD},   {"POST", VERB_POST},
    {"PUT", VERB_PUT},         {"PATCH", VERB_PATCH}, {"DELETE", VERB_DELETE},
    {"OPTIONS", VERB_OPTIONS}, {"TRACE", VERB_OTHER},
};

static const struct control_access access = {
    .loopback_only = true, .hosts = {"mock.test"}, .host_count = 1};

struct server {
    struct entrance *entrance;
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

/* The length of what a path has before /_mock/, -1 if it has no such part. */
static int length_before_control(const char *path)
{
    static const char sandbox[] = "/sandbox/";
    static const char root[] = "/_mock/";
    size_t length = 0;

    if (strncmp(path, sandbox, strlen(sandbox)) == 0)
        length = strlen(sandbox) + strcspn(path + strlen(sandbox), "/");
    return strncmp(path + length, root, strlen(root)) == 0 ? (int)length : -1;
}

/* ---- control requests ---- */

/* All that a mock shows of itself but its journal. To be freed. */
static char *look(struct server *server, const char *path)
{
    struct buffer target = BUFFER_INIT;
    struct reply reply = REPLY_INIT;
    struct input input = {
        .kind = INPUT_REQUEST,
        .host_time = FUZZ_TIME,
        .request = {.verb = VERB_GET, .verb_name = "GET"},
    };
    char *state;

    buffer_printf(&target, "%.*s/_mock/state", length_before_control(path),
                  path);
    input.request.target = target.data;
    fuzz_require(entrance_take(server->entrance, &input, &reply));
    fuzz_require(reply.status == 200 || reply.status == 404);
    cJSON_Delete(fuzz_body(&reply));
    state = buffer_take(&reply.body);
    reply_free(&reply);
    buffer_free(&target);
    return state;
}

static bool is_refusal(int status)
{
    return status == 400 || status == 403 || status == 404 || status == 405 ||
           status == 422;
}

static void check_journal(const struct server *server,
                          const struct request *request)
{
    if (strstr(request->target, "/_mock/requests") &&
        !strstr(request->target, "secrets"))
        fuzz_require(!strstr(buffer_text(&server->reply.body), TOKEN));
}

static void control(struct server *server, const struct input *input)
{
    char *before = look(server, input->request.target);
    bool ok;
    cJSON *body;

    fuzz_require(entrance_take(server->entrance, input, &server->reply));
    body = fuzz_body(&server->reply);
    ok = cJSON_IsTrue(body->child);
    cJSON_Delete(body);
    fuzz_require(ok ? server->reply.status == 200
                    : is_refusal(server->reply.status));
    if (!ok) {
        char *after = look(server, input->request.target);

        fuzz_require(strcmp(before, after) == 0);
        free(after);
    } else {
        check_journal(server, &input->request);
    }
    free(before);
}

/* ---- requests ---- */

static void send(struct server *server, struct fuzz_input message)
{
    size_t length = request_head_length(message.bytes, message.length, 0);
    size_t head_length = length ? length : message.length;
    struct request_head head = request_head_parse(message.bytes, head_length);
    struct input input = {
        .kind = INPUT_REQUEST,
        .host_time = FUZZ_TIME,
        .request = {.target = head.target,
                    .headers = head.headers,
                    .header_count = head.header_count,
                    .body = message.bytes + head_length,
                    .body_length = message.length - head_length},
    };

    set_verb(&input.request, head.verb);
    if (length_before_control(head.target) >= 0)
        control(server, &input);
    else
        (void)entrance_take(server->entrance, &input, &server->reply);
    request_head_free(&head);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct mock_options options = {
        .sandboxes = 100, .call = CALL_LIMITS_DEFAULT, .journal_entries = 10};
    struct fuzz_input input = fuzz_input(data, size);
    struct server server = {
        .entrance = entrance_create(fuzz_default(), &options, 1, FUZZ_TIME),
        .reply = REPLY_INIT,
    };

    entrance_set_access(server.entrance, &access);
    while (input.length > 0)
        send(&server, fuzz_until(&input, '\0'));
    reply_free(&server.reply);
    entrance_free(server.entrance);
    return 0;
}
