/* What the journal shows of odd requests, and that it masks secrets. */
#include <stdio.h>
#include <string.h>

#include "arguments/arguments.h"
#include "base/buffer.h"
#include "check.h"
#include "control/control.h"
#include "journal/journal.h"
#include "journal/journal_entry.h"
#include "message/request.h"
#include "world.h"
#include "json/json_writer.h"

/* Found by fuzzing: only values were masked. */
static void a_token_sent_as_an_arguments_name_is_masked(void **state)
{
    struct world *world = *state;

    world_exchange(world, BOT_TOKEN);
    assert_null(strstr(world_journal(world, ""), BOT_TOKEN));
    assert_non_null(strstr(world_journal(world, "secrets=1"),
                           "\"arguments\":{\"" BOT_TOKEN "\":\"\"}"));
}

static void an_array_of_secrets_is_masked(void **state)
{
    struct world *world = *state;

    world_exchange(world, "client_secret[]=hush-hush&code[a]=hush-hush");
    assert_null(strstr(world_journal(world, ""), "hush-hush"));
    assert_non_null(
        strstr(world_journal(world, ""), "\"client_secret[]\":\"...ush\""));
}

static void secrets_in_json_are_masked(void **state)
{
    struct world *world = *state;
    const struct request_header header = {"Content-Type", "application/json"};
    const char *body = "{\"a\":{\"client_secret\":\"hush\",\"token\":\"hush\"},"
                       "\"x\":{\"code\":[\"hush\"]}}";
    const struct request request = {
        .verb = VERB_POST,
        .method = "auth.test",
        .headers = &header,
        .header_count = 1,
        .body = body,
        .body_length = strlen(body),
        .host_time = HOST_TIME,
    };

    world_call(world, &request);
    assert_null(strstr(world_journal(world, ""), "hush"));
    assert_non_null(strstr(world_journal(world, "secrets=1"), "hush"));
}

static void the_client_id_of_an_app_is_shown(void **state)
{
    struct world *world = *state;

    world_load(world, WITH("\"apps\":[{\"id\":\"A2\",\"client_id\":\"my-app\","
                           "\"client_secret\":\"s\"}]"));
    world_exchange(world, "client_id=my-app&token=x");
    assert_non_null(
        strstr(world_journal(world, ""), "\"client_id\":\"my-app\""));
    world_exchange(world, "client_id=my-other-app&token=x");
    assert_null(strstr(world_journal(world, ""), "my-other-app"));
}

static void a_secret_sent_as_the_client_id_is_masked(void **state)
{
    struct world *world = *state;

    world_exchange(world, "client_id=e1b9e11dfcd1&client-secret=hush-hush");
    assert_null(strstr(world_journal(world, ""), "e1b9"));
    assert_null(strstr(world_journal(world, ""), "hush-hush"));
    world_exchange(world, EXCHANGE_BOT);
    assert_non_null(strstr(world_journal(world, ""),
                           "\"client_id\":\"4123121235.9872358710\""));
}

static void a_nul_ends_no_name(void **state)
{
    struct world *world = *state;

    world_exchange(world, "a%00b=1&a=2&a=3");
    assert_non_null(strstr(world_journal(world, ""),
                           "\"arguments\":{\"a\\u0000b\":\"1\","
                           "\"a\":\"3\"}"));
}

/* Each name is compared with all others only if that costs nothing. */
static void as_many_arguments_as_fit_are_shown_at_once(void **state)
{
    struct world *world = *state;
    struct buffer form = BUFFER_INIT;
    int number;

    world->arguments_most = 90000;
    world_load(world, WITH("\"seed\":1"));
    for (number = 0; number < 90000; number++)
        buffer_printf(&form, "a%d&", number);
    world_exchange(world, form.data);
    buffer_free(&form);
    assert_non_null(strstr(world_journal(world, ""), "\"a89999\":\"\"}"));
}

/* ---- secrets in unusual places ---- */

#define HUSH "hush-hush"

struct place {
    const char *name;
    struct request request;
    const char *shown; /* of the entry; NULL for nothing in particular */
};

#define HEADER(header_name, header_value)                                      \
    .headers = (const struct request_header[]){{header_name, header_value}},   \
    .header_count = 1

static struct place places[] = {
    {"Basic", {HEADER("Authorization", "Basic " HUSH)}, "\"Basic ...\""},
    {"Basic for a proxy",
     {HEADER("Proxy-Authorization", "basic  " HUSH)},
     "\"basic  ...\""},
    {"Bearer", {HEADER("Authorization", "Bearer " HUSH)}, "\"Bearer ...ush\""},
    {"a scheme that nobody knows",
     {HEADER("Authorization", HUSH " and more")},
     "\"...more\""},
    {"a header for a secret", {HEADER("X-Client-Secret", HUSH)}, NULL},
    {"a header for a token", {HEADER("X-TOKENS", HUSH)}, NULL},
    {"cookies", {HEADER("Cookie", "d=" HUSH "; e=f")}, NULL},
    {"a token as a header's name",
     {HEADER("X-" BOT_TOKEN, "1")},
     "\"x-xoxb-...efg\":\"1\""},
    {"a token as the verb", {.verb_name = BOT_TOKEN}, "\"xoxb-...efg\""},
    {"a query",
     {.target = "/?clientSecret=a\"" HUSH "#" HUSH "&x=y"},
     "?clientSecret=...&x=y"},
};

/* The entry of a request, so far as it fits. */
static struct shown show_entry(const struct request *request)
{
    struct journal book = {.most = 1};
    struct arguments arguments = ARGUMENTS_INIT;
    struct reply reply = REPLY_INIT;
    struct buffer text = BUFFER_INIT;
    struct json_writer writer = {.output = &text};
    struct shown shown = {""};

    reply.record.rule = "for " BOT_TOKEN;
    reply.record.error = "refused_" BOT_TOKEN;
    reply.record.warnings = "one,for_" BOT_TOKEN;
    journal_add(&book, request, &reply, &arguments, 0);
    journal_entry_write(journal_at(&book, 0), false, &writer);
    shown_add(&shown, text.data, text.length);
    buffer_free(&text);
    journal_clear(&book);
    return shown;
}

static void it_is_masked(void **state)
{
    const struct place *place = *state;
    struct request request = place->request;
    struct shown shown;

    request.verb_name = request.verb_name ? request.verb_name : "GET";
    request.target = request.target ? request.target : "/";
    shown = show_entry(&request);
    assert_null(strstr(shown.text, HUSH));
    assert_null(strstr(shown.text, BOT_TOKEN));
    if (place->shown)
        assert_non_null(strstr(shown.text, place->shown));
}

static void what_a_scenario_names_is_masked_too(void **state)
{
    const struct request request = {.verb_name = "GET", .target = "/"};
    struct shown shown = show_entry(&request);

    (void)state;
    assert_non_null(strstr(shown.text, "\"error\":\"refused_xoxb-...efg\""));
    assert_non_null(strstr(shown.text, "[\"one\",\"for_xoxb-...efg\"]"));
    assert_non_null(strstr(shown.text, "\"rule\":\"for xoxb-...efg\""));
}

/* A megabyte of them, which takes hours if each is compared with all others. */
static void as_many_headers_as_fit_are_shown_at_once(void **state)
{
    enum { COUNT = 100000 };
    static char names[COUNT][12];
    static struct request_header headers[COUNT + 1];
    struct request request = {.verb_name = "GET",
                              .target = "/",
                              .headers = headers,
                              .header_count = COUNT + 1};
    struct shown shown;

    (void)state;
    for (size_t number = 0; number < COUNT; number++) {
        snprintf(names[number], sizeof names[number], "N%zu", number);
        headers[number] = (struct request_header){names[number], ""};
    }
    headers[0].value = "a";
    headers[COUNT] = (struct request_header){"n0", "b"};
    shown = show_entry(&request);
    assert_non_null(strstr(shown.text, "{\"n0\":\"a, b\",\"n1\":\"\","));
}

#define ADD(function)                                                          \
    add_test_with(&list, function, world_setup, world_teardown)

int main(void)
{
    struct test_list list = {.count = 0};

    ADD(a_token_sent_as_an_arguments_name_is_masked);
    ADD(an_array_of_secrets_is_masked);
    ADD(secrets_in_json_are_masked);
    ADD(the_client_id_of_an_app_is_shown);
    ADD(a_secret_sent_as_the_client_id_is_masked);
    ADD(a_nul_ends_no_name);
    ADD(as_many_arguments_as_fit_are_shown_at_once);
    add_rows(&list, it_is_masked, places);
    add_test(&list, what_a_scenario_names_is_masked_too);
    add_test(&list, as_many_headers_as_fit_are_shown_at_once);
    return run_list("journal_entry", &list);
}
