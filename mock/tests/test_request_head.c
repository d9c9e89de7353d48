/* Where a request's head ends, and what stands in it. */
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "check.h"
#include "message/request_head.h"

struct length_row {
    const char *name;
    const char *bytes;
    size_t wanted;
};

static struct length_row length_rows[] = {
    {"nothing has no end", "", 0},
    {"a request line is no head", "GET / HTTP/1.1\r\n", 0},
    {"an empty line ends it", "GET / HTTP/1.1\r\n\r\nbody", 18},
    {"bare LFs end lines too", "GET / HTTP/1.1\na: b\n\nbody", 21},
    {"line ends may be mixed", "GET / HTTP/1.1\n\r\n", 17},
    {"a CR alone ends no line", "GET / HTTP/1.1\r\n\r", 0},
    {"the first empty line counts", "G\n\n\n\n", 3},
};

/* Each in a block of its own length, so that reading beyond it is found. */
static void finds_length(void **state)
{
    const struct length_row *row = *state;
    size_t length = strlen(row->bytes);
    char *bytes = xmalloc(length);
    size_t found;

    memcpy(bytes, row->bytes, length);
    found = request_head_length(bytes, length, 0);
    free(bytes);
    assert_number(found, row->wanted);
}

static void finds_an_end_that_came_in_pieces(void **state)
{
    const char *bytes = "G\r\n\r\n";

    (void)state;
    for (size_t searched = 0; searched < 5; searched++)
        assert_number(request_head_length(bytes, 5, searched), 5);
}

struct head_row {
    const char *name;
    const char *bytes;
    const char *wanted; /* verb|target|name=value|... */
};

static struct shown show_head(const char *bytes, size_t length)
{
    struct request_head head = request_head_parse(bytes, length);
    struct shown shown = {""};

    shown_add(&shown, head.verb, strlen(head.verb));
    shown_add(&shown, "|", 1);
    shown_add(&shown, head.target, strlen(head.target));
    for (size_t i = 0; i < head.header_count; i++) {
        shown_add(&shown, "|", 1);
        shown_add(&shown, head.headers[i].name, strlen(head.headers[i].name));
        shown_add(&shown, "=", 1);
        shown_add(&shown, head.headers[i].value, strlen(head.headers[i].value));
    }
    request_head_free(&head);
    return shown;
}

static struct head_row head_rows[] = {
    {"verb, target and fields",
     "POST /api/auth.test?x=y HTTP/1.1\r\nHost: here\r\nA:b:c\r\n\r\n",
     "POST|/api/auth.test?x=y|Host=here|A=b:c"},
    {"blanks around a value do not count", "GET / HTTP/1.1\na: \t b c \t\r\n\n",
     "GET|/|a=b c"},
    {"a value may be empty", "GET / HTTP/1.1\r\na:\r\nb: \r\n\r\n",
     "GET|/|a=|b="},
    {"a folded field is one", "GET / HTTP/1.1\r\na: b\r\n c\r\n\td\r\ne: f\r\n",
     "GET|/|a=b   c  \\x09d|e=f"},
    {"a line without a colon is left out", "GET / HTTP/1.1\r\nabc\r\nd: e\r\n",
     "GET|/|d=e"},
    {"a cut head has what it has", "GET / HTTP/1.1\r\na: b\r\nc: d",
     "GET|/|a=b|c=d"},
    {"a target may hold spaces", "GET /a b HTTP/1.1\r\n\r\n", "GET|/a b"},
    {"a line without a version", "GET /", "GET|/"},
    {"a verb alone", "GET\r\n", "GET|"},
    {"nothing at all", "", "|"},
    {"an empty line at once", "\r\n\r\n", "|"},
};

static void reads_head(void **state)
{
    const struct head_row *row = *state;

    assert_string_equal(show_head(row->bytes, strlen(row->bytes)).text,
                        row->wanted);
}

static void a_nul_ends_its_own_string_alone(void **state)
{
    (void)state;
    assert_string_equal(show_head("GET / HTTP/1.1\na: b\0c\nd: e\n", 27).text,
                        "GET|/|a=b|d=e");
}

static void a_head_is_read_in_the_memory_of_an_earlier_one(void **state)
{
    static const char longer[] = "GET /longer HTTP/1.1\r\na: 1\r\nb: 2\r\n"
                                 "c: 3\r\nd: 4\r\ne: 5\r\nf: 6\r\ng: 7\r\n"
                                 "h: 8\r\ni: 9\r\n\r\n";
    static const char shorter[] = "PUT / HTTP/1.1\r\nj: 10\r\n\r\n";
    struct request_head head = {.header_count = 0};

    (void)state;
    request_head_read(&head, longer, sizeof longer - 1);
    assert_number(head.header_count, 9);
    request_head_read(&head, shorter, sizeof shorter - 1);
    assert_number(head.header_count, 1);
    assert_string_equal(head.verb, "PUT");
    assert_string_equal(head.target, "/");
    assert_string_equal(head.headers[0].name, "j");
    assert_string_equal(head.headers[0].value, "10");
    request_head_free(&head);
}

static void a_target_that_comes_in_pieces_is_measured(void **state)
{
    static const char head[] = "GET /api/x?y HTTP/1.1\r\n";
    char come[sizeof head] = "";
    struct target_scan scan = {0};

    (void)state;
    for (size_t i = 0; i + 1 < sizeof head; i++) {
        size_t length;

        come[i] = head[i];
        length = target_scan_length(&scan, come, i + 1);
        assert_number(length, i < 4 ? 0 : i < 12 ? i - 3 : 8);
    }
}

/* A blank where it has looked before would be the end if it looked again. */
static void a_target_is_looked_at_once(void **state)
{
    char come[] = "GET /abcdef";
    struct target_scan scan = {0};

    (void)state;
    assert_number(target_scan_length(&scan, come, sizeof come - 1), 7);
    come[6] = ' ';
    assert_number(target_scan_length(&scan, come, sizeof come - 1), 7);
}

static void a_verb_is_looked_at_once(void **state)
{
    char come[] = "GETGETGET /abc";
    struct target_scan scan = {0};

    (void)state;
    come[9] = '\0';
    assert_number(target_scan_length(&scan, come, 9), 0);
    come[3] = ' ';
    come[9] = ' ';
    assert_number(target_scan_length(&scan, come, sizeof come - 1), 4);
}

int main(void)
{
    struct test_list list = {.count = 0};

    add_rows(&list, finds_length, length_rows);
    add_test(&list, finds_an_end_that_came_in_pieces);
    add_rows(&list, reads_head, head_rows);
    add_test(&list, a_nul_ends_its_own_string_alone);
    add_test(&list, a_head_is_read_in_the_memory_of_an_earlier_one);
    add_test(&list, a_target_that_comes_in_pieces_is_measured);
    add_test(&list, a_target_is_looked_at_once);
    add_test(&list, a_verb_is_looked_at_once);
    return run_list("request_head", &list);
}
