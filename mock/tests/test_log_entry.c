/* An input becomes a line and comes back as it was, whatever bytes it has. */
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "check.h"
#include "entrance/log_entry.h"
#include "message/request_copy.h"
#include "scenario/scenario.h"
#include "scenario/scenario_save.h"
#include "world.h"

struct round {
    struct buffer line;
    struct buffer why;
    struct log_entry_room room;
    struct log_entry entry; /* as it came back */
    struct world world;
};

static int setup(void **state)
{
    *state = xcalloc(1, sizeof(struct round));
    return 0;
}

static int teardown(void **state)
{
    struct round *round = *state;

    buffer_free(&round->line);
    buffer_free(&round->why);
    log_entry_room_free(&round->room);
    free(round->world.mistakes);
    free(round);
    return 0;
}

static bool read_line(struct round *round, const char *text)
{
    buffer_clear(&round->line);
    buffer_clear(&round->why);
    buffer_add_text(&round->line, text);
    return log_entry_read(&round->room, round->line.data, round->line.length,
                          &round->entry, &round->why);
}

/* Writes an input and reads it; the line is used up by that. */
static const struct input *go_round(struct round *round,
                                    const struct input *input)
{
    const struct log_entry entry = {.id = 7, .writer = "", .input = *input};

    buffer_clear(&round->line);
    buffer_clear(&round->why);
    log_entry_write(&entry, &round->line);
    assert_null(strchr(round->line.data, '\n'));
    if (!log_entry_read(&round->room, round->line.data, round->line.length,
                        &round->entry, &round->why))
        fail_msg("%s", buffer_text(&round->why));
    assert_number(round->entry.id, 7);
    assert_number(round->entry.input.kind, input->kind);
    assert_number(round->entry.input.host_time, input->host_time);
    return &round->entry.input;
}

static void assert_same_request(const struct request *request,
                                const struct request *wanted)
{
    assert_number(request->verb, wanted->verb);
    assert_string_equal(request->verb_name, wanted->verb_name);
    assert_string_equal(request->target, wanted->target);
    assert_number(request->header_count, wanted->header_count);
    for (size_t i = 0; i < wanted->header_count; i++) {
        assert_string_equal(request->headers[i].name, wanted->headers[i].name);
        assert_string_equal(request->headers[i].value,
                            wanted->headers[i].value);
    }
    assert_number(request->body_length, wanted->body_length);
    if (wanted->body_length)
        assert_memory_equal(request->body, wanted->body, wanted->body_length);
    assert_number(request->is_secure, wanted->is_secure);
    if (wanted->certificate)
        assert_string_equal(request->certificate, wanted->certificate);
}

static void a_request_comes_back(void **state)
{
    static const char body[] = "a=1\0\xff\"\\\n\x7f\xc3\xa9";
    static const struct request_header headers[] = {
        {"Host", "x"}, {"X-Odd", "\xff \"\t"}, {"Empty", ""}};
    const struct input input = {
        .kind = INPUT_REQUEST,
        .host_time = HOST_TIME + 1,
        .request = {.verb = VERB_PATCH,
                    .verb_name = "PATCH",
                    .target = "/api/x?\xe9",
                    .headers = headers,
                    .header_count = 3,
                    .body = body,
                    .body_length = sizeof body - 1,
                    .is_secure = true,
                    .certificate = "-----BEGIN\n"},
    };
    struct request *copy = request_copy(&input.request);

    assert_same_request(&go_round(*state, &input)->request, &input.request);
    assert_same_request(copy, &input.request);
    free(copy);
}

/* What a copy is applied as, its line says too. */
static void what_a_request_lacks_its_copy_lacks(void **state)
{
    const struct input input = {
        .kind = INPUT_REQUEST,
        .host_time = HOST_TIME,
        .request = {.verb = VERB_OTHER,
                    .verb_name = "TRACE",
                    .target = "/",
                    .body = ""},
    };
    const struct request *back = &go_round(*state, &input)->request;
    struct request *copy = request_copy(&input.request);

    assert_same_request(copy, back);
    assert_null(back->body);
    assert_null(copy->body);
    assert_null(back->certificate);
    assert_null(copy->certificate);
    free(copy);
}

static void what_is_text_is_text_in_the_line(void **state)
{
    struct round *round = *state;
    const struct log_entry entry = {
        .id = 1,
        .writer = "",
        .input = {.host_time = HOST_TIME,
                  .request = {.verb_name = "POST",
                              .target = "/api/x",
                              .body = "token=\xc3\xa9",
                              .body_length = 8}}};

    log_entry_write(&entry, &round->line);
    assert_string_equal(
        round->line.data,
        "{\"id\":1,\"time\":\"2026-01-01T00:00:00.000Z\",\"kind\":\"request\","
        "\"verb\":\"POST\",\"target\":\"/api/x\",\"headers\":[],"
        "\"body\":\"token=\xc3\xa9\"}");
}

/* As in a stream, which tells them by itself. */
static void no_id_and_no_time_are_left_out(void **state)
{
    struct round *round = *state;
    const struct log_entry entry = {
        .writer = "w", .sequence = 3, .input = {.kind = INPUT_DUE}};

    log_entry_write(&entry, &round->line);
    assert_string_equal(round->line.data,
                        "{\"writer\":\"w\",\"sequence\":3,\"kind\":\"due\"}");
    assert_true(log_entry_read(&round->room, round->line.data,
                               round->line.length, &round->entry, &round->why));
    assert_number(round->entry.id, 0);
    assert_number(round->entry.input.host_time, 0);
}

static void an_entry_is_added_behind_what_is_there(void **state)
{
    struct round *round = *state;
    const struct log_entry entry = {.writer = "", .input = {.kind = INPUT_DUE}};

    buffer_add_text(&round->line, "x\n");
    log_entry_write(&entry, &round->line);
    assert_string_equal(round->line.data, "x\n{\"kind\":\"due\"}");
}

static void the_others_come_back(void **state)
{
    struct input input = {
        .kind = INPUT_REFUSED,
        .host_time = HOST_TIME,
        .request = {.verb = VERB_OTHER, .verb_name = "", .target = ""},
        .refusal = {431, "header_too_large", "long"},
        .problem = "it left"};
    const struct input *back = go_round(*state, &input);

    assert_number(back->refusal.status, 431);
    assert_string_equal(back->refusal.error, "header_too_large");
    assert_string_equal(back->refusal.message, "long");
    input.kind = INPUT_LOST;
    assert_string_equal(go_round(*state, &input)->problem, "it left");
    input.kind = INPUT_CUT_SHORT;
    (void)go_round(*state, &input);
    input.kind = INPUT_DUE;
    assert_non_null(go_round(*state, &input)->sending);
}

static void an_outcome_comes_back(void **state)
{
    struct input input = {.kind = INPUT_OUTCOME,
                          .host_time = HOST_TIME,
                          .outcome = {.ticket = 12,
                                      .status = 503,
                                      .no_retry = true,
                                      .is_refused = true,
                                      .note = "why",
                                      .answer = "\xff\0",
                                      .answer_length = 2}};

    for (int problem = PROBLEM_NONE; problem <= PROBLEM_UNKNOWN; problem++) {
        const struct delivery_outcome *outcome;

        input.outcome.problem = (enum delivery_problem)problem;
        outcome = &go_round(*state, &input)->outcome;
        assert_number(outcome->problem, problem);
        assert_number(outcome->ticket, 12);
        assert_number(outcome->status, 503);
        assert_true(outcome->no_retry && outcome->is_refused);
        assert_string_equal(outcome->note, "why");
        assert_number(outcome->answer_length, 2);
        assert_memory_equal(outcome->answer, "\xff\0", 2);
    }
}

static void a_scenario_comes_back(void **state)
{
    struct round *round = *state;
    struct scenario *scenario =
        world_scenario(&round->world, WITH("\"seed\":5,\"refresh_grace\":7"));
    const struct input input = {
        .kind = INPUT_LOAD, .host_time = HOST_TIME, .scenario = scenario};
    struct scenario *back = go_round(round, &input)->scenario;
    struct buffer one = BUFFER_INIT;
    struct buffer other = BUFFER_INIT;

    scenario_save(scenario, &one);
    scenario_save(back, &other);
    scenario_release(scenario);
    scenario_release(back);
    assert_true(one.length == other.length &&
                memcmp(one.data, other.data, one.length) == 0);
    buffer_free(&one);
    buffer_free(&other);
}

struct refused_row {
    const char *name;
    const char *line;
    const char *why;
};

#define REQUEST                                                                \
    "\"time\":\"2026-01-01T00:00:00.000Z\",\"kind\":\"request\","              \
    "\"verb\":\"GET\",\"target\":\"/\""

static struct refused_row refused_rows[] = {
    {"nothing", "", "wanted an object"},
    {"an end too early", "{\"id\":1", "wanted a comma or the end of the list"},
    {"something behind it", "{\"id\":1," REQUEST "}x",
     "wanted nothing after the value"},
    {"an unknown key", "{\"id\":1,\"colour\":1," REQUEST "}",
     "wanted a key of an entry"},
    {"an unknown kind", "{\"kind\":\"wish\"}", "wanted a known kind"},
    {"no kind", "{\"id\":1}", "wanted \"kind\""},
    {"no target", "{\"kind\":\"request\",\"verb\":\"GET\"}",
     "wanted \"verb\" and \"target\""},
    {"a text that does not end", "{\"kind\":\"req",
     "wanted the quote that ends a text"},
    {"an end of line in a text", "{\"kind\":\"a\nb\"}",
     "wanted the quote that ends a text"},
    {"half a surrogate", "{\"kind\":\"\\ud800\"}",
     "wanted a character after \\u"},
    {"an unknown escape", "{\"kind\":\"\\q\"}", "wanted an escape"},
    {"a NUL in a target", "{\"target\":\"a\\u0000b\"}",
     "wanted a text without \\u0000"},
    {"half a header", "{\"headers\":[[\"a\"]]," REQUEST "}",
     "wanted a header's name and value"},
    {"no base64", "{\"body\":{\"base64\":\"!\"}," REQUEST "}",
     "wanted {\"base64\":\"...\"}"},
    {"another object", "{\"body\":{\"x\":\"\"}," REQUEST "}",
     "wanted {\"base64\":\"...\"}"},
    {"no time", "{\"time\":\"yesterday\"}",
     "wanted a time as 2026-01-01T00:00:00.000Z"},
    {"a number too large", "{\"id\":12345678901234567890}",
     "wanted a smaller number"},
    {"no number", "{\"id\":\"1\"}", "wanted a whole number"},
    {"no reason", "{\"kind\":\"refused\",\"verb\":\"\",\"target\":\"\"}",
     "wanted \"error\" and \"message\""},
    {"no problem", "{\"kind\":\"lost\",\"verb\":\"\",\"target\":\"\"}",
     "wanted \"problem\""},
    {"an unknown problem", "{\"kind\":\"outcome\",\"problem\":\"mood\"}",
     "wanted a known problem"},
    {"no scenario", "{\"kind\":\"load\"}", "wanted \"scenario\""},
};

static void is_refused(void **state)
{
    const struct refused_row *row = *state;
    struct round round = {.entry = {.id = 0}};
    struct shown why = {""};
    bool is_read = read_line(&round, row->line);

    shown_add(&why, buffer_text(&round.why), round.why.length);
    buffer_free(&round.line);
    buffer_free(&round.why);
    log_entry_room_free(&round.room);
    assert_false(is_read);
    assert_string_equal(why.text, row->why);
}

/* As a tool for JSON may lay it out again. */
static void order_and_blanks_do_not_count(void **state)
{
    struct round *round = *state;

    assert_true(read_line(
        round, " { \"body\" : \"\\ud83d\\ude00\\/\" , \"target\" : \"/x\" ,\t"
               "\"headers\" : [ [ \"A\" , \"b\" ] ] , \"verb\" : \"HEAD\" , "
               "\"kind\":\"cut_short\",\"id\" : 3 } "));
    assert_number(round->entry.id, 3);
    assert_number(round->entry.input.request.verb, VERB_HEAD);
    assert_bytes(round->entry.input.request.body,
                 round->entry.input.request.body_length, "\xf0\x9f\x98\x80/");
    assert_string_equal(round->entry.input.request.headers[0].value, "b");
}

#define ADD(function) add_test_with(&list, function, setup, teardown)

int main(void)
{
    struct test_list list = {.count = 0};

    ADD(a_request_comes_back);
    ADD(what_a_request_lacks_its_copy_lacks);
    ADD(what_is_text_is_text_in_the_line);
    ADD(no_id_and_no_time_are_left_out);
    ADD(an_entry_is_added_behind_what_is_there);
    ADD(the_others_come_back);
    ADD(an_outcome_comes_back);
    ADD(a_scenario_comes_back);
    add_rows(&list, is_refused, refused_rows);
    ADD(order_and_blanks_do_not_count);
    return run_list("log_entry", &list);
}
