/*
 * What a refused call carried: log and journal have it, though it was refused
 * before its arguments were read, and the journal finds the call by its token.
 */
#include <string.h>

#include "check.h"
#include "control/control.h"
#include "world.h"

#define TYPE(content_type)                                                     \
    {                                                                          \
        "Content-Type", content_type                                           \
    }
#define BEARER                                                                 \
    {                                                                          \
        "Authorization", "bearer  " BOT_TOKEN                                  \
    }
#define URLENCODED "application/x-www-form-urlencoded"

struct row {
    const char *name;
    enum verb verb;
    const char *method;
    struct request_header headers[2];
    const char *query;
    const char *body;
    bool cut_short;
    const char *error;
    const char *arguments;
};

static struct row rows[] = {
    {.name = "a form for an unknown method",
     .verb = VERB_POST,
     .method = "no.such.method",
     .headers = {TYPE(URLENCODED), BEARER},
     .query = "a=1",
     .body = "channel=C1",
     .error = "unknown_method",
     .arguments = "{\"a\":\"1\",\"channel\":\"C1\"}"},
    {.name = "JSON for an unknown method",
     .verb = VERB_POST,
     .method = "no.such.method",
     .headers = {TYPE("application/json"), BEARER},
     .body = "{\"channel\":\"C1\"}",
     .error = "unknown_method",
     .arguments = "{\"channel\":\"C1\"}"},
    {.name = "a token in a form for an unknown method",
     .verb = VERB_POST,
     .method = "no.such.method",
     .headers = {TYPE(URLENCODED)},
     .body = "token=" BOT_TOKEN,
     .error = "unknown_method",
     .arguments = "{\"token\":\"" BOT_TOKEN "\"}"},
    {.name = "a form that breaks off, for an unknown method",
     .verb = VERB_POST,
     .method = "no.such.method",
     .headers = {TYPE(URLENCODED)},
     .body = "token=" BOT_TOKEN "&x=%zz&y=1",
     .error = "unknown_method",
     .arguments = "{\"token\":\"" BOT_TOKEN "\"}"},
    {.name = "a body of another type",
     .verb = VERB_POST,
     .method = "auth.test",
     .headers = {TYPE("text/xml"), BEARER},
     .query = "a=1",
     .body = "<x/>",
     .error = "invalid_post_type",
     .arguments = "{\"a\":\"1\"}"},
    {.name = "a body without a type",
     .verb = VERB_POST,
     .method = "auth.test",
     .headers = {BEARER},
     .body = "a=1",
     .error = "missing_post_type",
     .arguments = "{}"},
    {.name = "a charset that Slack does not take",
     .verb = VERB_POST,
     .method = "auth.test",
     .headers = {TYPE(URLENCODED ";charset=x"), BEARER},
     .query = "a=1",
     .body = "b=2",
     .error = "invalid_charset",
     .arguments = "{\"a\":\"1\"}"},
    {.name = "a form that does not parse",
     .verb = VERB_POST,
     .method = "auth.test",
     .headers = {TYPE(URLENCODED), BEARER},
     .body = "a=1&b=%zz",
     .error = "invalid_form_data",
     .arguments = "{\"a\":\"1\"}"},
    {.name = "an argument that has no name",
     .verb = VERB_POST,
     .method = "oauth.v2.exchange",
     .headers = {TYPE(URLENCODED)},
     .body = "token=" BOT_TOKEN "&=1",
     .error = "invalid_arg_name",
     .arguments = "{\"token\":\"" BOT_TOKEN "\",\"\":\"1\"}"},
    {.name = "a body that is cut short",
     .verb = VERB_POST,
     .method = "auth.test",
     .headers = {TYPE(URLENCODED), BEARER},
     .query = "a=1",
     .body = "b=",
     .cut_short = true,
     .error = "request_timeout",
     .arguments = "{\"a\":\"1\"}"},
    {.name = "a verb that Slack does not take",
     .verb = VERB_PUT,
     .method = "auth.test",
     .headers = {TYPE(URLENCODED), BEARER},
     .query = "a=1",
     .body = "b=2",
     .error = "method_not_allowed",
     .arguments = "{\"a\":\"1\"}"},
};

static void assert_has(const char *text, const char *wanted)
{
    if (!strstr(text, wanted))
        fail_msg("%s\nis not in\n%s", wanted, text);
}

static struct request request_of(const struct row *row)
{
    return (struct request){
        .verb = row->verb,
        .verb_name = "VERB",
        .target = "/",
        .method = row->method,
        .query = row->query,
        .query_length = row->query ? strlen(row->query) : 0,
        .headers = row->headers,
        .header_count = row->headers[1].name ? 2 : 1,
        .body = row->body,
        .body_length = strlen(row->body),
        .cut_short = row->cut_short,
        .host_time = HOST_TIME,
    };
}

/* Reading the arguments late changes nothing in the answer. */
static void what_was_sent_is_noted(void **state)
{
    const struct world_row *at = *state;
    const struct row *row = at->row;
    struct request request = request_of(row);
    const struct call_record *record = &at->world->reply.record;
    const char *entry;

    world_call(at->world, &request);
    assert_string_equal(record->error, row->error);
    assert_non_null(record->token);
    assert_string_equal(record->token, BOT_TOKEN);
    entry = world_journal(at->world, "secrets=1&token=" BOT_TOKEN);
    assert_has(entry, "\"count\":1,");
    assert_has(entry, row->arguments);
    assert_has(world_journal(at->world, "token=" USER_TOKEN), "\"count\":0,");
}

/* ---- requests that never reach the gates ---- */

static const struct request_header bearer[] = {BEARER};

static struct request lost_request(void)
{
    return (struct request){
        .verb = VERB_GET,
        .verb_name = "GET",
        .target = "/auth.test?a=1",
        .method = "",
        .query = "a=1",
        .query_length = 3,
        .headers = bearer,
        .header_count = 1,
        .host_time = HOST_TIME,
    };
}

static void assert_noted(struct world *world)
{
    const char *entry;

    assert_non_null(world->reply.record.token);
    assert_string_equal(world->reply.record.token, BOT_TOKEN);
    entry = world_journal(world, "token=" BOT_TOKEN);
    assert_has(entry, "\"count\":1,");
    assert_has(entry, "\"arguments\":{\"a\":\"1\"}");
}

static void what_a_wrong_path_was_sent_is_noted(void **state)
{
    struct world *world = *state;
    const struct request request = lost_request();
    const struct refusal refusal = {404, "not_found", "no such path"};

    mock_refuse(world->mock, &request, &refusal, &world->reply);
    assert_noted(world);
}

static void what_was_sent_without_an_end_is_noted(void **state)
{
    struct world *world = *state;
    const struct request request = lost_request();

    mock_note(world->mock, &request, "it never ended", &world->reply);
    assert_string_equal(world->reply.record.hint, "it never ended");
    assert_noted(world);
}

/* The argument is what the call is judged by, and the header was sent too. */
static void a_token_beside_another_one_finds_the_call(void **state)
{
    struct world *world = *state;
    const struct request_header headers[] = {TYPE(URLENCODED), BEARER};
    struct request request = request_of(&rows[0]);

    request.method = "oauth.v2.exchange";
    request.headers = headers;
    request.body = EXCHANGE_USER;
    request.body_length = strlen(request.body);
    world_call(world, &request);
    assert_string_equal(world->reply.record.token, USER_TOKEN);
    assert_has(world_journal(world, "token=" USER_TOKEN), "\"count\":1,");
    assert_has(world_journal(world, "token=" BOT_TOKEN), "\"count\":1,");
}

#define ADD(function)                                                          \
    add_test_with(&list, function, world_setup, world_teardown)

int main(void)
{
    struct test_list list = {.count = 0};

    add_rows_with(&list, what_was_sent_is_noted, rows, world_row_setup,
                  world_row_teardown);
    ADD(what_a_wrong_path_was_sent_is_noted);
    ADD(what_was_sent_without_an_end_is_noted);
    ADD(a_token_beside_another_one_finds_the_call);
    return run_list("refused_calls", &list);
}
