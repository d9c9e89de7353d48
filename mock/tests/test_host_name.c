/* Which hosts the mock stands for, and what a CONNECT names. */
#include <stdio.h>
#include <string.h>

#include "check.h"
#include "message/host_name.h"

#define LABEL "abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789"

struct kind_row {
    const char *host;
    const char *wanted;
};

static struct kind_row kind_rows[] = {
    {"slack.com", "slack"},
    {"files.slack.com", "slack"},
    {"a.b.slack-gov.com", "slack"},
    {"evilslack.com", "other"},
    {"slack.com.evil.example", "other"},
    {"com", "other"},
    {"", "other"},
    {"localhost", "loopback"},
    {"evil.localhost", "other"},
    {"127.0.0.1", "loopback"},
    {"127.255.255.254", "loopback"},
    {"128.0.0.1", "other"},
    {"127.0.0.256", "other"},
    {"127.0.0.0001", "other"},
    {"127.0.0.010", "other"}, /* octal to some */
    {"127.00.0.1", "other"},
    {"127.0.0.0", "loopback"},
    {"127.0.0", "other"},
    {"127.0.0.1.evil.example", "other"},
    {"127.0.0.1.", "other"},
    {"::1", "loopback"},
    {"::2", "other"},
};

static void a_host_is_of_a_kind(void **state)
{
    const struct kind_row *row = *state;
    const char *kind = host_name_is_slack(row->host)      ? "slack"
                       : host_name_is_loopback(row->host) ? "loopback"
                                                          : "other";

    assert_string_equal(kind, row->wanted);
}

struct form_row {
    const char *text;
    const char *wanted; /* host|port */
};

static struct form_row form_rows[] = {
    {"slack.com:443", "slack.com|443"},
    {"Slack.COM.:443", "slack.com|443"},
    {"127.0.0.1:65535", "127.0.0.1|65535"},
    {"[::1]:1", "::1|1"},
    {"[FE80::A]:80", "fe80::a|80"},
    {"slack.com", "none"},
    {"slack.com:", "none"},
    {"slack.com:0", "none"},
    {"slack.com:65536", "none"},
    {"slack.com:000443", "none"},
    {"slack.com:+443", "none"},
    {"slack.com:443/", "none"},
    {":443", "none"},
    {".:443", "none"},
    {"a..b:443", "none"},
    {".slack.com:443", "none"},
    {"user@slack.com:443", "none"},
    {"slack.com/:443", "none"},
    {"::1:443", "none"},
    {"[]:443", "none"},
    {"[slack.com]:443", "none"},
    {"[::1:443", "none"},
    {"[::1%eth0]:443", "none"},
    {LABEL ":1", "none"},
    {"", "none"},
};

static void an_authority_is_read(void **state)
{
    const struct form_row *row = *state;
    struct authority_form form;
    char found[HOST_NAME_SIZE + 8] = "none";

    if (authority_form_parse(row->text, &form))
        snprintf(found, sizeof found, "%s|%u", form.host, (unsigned)form.port);
    assert_string_equal(found, row->wanted);
}

static void the_longest_name_fits(void **state)
{
    char name[HOST_NAME_SIZE];
    char text[300];

    (void)state;
    memset(text, 'a', sizeof text);
    for (size_t i = 63; i < sizeof text; i += 64)
        text[i] = '.';
    assert_true(host_name_copy(name, text, 253));
    assert_int_equal(strlen(name), 253);
    assert_false(host_name_copy(name, text, 254));
    assert_false(host_name_copy(name, text, 290));
}

static void a_nul_is_no_end_of_a_name(void **state)
{
    char name[HOST_NAME_SIZE];

    (void)state;
    assert_false(host_name_copy(name, "slack.com\0.evil", 15));
}

int main(void)
{
    struct test_list list = {.count = 0};

    for (size_t i = 0; i < sizeof kind_rows / sizeof *kind_rows; i++)
        check_add_test(&list,
                       (struct CMUnitTest){.name = kind_rows[i].host,
                                           .test_func = a_host_is_of_a_kind,
                                           .initial_state = &kind_rows[i]});
    for (size_t i = 0; i < sizeof form_rows / sizeof *form_rows; i++)
        check_add_test(&list,
                       (struct CMUnitTest){.name = form_rows[i].text,
                                           .test_func = an_authority_is_read,
                                           .initial_state = &form_rows[i]});
    add_test(&list, the_longest_name_fits);
    add_test(&list, a_nul_is_no_end_of_a_name);
    return run_list("host_name", &list);
}
