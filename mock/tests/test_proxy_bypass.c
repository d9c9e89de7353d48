/* Which hosts NO_PROXY keeps from a proxy. */
#include <string.h>

#include "check.h"
#include "front/proxy_bypass.h"
#include "message/host_name.h"

struct row {
    const char *name;
    const char *list; /* NULL: it is not set */
    const char *target;
    bool is_covered;
};

static struct row rows[] = {
    {"no list", NULL, "example.com:443", false},
    {"an empty list", "", "example.com:443", false},
    {"separators alone", " ,\t, ", "example.com:443", false},
    {"everything", "*", "example.com:443", true},
    {"a name", "example.com", "example.com:443", true},
    {"a name in capitals", "Example.COM", "example.com:443", true},
    {"below a name", "example.com", "www.example.com:443", true},
    {"a name that another one ends in", "example.com", "badexample.com:443",
     false},
    {"above a name", "www.example.com", "example.com:443", false},
    {"a dot before the name", ".example.com", "www.example.com:443", true},
    {"a star before the name", "*.example.com", "a.b.example.com:443", true},
    {"a dot alone", ".", "example.com:443", false},
    {"the second of two", "a.test, example.com", "example.com:443", true},
    {"parted by blanks", "a.test example.com", "example.com:443", true},
    {"with the port", "example.com:443", "example.com:443", true},
    {"with another port", "example.com:8443", "example.com:443", false},
    {"an address", "10.1.2.3", "10.1.2.3:443", true},
    {"an address with the port", "10.1.2.3:443", "10.1.2.3:443", true},
    {"an address with another port", "10.1.2.3:80", "10.1.2.3:443", false},
    {"the end of an address", "2.3", "10.1.2.3:443", false},
    {"a network", "10.0.0.0/8", "10.1.2.3:443", true},
    {"outside a network", "10.0.0.0/8", "11.1.2.3:443", false},
    {"within a byte", "10.1.2.128/25", "10.1.2.200:443", true},
    {"outside, by a bit", "10.1.2.128/25", "10.1.2.127:443", false},
    {"a network of all", "0.0.0.0/0", "10.1.2.3:443", true},
    {"a network that is none", "10.0.0.0/x", "10.1.2.3:443", false},
    {"a network too small", "10.1.2.3/33", "10.1.2.3:443", false},
    {"an IPv6 address", "::1", "[::1]:443", true},
    {"an IPv6 address, spelt longer", "0:0::1", "[::1]:443", true},
    {"an IPv6 address in brackets", "[::1]", "[::1]:443", true},
    {"an IPv6 address with the port", "[::1]:443", "[::1]:443", true},
    {"an IPv6 address with another port", "[::1]:80", "[::1]:443", false},
    {"an IPv6 network", "fd00::/8", "[fd12::1]:443", true},
    {"outside an IPv6 network", "fd00::/8", "[fe12::1]:443", false},
    {"a network of the other family", "0.0.0.0/0", "[::1]:443", false},
};

static void it_is_covered(void **state)
{
    const struct row *row = *state;
    struct authority_form target;

    assert_true(authority_form_parse(row->target, &target));
    assert_number(proxy_bypass_covers(row->list, &target), row->is_covered);
}

int main(void)
{
    struct test_list list = {.count = 0};

    add_rows(&list, it_is_covered, rows);
    return run_list("proxy_bypass", &list);
}
