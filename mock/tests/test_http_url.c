/* Which URLs events may have, and how URLs are split. */
#include <string.h>

#include "check.h"
#include "message/http_url.h"

struct row {
    const char *name;
    const char *text;
    const char *host; /* NULL: it is refused */
    int port;
    const char *path;
};

static struct row rows[] = {
    {"host, port and path", "http://127.0.0.1:3000/slack/events?a=b",
     "127.0.0.1", 3000, "/slack/events?a=b"},
    {"no port", "http://localhost/x", "localhost", 80, "/x"},
    {"no path", "http://localhost:1", "localhost", 1, ""},
    {"large letters", "HTTP://LocalHost:1/X", "localhost", 1, "/X"},
    {"an IPv6 address", "http://[::1]:8080/", "::1", 8080, "/"},
    {"an IPv6 address without a port", "http://[::1]/", "::1", 80, "/"},
    {"https", "https://127.0.0.1/", NULL, 0, NULL},
    {"another scheme", "gopher://127.0.0.1/", NULL, 0, NULL},
    {"no scheme", "127.0.0.1:3000", NULL, 0, NULL},
    {"two slashes alone", "//127.0.0.1/", NULL, 0, NULL},
    {"no host", "http:///x", NULL, 0, NULL},
    {"a user", "http://127.0.0.1@evil.example/", NULL, 0, NULL},
    {"a user and a password", "http://a:b@127.0.0.1/", NULL, 0, NULL},
    {"a backslash", "http://127.0.0.1\\@evil.example/", NULL, 0, NULL},
    {"a fragment", "http://evil.example#127.0.0.1/", NULL, 0, NULL},
    {"a blank", "http://127.0.0.1/a b", NULL, 0, NULL},
    {"a line end", "http://127.0.0.1/a\r\nX: y", NULL, 0, NULL},
    {"a query without a path", "http://evil.example?127.0.0.1", NULL, 0, NULL},
    {"an escaped host", "http://%31%32%37.0.0.1/", NULL, 0, NULL},
    {"a port too large", "http://127.0.0.1:65536/", NULL, 0, NULL},
    {"a byte beyond ASCII", "http://127.0.0.1/\xc3\xa9", NULL, 0, NULL},
};

static void it_is_read(void **state)
{
    const struct row *row = *state;
    struct http_url url;
    const char *wanted = http_url_parse(row->text, &url);

    if (!row->host) {
        assert_non_null(wanted);
        return;
    }
    assert_null(wanted);
    assert_string_equal(url.host, row->host);
    assert_number(url.port, row->port);
    assert_string_equal(url.path, row->path);
}

struct authority_row {
    const char *name; /* the target */
    const char *host; /* NULL: there is none */
    int port;
};

static struct authority_row authority_rows[] = {
    {"http://slack.com/api/", "slack.com", 80},
    {"HTTP://Slack.COM:8080", "slack.com", 8080},
    {"https://slack.com?x=/", "slack.com", 443},
    {"http://[::1]:1/x", "::1", 1},
    {"http://[::1]/x", "::1", 80},
    {"http://slack.com#@evil.test/", "slack.com", 80},
    {"http://slack.com@evil.test/", NULL, 0},
    {"http://slack.com:80@evil.test/", NULL, 0},
    {"http://slack.com\\@evil.test/", NULL, 0},
    {"http:///x", NULL, 0},
    {"ftp://slack.com/", NULL, 0},
    {"slack.com:80", NULL, 0},
    {"/api/", NULL, 0},
};

static void a_target_has_an_authority(void **state)
{
    const struct authority_row *row = *state;
    struct authority_form form;

    assert_number(http_url_authority(row->name, &form), row->host != NULL);
    if (!row->host)
        return;
    assert_string_equal(form.host, row->host);
    assert_number(form.port, row->port);
}

int main(void)
{
    struct test_list list = {.count = 0};

    add_rows(&list, it_is_read, rows);
    add_rows(&list, a_target_has_an_authority, authority_rows);
    return run_list("http url", &list);
}
