/* Points in time, there and back, and the clock that runs on them. */
#include <stdio.h>

#include "base/timestamp.h"
#include "check.h"
#include "mock/clock.h"

struct row {
    const char *name;
    const char *iso_8601;
    int64_t time;
    const char *http_date;
};

static struct row rows[] = {
    {"the epoch", "1970-01-01T00:00:00.000Z", 0,
     "Thu, 01 Jan 1970 00:00:00 GMT"},
    {"the example of RFC 9110", "1994-11-06T08:49:37.000Z",
     INT64_C(784111777000), "Sun, 06 Nov 1994 08:49:37 GMT"},
    {"a leap day", "2000-02-29T23:59:59.999Z", INT64_C(951868799999),
     "Tue, 29 Feb 2000 23:59:59 GMT"},
    {"a century without a leap day", "2100-03-01T00:00:00.000Z",
     INT64_C(4107542400000), "Mon, 01 Mar 2100 00:00:00 GMT"},
    {"the end of a year", "2026-12-31T23:59:59.000Z", INT64_C(1798761599000),
     "Thu, 31 Dec 2026 23:59:59 GMT"},
    {"the last", "9999-12-31T23:59:59.999Z", TIMESTAMP_MAX,
     "Fri, 31 Dec 9999 23:59:59 GMT"},
};

static void it_goes_there_and_back(void **state)
{
    const struct row *row = *state;
    char text[ISO_8601_SIZE], date[HTTP_DATE_SIZE];
    int64_t time = -1;

    assert_number(timestamp_from_iso_8601(row->iso_8601, &time), 0);
    assert_number(time, row->time);
    timestamp_to_iso_8601(row->time, text);
    assert_string_equal(text, row->iso_8601);
    timestamp_to_http_date(row->time, date);
    assert_string_equal(date, row->http_date);
}

static struct row refused[] = {
    {.name = "no zone", .iso_8601 = "2026-01-01T00:00:00"},
    {.name = "another zone", .iso_8601 = "2026-01-01T00:00:00+01:00"},
    {.name = "no time", .iso_8601 = "2026-01-01"},
    {.name = "a day that is not there", .iso_8601 = "2026-02-29T00:00:00Z"},
    {.name = "month 13", .iso_8601 = "2026-13-01T00:00:00Z"},
    {.name = "hour 24", .iso_8601 = "2026-01-01T24:00:00Z"},
    {.name = "second 60", .iso_8601 = "2026-01-01T00:00:60Z"},
    {.name = "before the epoch", .iso_8601 = "1969-12-31T23:59:59Z"},
    {.name = "an empty fraction", .iso_8601 = "2026-01-01T00:00:00.Z"},
    {.name = "four digits of fraction",
     .iso_8601 = "2026-01-01T00:00:00.0000Z"},
    {.name = "one-digit month", .iso_8601 = "2026-1-01T00:00:00Z"},
    {.name = "something behind it", .iso_8601 = "2026-01-01T00:00:00Zx"},
    {.name = "nothing", .iso_8601 = ""},
};

static void it_is_refused(void **state)
{
    const struct row *row = *state;
    int64_t time;

    assert_number(timestamp_from_iso_8601(row->iso_8601, &time), -1);
}

static void one_digit_of_fraction_is_tenths(void **state)
{
    int64_t time;

    (void)state;
    assert_number(timestamp_from_iso_8601("1970-01-01T00:00:00.5Z", &time), 0);
    assert_number(time, 500);
}

static void a_clock_runs_beside_the_hosts(void **state)
{
    const struct clock running = {.start = 1000, .host_start = 50};
    const struct clock frozen = {
        .start = 1000, .host_start = 50, .frozen = true};

    (void)state;
    assert_number(clock_now(&running, 50), 1000);
    assert_number(clock_now(&running, 75), 1025);
    assert_number(clock_now(&frozen, 75), 1000);
}

static void the_last_date_stands_for_its_second(void **state)
{
    struct http_date last = {.second = 0};

    (void)state;
    assert_string_equal(timestamp_http_date(&last, 0),
                        "Thu, 01 Jan 1970 00:00:00 GMT");
    assert_string_equal(timestamp_http_date(&last, 1999),
                        "Thu, 01 Jan 1970 00:00:01 GMT");
    assert_string_equal(timestamp_http_date(&last, 1000),
                        "Thu, 01 Jan 1970 00:00:01 GMT");
    assert_string_equal(timestamp_http_date(&last, 999),
                        "Thu, 01 Jan 1970 00:00:00 GMT");
}

int main(void)
{
    struct test_list list = {.count = 0};

    add_rows(&list, it_goes_there_and_back, rows);
    add_rows(&list, it_is_refused, refused);
    add_test(&list, one_digit_of_fraction_is_tenths);
    add_test(&list, a_clock_runs_beside_the_hosts);
    add_test(&list, the_last_date_stands_for_its_second);
    return run_list("timestamp", &list);
}
