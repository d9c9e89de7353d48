/* Headers as they are looked up: by name in any case, and as lists of words. */
#include "check.h"
#include "message/request.h"

struct row {
    const char *name;
    const char *first; /* values of Connection, NULL: it is not there */
    const char *second;
    bool lists_close;
};

static struct row rows[] = {
    {"the word alone", "close", NULL, true},
    {"in capitals", "CLOSE", NULL, true},
    {"in a list", "TE, close", NULL, true},
    {"in a list without blanks", "close,TE", NULL, true},
    {"between empty elements", ", ,close,", NULL, true},
    {"in a second header", "keep-alive", "close", true},
    {"no header", NULL, NULL, false},
    {"an empty one", "", NULL, false},
    {"a part of a word", "closed, disclose", NULL, false},
};

static struct request request_of(const struct row *row,
                                 struct request_header headers[2])
{
    struct request request = {.headers = headers};

    if (row->first)
        headers[request.header_count++] =
            (struct request_header){"connection", row->first};
    if (row->second)
        headers[request.header_count++] =
            (struct request_header){"CONNECTION", row->second};
    return request;
}

static void it_is_looked_up(void **state)
{
    const struct row *row = *state;
    struct request_header headers[2];
    const struct request request = request_of(row, headers);

    assert_number(request_header_lists(&request, "Connection", "close"),
                  row->lists_close);
    assert_false(request_header_lists(&request, "Connect", "close"));
}

static void the_first_of_a_name_counts(void **state)
{
    const struct request_header headers[] = {
        {"Host", "a"}, {"X-A", "1"}, {"x-a", "2"}};
    const struct request request = {.headers = headers, .header_count = 3};

    (void)state;
    assert_string_equal(request_header(&request, "x-A"), "1");
    assert_null(request_header(&request, "x-b"));
}

int main(void)
{
    struct test_list list = {.count = 0};

    add_rows(&list, it_is_looked_up, rows);
    add_test(&list, the_first_of_a_name_counts);
    return run_list("request", &list);
}
