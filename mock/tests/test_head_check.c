/* Heads that libevent takes and slackmock does not, and heads that are fine. */
#include <string.h>

#include "check.h"
#include "head_check.h"

struct row {
    const char *name;
    const char *fields;
    const char *problem; /* NULL: the head is fine */
};

static struct row rows[] = {
    {"no field at all", "", NULL},
    {"a usual head", "Host: a\r\nContent-Length: 3\r\nA-b: \t c d \xe9\r\n",
     NULL},
    {"a chunked body", "transfer-encoding:  Chunked \r\n", NULL},
    {"the same length twice", "Content-Length: 3\r\nContent-length:3\r\n",
     NULL},
    {"a bare LF", "A: b\n", "a line that does not end in CR LF"},
    {"a bare CR", "A: b\rc\r\n", "a control byte in the head"},
    {"a control byte", "A: \x01\r\n", "a control byte in the head"},
    {"a folded field", "A: b\r\n c\r\n",
     "a header field folded over two lines"},
    {"a line without a colon", "A\r\n", "a header field without a colon"},
    {"a blank before the colon", "A : b\r\n",
     "a header field whose name is not a token"},
    {"an empty name", ": b\r\n", "a header field whose name is not a token"},
    {"two lengths that differ", "Content-Length: 3\r\nContent-Length: 4\r\n",
     "two Content-Lengths that differ"},
    {"a signed length", "Content-Length: +3\r\n",
     "a Content-Length that is no number"},
    {"a negative length", "Content-Length: -3\r\n",
     "a Content-Length that is no number"},
    {"a list of lengths", "Content-Length: 3, 3\r\n",
     "a Content-Length that is no number"},
    {"an empty length", "Content-Length:\r\n",
     "a Content-Length that is no number, or too large a one"},
    {"a huge length", "Content-Length: 9999999999999999\r\n",
     "a Content-Length that is no number, or too large a one"},
    {"a length and chunks",
     "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n",
     "both Content-Length and Transfer-Encoding"},
    {"another encoding", "Transfer-Encoding: gzip, chunked\r\n",
     "a Transfer-Encoding other than chunked"},
    {"chunks twice",
     "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
     "a Transfer-Encoding other than chunked"},
};

static void it_is_judged(void **state)
{
    const struct row *row = *state;
    char head[256] = "GET / HTTP/1.1\r\n";
    const char *problem;

    strncat(head, row->fields, sizeof head - strlen(head) - 3);
    strncat(head, "\r\n", 3);
    problem = head_check(head, strlen(head));
    assert_string_equal(problem ? problem : "fine",
                        row->problem ? row->problem : "fine");
}

static void a_nul_is_a_control_byte(void **state)
{
    static const char head[] = "GET / HTTP/1.1\r\nA: b\0c\r\n\r\n";

    (void)state;
    assert_string_equal(head_check(head, sizeof head - 1),
                        "a control byte in the head");
}

static void a_last_line_with_a_bare_lf_is_refused(void **state)
{
    static const char head[] = "GET / HTTP/1.1\r\nA: b\r\n\n";

    (void)state;
    assert_string_equal(head_check(head, sizeof head - 1),
                        "a line that does not end in CR LF");
}

static void an_empty_line_may_come_first(void **state)
{
    static const char head[] = "\r\nGET / HTTP/1.1\r\nA: b\r\n\r\n";

    (void)state;
    assert_null(head_check(head, sizeof head - 1));
}

int main(void)
{
    struct test_list list = {.count = 0};

    add_rows(&list, it_is_judged, rows);
    add_test(&list, a_nul_is_a_control_byte);
    add_test(&list, a_last_line_with_a_bare_lf_is_refused);
    add_test(&list, an_empty_line_may_come_first);
    return run_list("head_check", &list);
}
