/* The first line of a log, and who may go on with it. */
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "entrance/log_head.h"

#define SCENARIO "{\"apps\":[{\"id\":\"A1\",\"name\":\"x\"}],\"seed\":1}"

static const struct log_head whole = {
    .format = LOG_FORMAT,
    .time = INT64_C(1767225600000),
    .entropy = UINT64_C(0x0123456789abcdef),
    .salt = UINT64_C(0xfedcba9876543210),
    .options = {{"journal", 1000}, {"max-body", 5}},
    .option_count = 2,
    .scenario = SCENARIO,
    .scenario_length = sizeof SCENARIO - 1,
    .snapshot_lines = 3,
    .snapshot_last_id = 9,
    .snapshot_time = INT64_C(1767225601000),
};

static void a_head_comes_back(void **state)
{
    struct buffer line = BUFFER_INIT;
    struct buffer why = BUFFER_INIT;
    struct log_head head;

    (void)state;
    log_head_write(&whole, &line);
    assert_number(strncmp(line.data, LOG_HEAD_START, strlen(LOG_HEAD_START)),
                  0);
    assert_true(log_head_read(line.data, line.length, &head, &why));
    assert_false(log_head_differs(&head, &whole, &why));
    assert_true(head.entropy == whole.entropy);
    assert_true(head.salt == whole.salt);
    assert_number(head.time, whole.time);
    assert_number(head.snapshot_lines, 3);
    assert_number(head.snapshot_last_id, 9);
    assert_number(head.snapshot_time, whole.snapshot_time);
    buffer_free(&line);
    buffer_free(&why);
}

static struct shown difference(const struct log_head *own)
{
    struct buffer why = BUFFER_INIT;
    struct shown shown = {""};

    if (log_head_differs(&whole, own, &why))
        shown_add(&shown, buffer_text(&why), why.length);
    buffer_free(&why);
    return shown;
}

static void other_options_are_named(void **state)
{
    struct log_head own = whole;

    (void)state;
    own.options[1].value = 6;
    assert_string_equal(difference(&own).text,
                        "it began with --max-body 5, and this server has 6");
    own.options[1].name = "max-new";
    assert_string_equal(
        difference(&own).text,
        "it began with --max-new unknown, and this server has 6");
}

/* One of them gives id_tokens, and the other does not. */
static void another_build_is_told(void **state)
{
    struct log_head own = whole;
    struct log_head head = whole;
    struct buffer why = BUFFER_INIT;

    (void)state;
    head.options[head.option_count++] = (struct log_option){LOG_OPTION_TLS, 1};
    own.options[own.option_count++] = (struct log_option){LOG_OPTION_TLS, 0};
    assert_true(log_head_differs(&head, &own, &why));
    assert_string_equal(why.data, "it began with a slackmock that was built "
                                  "with TLS, and this one was built without");
    buffer_free(&why);
}

static void a_redacted_copy_is_for_replay_alone(void **state)
{
    struct log_head head = whole;
    struct log_head own = whole;
    struct buffer why = BUFFER_INIT;

    (void)state;
    head.is_redacted = own.is_redacted = true;
    assert_false(log_head_differs(&head, &own, &why));
    assert_true(log_head_differs(&head, &whole, &why));
    assert_string_equal(why.data, "it is a redacted copy, which is for "
                                  "`slackmock replay` alone");
    buffer_free(&why);
}

static struct shown other_scenario(const struct log_head *own)
{
    struct buffer why = BUFFER_INIT;
    struct shown shown = {""};

    if (log_head_has_other_scenario(&whole, own, &why))
        shown_add(&shown, buffer_text(&why), why.length);
    buffer_free(&why);
    return shown;
}

#define GOES_ON "; without a SCENARIO its own goes on"

static void another_scenario_is_shown_its_place(void **state)
{
    static const char other[] =
        "{\"apps\":[{\"id\":\"A1\",\"name\":\"y\"}],\"seed\":1}";
    struct log_head own = whole;

    (void)state;
    own.scenario = other;
    assert_string_equal(other_scenario(&own).text,
                        "it began with another scenario, which differs in "
                        "$.apps[0].name" GOES_ON);
    assert_string_equal(difference(&own).text, "");
    own.scenario =
        "{\"apps\":[{\"id\":\"A1\",\"name\":\"x\"}],\"s\":[],\"seed\":1}";
    own.scenario_length = strlen(own.scenario);
    assert_string_equal(
        other_scenario(&own).text,
        "it began with another scenario, which differs in $.s" GOES_ON);
    assert_string_equal(other_scenario(&whole).text, "");
}

static void another_format_is_told_though_nothing_else_is_known(void **state)
{
    char line[] = "{\"slackmock_log\":99,\"colour\":[";
    struct buffer why = BUFFER_INIT;
    struct log_head head;

    (void)state;
    assert_true(log_head_read(line, strlen(line), &head, &why));
    assert_true(log_head_differs(&head, &whole, &why));
    assert_non_null(strstr(buffer_text(&why), "its format is 99"));
    buffer_free(&why);
}

/* Its entries stand there otherwise than in a file. */
static void the_head_of_a_stream_is_another_one(void **state)
{
    struct log_head stream = whole;
    struct buffer line = BUFFER_INIT;
    struct buffer why = BUFFER_INIT;
    struct log_head head;

    (void)state;
    stream.format = LOG_STREAM_FORMAT;
    log_head_write(&stream, &line);
    assert_true(log_head_read(line.data, line.length, &head, &why));
    assert_false(log_head_differs(&head, &stream, &why));
    assert_number(head.option_count, 2);
    assert_true(log_head_differs(&head, &whole, &why));
    assert_non_null(strstr(buffer_text(&why), "its format is 3, and"));
    buffer_free(&line);
    buffer_free(&why);
}

static void what_is_no_head_is_refused(void **state)
{
    static const char *const lines[] = {
        "",
        "hello",
        "{\"id\":1}",
        "{\"slackmock_log\":2}",
        "{\"slackmock_log\":2,\"x\":1}",
        "{\"slackmock_log\":2,\"entropy\":\"x\"}"};

    (void)state;
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        struct buffer line = BUFFER_INIT;
        struct buffer why = BUFFER_INIT;
        struct log_head head;
        bool is_read, says_why;

        buffer_add_text(&line, lines[i]);
        is_read = log_head_read(line.data, line.length, &head, &why);
        says_why = why.length > 0;
        buffer_free(&line);
        buffer_free(&why);
        assert_false(is_read);
        assert_true(says_why);
    }
}

int main(void)
{
    struct test_list list = {.count = 0};

    add_test(&list, a_head_comes_back);
    add_test(&list, other_options_are_named);
    add_test(&list, another_build_is_told);
    add_test(&list, a_redacted_copy_is_for_replay_alone);
    add_test(&list, another_scenario_is_shown_its_place);
    add_test(&list, another_format_is_told_though_nothing_else_is_known);
    add_test(&list, the_head_of_a_stream_is_another_one);
    add_test(&list, what_is_no_head_is_refused);
    return run_list("log_head", &list);
}
