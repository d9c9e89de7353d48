/*
 * Control requests, one after the other on one mock: a line `VERB PATH?QUERY`,
 * where the verb is one letter, and a body that ends before a NUL, as does the
 * request.
 */
#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>

#include "control.h"
#include "fuzz.h"
#include "mock.h"

static enum verb verb_of(char letter)
{
    switch (letter) {
    case 'G':
        return VERB_GET;
    case 'H':
        return VERB_HEAD;
    case 'O':
        return VERB_OPTIONS;
    case 'X':
        return VERB_OTHER;
    default:
        return VERB_POST;
    }
}

static void check(const struct reply *reply)
{
    static const int statuses[] = {200, 400, 401, 403, 404, 405, 413, 422};
    cJSON *body = fuzz_body(reply);
    bool known = false;

    for (size_t i = 0; i < sizeof statuses / sizeof *statuses; i++)
        known |= reply->status == statuses[i];
    fuzz_require(known);
    fuzz_require((reply->status == 200) == cJSON_IsTrue(body->child));
    cJSON_Delete(body);
}

static void send(struct mock *mock, struct fuzz_input *input,
                 struct reply *reply)
{
    enum verb verb = verb_of(fuzz_byte(input));
    char *path = (fuzz_byte(input), fuzz_text(fuzz_until(input, '\n')));
    struct fuzz_input body = fuzz_until(input, '\0');
    char *query = strchr(path, '?');
    const struct request request = {
        .verb = verb,
        .method = path,
        .query = query ? query + 1 : NULL,
        .query_length = query ? strlen(query + 1) : 0,
        .body = body.bytes,
        .body_length = body.length,
        .host_time = FUZZ_TIME,
    };

    if (query)
        *query = '\0';
    control_handle(mock, &request, reply);
    check(reply);
    free(path);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fuzz_input input = fuzz_input(data, size);
    struct mock *mock = fuzz_mock("{\"description\":\"fuzz\",\"extends\":"
                                  "\"default.json\",\"seed\":1}");
    struct reply reply = REPLY_INIT;

    while (input.length > 0)
        send(mock, &input, &reply);
    reply_free(&reply);
    mock_free(mock);
    return 0;
}
