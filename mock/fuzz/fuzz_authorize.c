/*
 * The query of an authorize page, in a world where consent is given at once.
 * Whatever is asked: the answer is a page without a script, or leads to the one
 * host that the app configured.
 */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "fuzz.h"
#include "message/reply.h"
#include "message/request.h"
#include "mock/mock.h"

#define WORLD                                                                  \
    "{\"description\":\"d\",\"extends\":\"default.json\",\"seed\":1,"          \
    "\"consent\":\"allow\",\"apps\":[{\"id\":\"A0APP\",\"pkce\":true,"         \
    "\"redirect_uris\":[\"https://a.example/cb\",\"myapp://cb\"]}]}"

static struct mock *create(void)
{
    const struct mock_options options = {
        .journal_entries = 10, .sandboxes = 1, .call = CALL_LIMITS_DEFAULT};

    return mock_create(fuzz_load_text(WORLD), &options, 1, FUZZ_TIME);
}

/* In any letter case, as schemes and hosts are. */
static bool begins_with(const char *text, const char *start)
{
    const size_t length = strlen(start);

    return strlen(text) >= length &&
           text_equals_ignore_case(text, length, start);
}

static void check(const struct reply *reply)
{
    const char *location = reply_header(reply, "Location");

    fuzz_require((reply->status == 302) == (location != NULL));
    fuzz_require(!location || begins_with(location, "https://a.example") ||
                 begins_with(location, "myapp://cb?"));
    fuzz_require(location || reply->status == 400);
    fuzz_require(!strstr(buffer_text(&reply->body), "<script"));
    for (; location && *location; location++)
        fuzz_require(*location > ' ' && *location <= '~');
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const paths[] = {
        "/oauth/v2/authorize", "/oauth/v2_user/authorize", "/oauth/authorize",
        "/openid/connect/authorize"};
    struct fuzz_input input = fuzz_input(data, size);
    const char *path = paths[fuzz_byte(&input) & 3];
    struct mock *mock = create();
    struct reply reply = REPLY_INIT;
    const struct request request = {
        .verb = VERB_GET,
        .verb_name = "GET",
        .target = path,
        .method = "",
        .query = input.bytes,
        .query_length = input.length,
        .host_time = FUZZ_TIME,
    };

    fuzz_require(mock_show_page(mock, &request, path, &reply));
    check(&reply);
    reply_free(&reply);
    mock_free(mock);
    return 0;
}
