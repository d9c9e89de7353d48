/* Heads that libevent takes and slackmock does not, and heads that are fine. */
#include <stdio.h>
#include <string.h>

#include "check.h"
#include "message/head_check.h"

#define BAD_LINE    "a request line that is not VERB TARGET HTTP/1.1"
#define BAD_VERSION "a version other than HTTP/1.0 and HTTP/1.1"
#define BODY        "a body, which HEAD and TRACE do not have"
#define BAD_TARGET  "a target that is neither a path nor a URL"

struct row {
    const char *name;
    const char *fields;  /* or a whole head but for its empty line */
    const char *problem; /* NULL: the head is fine */
};

static struct row fields[] = {
    {"no field at all", "", NULL},
    {"a usual head", "Content-Length: 3\r\nA-b: \t c d \xe9\r\n", NULL},
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

/* All of a head but the empty line at its end. */
static struct row heads[] = {
    {"a path", "GET /a?b=c HTTP/1.1\r\nHost: a\r\n", NULL},
    {"an absolute target", "GET HTTP://a/b HTTP/1.1\r\nHost: a\r\n", NULL},
    {"an absolute target of https", "GET https://a HTTP/1.1\r\nHost: a\r\n",
     NULL},
    {"the server as target", "OPTIONS * HTTP/1.1\r\nHost: a\r\n", NULL},
    {"an authority as target", "CONNECT a:1 HTTP/1.1\r\nHost: a\r\n", NULL},
    {"an empty line first", "\r\nGET / HTTP/1.1\r\nHost: a\r\n", NULL},
    {"a version still to come", "GET / HTTP/1.7\r\nHost: a\r\n", NULL},
    {"an old version wants no host", "GET / HTTP/1.0\r\n", NULL},
    {"an empty host", "GET / HTTP/1.1\r\nHost:\r\n", NULL},
    {"no version", "GET /\r\n", BAD_LINE},
    {"no target", "GET HTTP/1.1\r\nHost: a\r\n", BAD_LINE},
    {"a verb that is no token", "G@T / HTTP/1.1\r\nHost: a\r\n", BAD_LINE},
    {"a blank at the start", " GET / HTTP/1.1\r\nHost: a\r\n", BAD_LINE},
    {"a blank at the end", "GET / HTTP/1.1 \r\nHost: a\r\n", BAD_VERSION},
    {"HTTP/2.0", "GET / HTTP/2.0\r\nHost: a\r\n", BAD_VERSION},
    {"HTTP/0.9", "GET / HTTP/0.9\r\nHost: a\r\n", BAD_VERSION},
    {"HTTP/1.10", "GET / HTTP/1.10\r\nHost: a\r\n", BAD_VERSION},
    {"a lower-case version", "GET / http/1.1\r\nHost: a\r\n", BAD_VERSION},
    {"a star for another verb", "GET * HTTP/1.1\r\nHost: a\r\n", BAD_TARGET},
    {"two blanks", "GET  / HTTP/1.1\r\nHost: a\r\n", BAD_TARGET},
    {"a blank in the target", "GET /a b HTTP/1.1\r\nHost: a\r\n", BAD_TARGET},
    {"a relative target", "GET a/b HTTP/1.1\r\nHost: a\r\n", BAD_TARGET},
    {"another scheme", "GET ftp://a/b HTTP/1.1\r\nHost: a\r\n", BAD_TARGET},
    {"no host", "GET / HTTP/1.1\r\n", "no Host header"},
    {"two hosts", "GET / HTTP/1.1\r\nHost: a\r\nhost: a\r\n",
     "two Host headers"},
    {"a list of hosts", "GET / HTTP/1.1\r\nHost: a,b\r\n",
     "a Host header that is no host"},
    {"HEAD without a body", "HEAD / HTTP/1.1\r\nHost: a\r\n", NULL},
    {"HEAD with a body of no bytes",
     "HEAD / HTTP/1.1\r\nHost: a\r\nContent-Length: 00\r\n", NULL},
    {"HEAD with a body", "HEAD / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n",
     BODY},
    {"HEAD with chunks",
     "HEAD / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n", BODY},
    {"TRACE with a body",
     "TRACE / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n", BODY},
    {"chunks in HTTP/1.0", "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n",
     "a Transfer-Encoding, which HTTP/1.0 does not have"},
};

static void check_head(const struct row *row, const char *start)
{
    char head[256] = "";
    const char *problem;
    bool is_chunked;

    (void)snprintf(head, sizeof head, "%s%s\r\n", start, row->fields);
    problem = head_check(head, strlen(head), &is_chunked);
    assert_string_equal(problem ? problem : "fine",
                        row->problem ? row->problem : "fine");
}

static void its_fields_are_judged(void **state)
{
    check_head(*state, "GET / HTTP/1.1\r\nHost: a\r\n");
}

static void it_is_judged(void **state)
{
    check_head(*state, "");
}

static void chunks_are_told_of(void **state)
{
    static const char plain[] = "POST / HTTP/1.1\r\nHost: a\r\n\r\n";
    static const char chunked[] =
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
    bool is_chunked = true;

    (void)state;
    assert_null(head_check(plain, sizeof plain - 1, &is_chunked));
    assert_false(is_chunked);
    assert_null(head_check(chunked, sizeof chunked - 1, &is_chunked));
    assert_true(is_chunked);
}

static void a_nul_is_a_control_byte(void **state)
{
    static const char head[] = "GET / HTTP/1.1\r\nA: b\0c\r\n\r\n";
    bool is_chunked;

    (void)state;
    assert_string_equal(head_check(head, sizeof head - 1, &is_chunked),
                        "a control byte in the head");
}

static void a_last_line_with_a_bare_lf_is_refused(void **state)
{
    static const char head[] = "GET / HTTP/1.1\r\nA: b\r\n\n";
    bool is_chunked;

    (void)state;
    assert_string_equal(head_check(head, sizeof head - 1, &is_chunked),
                        "a line that does not end in CR LF");
}

/* Eight bytes are looked at together, and the last of a line are fewer. */
static void a_control_byte_is_found_wherever_it_stands(void **state)
{
    char head[64];
    bool is_chunked;

    (void)state;
    for (int length = 1; length <= 18; length++)
        for (int place = 0; place < length; place++) {
            char *byte = head + strlen("GET / HTTP/1.0\r\nA:") + place;
            size_t size =
                (size_t)snprintf(head, sizeof head,
                                 "GET / HTTP/1.0\r\nA:%0*d\r\n\r\n", length, 0);

            *byte = '\t';
            assert_null(head_check(head, size, &is_chunked));
            *byte = '\x7f';
            assert_string_equal(head_check(head, size, &is_chunked),
                                "a control byte in the head");
        }
}

int main(void)
{
    struct test_list list = {.count = 0};

    add_rows(&list, its_fields_are_judged, fields);
    add_rows(&list, it_is_judged, heads);
    add_test(&list, chunks_are_told_of);
    add_test(&list, a_nul_is_a_control_byte);
    add_test(&list, a_last_line_with_a_bare_lf_is_refused);
    add_test(&list, a_control_byte_is_found_wherever_it_stands);
    return run_list("head_check", &list);
}
