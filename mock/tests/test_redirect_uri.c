/* Which redirect URIs there can be, and which of them a configured one allows.
 */
#include <string.h>

#include "check.h"
#include "message/redirect_uri.h"

struct kind_row {
    const char *name; /* the URI */
    enum redirect_kind kind;
};

static struct kind_row kinds[] = {
    {"https://example.com/cb", REDIRECT_HTTPS},
    {"HTTPS://example.com", REDIRECT_HTTPS},
    {"http://localhost:3000/cb", REDIRECT_LOOPBACK},
    {"http://127.0.0.1/cb?x=1", REDIRECT_LOOPBACK},
    {"http://[::1]:8080/", REDIRECT_LOOPBACK},
    {"http://example.com/cb", REDIRECT_HTTP},
    {"http://localhost.example.com/", REDIRECT_HTTP},
    {"myapp://callback", REDIRECT_CUSTOM},
    {"com.example.app:/callback", REDIRECT_CUSTOM},
    {"", REDIRECT_INVALID},
    {"/cb", REDIRECT_INVALID},
    {"//evil.example/cb", REDIRECT_INVALID},
    {"https:evil.example", REDIRECT_INVALID},
    {"https:///evil.example", REDIRECT_INVALID},
    {"https://user@example.com/", REDIRECT_INVALID},
    {"https://example.com@evil.example/", REDIRECT_INVALID},
    {"https://example.com\\@evil.example/", REDIRECT_INVALID},
    {"https://example.com/cb#x", REDIRECT_INVALID},
    {"https://example.com/a/../b", REDIRECT_INVALID},
    {"https://example.com/a/..", REDIRECT_INVALID},
    {"https://example.com/a/%2e%2e/b", REDIRECT_INVALID},
    {"https://example.com/a%2fb", REDIRECT_INVALID},
    {"https://example.com/a%5Cb", REDIRECT_INVALID},
    {"https://example.com/a%0d%0ab", REDIRECT_INVALID},
    {"https://example.com/a%zz", REDIRECT_INVALID},
    {"https://example.com/a%2", REDIRECT_INVALID},
    {"https://example.com/a b", REDIRECT_INVALID},
    {"https://example.com/\r\nX: y", REDIRECT_INVALID},
    {"https://ex\xc3\xa4mple.com/", REDIRECT_INVALID},
    {"https://example.com:0/", REDIRECT_INVALID},
    {"https://example.com:65536/", REDIRECT_INVALID},
    {"https://example.com:80x/", REDIRECT_INVALID},
    {"https://[::1/", REDIRECT_INVALID},
    {"javascript:alert(1)", REDIRECT_INVALID},
    {"JavaScript://x/%0aalert(1)", REDIRECT_INVALID},
    {"data:text/html,x", REDIRECT_INVALID},
    {"myapp:", REDIRECT_INVALID},
    {"1app://x", REDIRECT_INVALID},
};

static void the_kind_of_a_redirect_uri(void **state)
{
    const struct kind_row *row = *state;

    assert_number(redirect_uri_kind(row->name, strlen(row->name)), row->kind);
}

struct match_row {
    const char *name; /* the URI that is asked for */
    const char *configured;
    bool allowed;
};

#define DOCUMENTED "https://example.com/path"

static struct match_row matches[] = {
    {"https://example.com/path", DOCUMENTED, true},
    {"https://example.com/path/subdir/other", DOCUMENTED, true},
    {"https://example.com/path/", DOCUMENTED, true},
    {"https://example.com/path?x=1", DOCUMENTED, true},
    {"https://EXAMPLE.com/path", DOCUMENTED, true},
    {"https://example.com:443/path", DOCUMENTED, true},
    {"http://example.com/path", DOCUMENTED, false},
    {"https://example.com/bar", DOCUMENTED, false},
    {"https://example.com/", DOCUMENTED, false},
    {"https://example.com:8080/path", DOCUMENTED, false},
    {"https://other.com/path", DOCUMENTED, false},
    {"https://sub.example.com/path", DOCUMENTED, false},
    {"https://example.com/pathology", DOCUMENTED, false},
    {"https://example.com/Path", DOCUMENTED, false},
    {"https://example.com/path/../bar", DOCUMENTED, false},
    {"https://example.com/path#x", DOCUMENTED, false},
    {"https://example.com.evil.example/path", DOCUMENTED, false},
    {"https://example.com/any", "https://example.com", true},
    {"https://example.com/cb/x", "https://example.com/cb/", true},
    {"https://example.com/cb", "https://example.com/cb/", true},
    {"https://example.com/cb?a=1", "https://example.com/cb?a=1", true},
    {"https://example.com/cb?a=1&b", "https://example.com/cb?a=1", false},
    {"https://example.com/cb", "https://example.com/cb?a=1", false},
    {"http://localhost:3000/cb", "http://localhost:3001/cb", false},
    {"http://127.0.0.1:3000/cb", "http://localhost:3000/cb", false},
    {"myapp://callback", "myapp://callback", true},
    {"myapp://callback/x", "myapp://callback", false},
    {"myapp:", "myapp:", false},
};

static void what_a_configured_uri_allows(void **state)
{
    const struct match_row *row = *state;

    assert_number(
        redirect_uri_matches(row->configured, row->name, strlen(row->name)),
        row->allowed);
}

static void a_nul_is_no_part_of_a_redirect_uri(void **state)
{
    (void)state;
    assert_number(redirect_uri_kind("https://example.com/\0x", 22),
                  REDIRECT_INVALID);
}

static void only_web_addresses_of_this_machine_are_local(void **state)
{
    (void)state;
    assert_true(redirect_uri_is_local("http://localhost:1/x", 20));
    assert_true(redirect_uri_is_local("https://127.0.0.9/x", 19));
    assert_false(redirect_uri_is_local("https://example.com", 19));
    assert_false(redirect_uri_is_local("myapp://localhost", 17));
}

int main(void)
{
    struct test_list list = {.count = 0};

    add_rows(&list, the_kind_of_a_redirect_uri, kinds);
    add_rows(&list, what_a_configured_uri_allows, matches);
    add_test(&list, a_nul_is_no_part_of_a_redirect_uri);
    add_test(&list, only_web_addresses_of_this_machine_are_local);
    return run_list("redirect URIs", &list);
}
