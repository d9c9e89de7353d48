/*
 * Chunked bodies, right and wrong, each as one piece and byte by byte. What
 * follows a body must be left alone: it is the next request.
 */
#include <string.h>

#include "check.h"
#include "message/chunk_check.h"

#define NO_SIZE  "a chunk size that is no hexadecimal number"
#define NO_DATA  "a chunk whose data is not as long as it says"
#define NO_FIELD "a trailer that is no header field"
#define CONTROL  "a control byte in a chunk's extension or a trailer"

struct row {
    const char *name;
    const char *body;
    const char *problem; /* NULL: it is fine */
};

static struct row rows[] = {
    {"no data", "0\r\n\r\n", NULL},
    {"two chunks", "3\r\nabc\r\n1\r\nd\r\n0\r\n\r\n", NULL},
    {"digits in both cases",
     "0a\r\n0123456789\r\n0A\r\n0123456789\r\n0\r\n\r\n", NULL},
    {"a last size of many zeros", "000\r\n\r\n", NULL},
    {"an extension", "3;a=b\r\nabc\r\n0;c=\"d;e\"\r\n\r\n", NULL},
    {"a blank behind the size", "3 \r\nabc\r\n0\t;a\r\n\r\n", NULL},
    {"trailers", "0\r\nA: b\r\nC:\td\r\n\r\n", NULL},
    {"what follows is not looked at", "0\r\n\r\n\1\n+x", NULL},
    {"data may be any bytes", "4\r\n\r\n\1\n\r\n0\r\n\r\n", NULL},
    {"no size", "\r\nabc\r\n", NO_SIZE},
    {"a sign", "+3\r\nabc\r\n", NO_SIZE},
    {"a minus", "-3\r\nabc\r\n", NO_SIZE},
    {"a prefix", "0x3\r\nabc\r\n", NO_SIZE},
    {"a blank before the size", " 3\r\nabc\r\n", NO_SIZE},
    {"another letter", "3g\r\nabc\r\n", NO_SIZE},
    {"a size that would wrap", "10000000000000003\r\nabc\r\n",
     "a chunk size of too many digits"},
    {"a size that ends in a bare LF", "3\nabc\r\n", NO_SIZE},
    {"a size that ends in a bare CR", "3\rabc\r\n",
     "a chunk size that does not end in CR LF"},
    {"a bare LF in an extension", "3;a\nabc\r\n", CONTROL},
    {"data longer than its size", "3\r\nabcd\r\n", NO_DATA},
    {"data that ends in a bare LF", "3\r\nabc\n", NO_DATA},
    {"data that ends in a bare CR", "3\r\nabc\r0\r\n", NO_DATA},
    {"a bare LF in a trailer", "0\r\nA: b\n\r\n", CONTROL},
    {"a trailer that ends in a bare CR", "0\r\nA: b\rC\r\n\r\n",
     "a trailer that does not end in CR LF"},
    {"a control byte in a trailer", "0\r\nA: \x7f\r\n\r\n", CONTROL},
    {"a trailer without a colon", "0\r\nA\r\n\r\n", NO_FIELD},
    {"a trailer without a name", "0\r\n: a\r\n\r\n", NO_FIELD},
    {"a blank before a trailer's colon", "0\r\nA : b\r\n\r\n", NO_FIELD},
    {"a folded trailer", "0\r\nA: b\r\n c\r\n\r\n", NO_FIELD},
    {"a body that ends in a bare LF", "0\r\n\n", NO_FIELD},
    {"a body that ends in a bare CR", "0\r\n\rx",
     "a trailer that does not end in CR LF"},
};

static const char *check_in_pieces(const char *body, size_t piece)
{
    struct chunk_check check = {0};
    const char *problem = NULL;
    size_t left = strlen(body);
    char bytes[64];

    while (!problem && left > 0) {
        size_t length = left < piece ? left : piece;

        memcpy(bytes, body, length);
        problem = chunk_check(&check, bytes, length);
        body += length;
        left -= length;
    }
    if (!problem && check.place != CHUNK_END)
        return "it has no end";
    return problem ? problem : "fine";
}

static void it_is_judged(void **state)
{
    const struct row *row = *state;
    const char *wanted = row->problem ? row->problem : "fine";

    for (size_t piece = 1; piece <= strlen(row->body); piece++)
        assert_string_equal(check_in_pieces(row->body, piece), wanted);
}

/* evhttp refuses an extension, and a server must ignore it. */
static void an_extension_is_cut_off(void **state)
{
    struct chunk_check check = {0};
    char bytes[] = "1;x\r\n;\r\n0\t;y\r\n\r\n1;z";

    (void)state;
    assert_null(chunk_check(&check, bytes, strlen(bytes)));
    assert_string_equal(bytes, "1 x\r\n;\r\n0 ;y\r\n\r\n1;z");
}

int main(void)
{
    struct test_list list = {.count = 0};

    add_rows(&list, it_is_judged, rows);
    add_test(&list, an_extension_is_cut_off);
    return run_list("chunk_check", &list);
}
