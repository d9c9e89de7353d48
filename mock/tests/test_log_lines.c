/* A text is cut into its lines, each closed by a NUL. */
#include <string.h>

#include "check.h"
#include "entrance/log_lines.h"

/* Wants these lines of a text, each with a bar behind it. */
static void assert_lines(const char *text, const char *wanted)
{
    char copy[64];
    struct shown shown = {""};
    struct log_lines lines;
    size_t length = strlen(text);

    assert_true(length < sizeof copy);
    memcpy(copy, text, length + 1);
    lines = log_lines_of(copy, length);
    while (lines.has_more) {
        const char *line = log_lines_next(&lines, &length);

        assert_number(length, strlen(line));
        shown_add(&shown, line, length);
        shown_add(&shown, "|", 1);
    }
    assert_string_equal(shown.text, wanted);
}

static void one_line_has_no_end(void **state)
{
    (void)state;
    assert_lines("one", "one|");
}

static void each_end_is_followed_by_a_line(void **state)
{
    (void)state;
    assert_lines("one\ntwo\nthree", "one|two|three|");
    assert_lines("one\n", "one||");
    assert_lines("\n\ntwo", "||two|");
}

static void nothing_is_an_empty_line(void **state)
{
    (void)state;
    assert_lines("", "|");
}

static void a_nul_is_no_end(void **state)
{
    char text[] = "a\0b\nc";
    struct log_lines lines = log_lines_of(text, sizeof text - 1);
    size_t length;

    (void)state;
    assert_ptr_equal(log_lines_next(&lines, &length), text);
    assert_number(length, 3);
    assert_string_equal(log_lines_next(&lines, &length), "c");
    assert_number(length, 1);
    assert_false(lines.has_more);
}

int main(void)
{
    struct test_list list = {.count = 0};

    add_test(&list, one_line_has_no_end);
    add_test(&list, each_end_is_followed_by_a_line);
    add_test(&list, nothing_is_an_empty_line);
    add_test(&list, a_nul_is_no_end);
    return run_list("log_lines", &list);
}
