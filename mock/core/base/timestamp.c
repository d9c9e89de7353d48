/*
 * Civil dates from and to milliseconds. Days are counted in the proleptic
 * Gregorian calendar, as both ISO 8601 and HTTP want it.
 */
#include "base/timestamp.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#define DAY_MS                (24 * 60 * 60 * INT64_C(1000))
#define LEAP_DAYS_BEFORE_1970 477 /* 1969 / 4 - 1969 / 100 + 1969 / 400 */

struct civil {
    int year, month, day; /* month and day from 1 */
    int hour, minute, second, millisecond;
    int weekday; /* 0 is Sunday */
};

static bool is_leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int64_t month_length(int year, int month)
{
    static const int lengths[] = {31, 28, 31, 30, 31, 30,
                                  31, 31, 30, 31, 30, 31};

    return lengths[month - 1] + (month == 2 && is_leap(year));
}

/* Days from 1970-01-01 to the first day of that year. */
static int64_t days_to_year(int year)
{
    int64_t before = year - 1;
    int64_t leap_days = before / 4 - before / 100 + before / 400;

    return (before - 1969) * 365 + leap_days - LEAP_DAYS_BEFORE_1970;
}

static struct civil to_civil(int64_t time)
{
    int64_t days = time / DAY_MS;
    int rest = (int)(time % DAY_MS);
    struct civil civil = {.month = 1};

    civil.millisecond = rest % 1000;
    civil.second = rest / 1000 % 60;
    civil.minute = rest / 60000 % 60;
    civil.hour = rest / 3600000;
    civil.weekday = (int)((days + 4) % 7); /* 1970-01-01 was a Thursday */
    civil.year = (int)(1970 + days / 366); /* never too late */
    while (days_to_year(civil.year + 1) <= days)
        civil.year++;
    days -= days_to_year(civil.year);
    while (days >= month_length(civil.year, civil.month))
        days -= month_length(civil.year, civil.month++);
    civil.day = (int)days + 1;
    return civil;
}

/* Out-of-range times show as the nearest end of the range. */
static int64_t clamp(int64_t time)
{
    if (time < 0)
        return 0;
    return time > TIMESTAMP_MAX ? TIMESTAMP_MAX : time;
}

static char *put_number(char *text, int number, int digits)
{
    int digit;

    for (digit = digits - 1; digit >= 0; digit--) {
        text[digit] = (char)('0' + number % 10);
        number /= 10;
    }
    return text + digits;
}

static char *put_text(char *text, const char *word)
{
    size_t length = strlen(word);

    memcpy(text, word, length);
    return text + length;
}

static char *put_clock_time(char *text, const struct civil *civil)
{
    text = put_number(text, civil->hour, 2);
    text = put_number(put_text(text, ":"), civil->minute, 2);
    return put_number(put_text(text, ":"), civil->second, 2);
}

void timestamp_to_iso_8601(int64_t time, char text[ISO_8601_SIZE])
{
    struct civil civil = to_civil(clamp(time));

    text = put_number(text, civil.year, 4);
    text = put_number(put_text(text, "-"), civil.month, 2);
    text = put_number(put_text(text, "-"), civil.day, 2);
    text = put_clock_time(put_text(text, "T"), &civil);
    text = put_number(put_text(text, "."), civil.millisecond, 3);
    *put_text(text, "Z") = '\0';
}

void timestamp_to_http_date(int64_t time, char text[HTTP_DATE_SIZE])
{
    static const char *const days[] = {"Sun, ", "Mon, ", "Tue, ", "Wed, ",
                                       "Thu, ", "Fri, ", "Sat, "};
    static const char *const months[] = {" Jan ", " Feb ", " Mar ", " Apr ",
                                         " May ", " Jun ", " Jul ", " Aug ",
                                         " Sep ", " Oct ", " Nov ", " Dec "};
    struct civil civil = to_civil(clamp(time));

    text = put_text(text, days[civil.weekday]);
    text = put_number(text, civil.day, 2);
    text = put_text(text, months[civil.month - 1]);
    text = put_number(text, civil.year, 4);
    text = put_clock_time(put_text(text, " "), &civil);
    *put_text(text, " GMT") = '\0';
}

const char *timestamp_http_date(struct http_date *last, int64_t time)
{
    const int64_t second = clamp(time) / 1000;

    if (second != last->second || !*last->text) {
        last->second = second;
        timestamp_to_http_date(time, last->text);
    }
    return last->text;
}

/* Takes exactly `digits` digits; -1 if they are not there. */
static int take_number(const char **text, int digits)
{
    int number = 0;

    while (digits-- > 0) {
        if (**text < '0' || **text > '9')
            return -1;
        number = number * 10 + *(*text)++ - '0';
    }
    return number;
}

static bool take_byte(const char **text, char byte)
{
    if (**text != byte)
        return false;
    (*text)++;
    return true;
}

static int take_fraction(const char **text)
{
    int milliseconds = 0;
    int unit;

    if (**text < '0' || **text > '9')
        return -1;
    for (unit = 100; unit && **text >= '0' && **text <= '9'; unit /= 10)
        milliseconds += unit * (*(*text)++ - '0');
    return milliseconds;
}

static bool in_range(const struct civil *civil)
{
    return civil->year >= 1970 && civil->month >= 1 && civil->month <= 12 &&
           civil->day >= 1 &&
           civil->day <= month_length(civil->year, civil->month) &&
           civil->hour >= 0 && civil->hour <= 23 && civil->minute >= 0 &&
           civil->minute <= 59 && civil->second >= 0 && civil->second <= 59 &&
           civil->millisecond >= 0;
}

int timestamp_from_iso_8601(const char *text, int64_t *time)
{
    struct civil civil = {0};
    int64_t days;
    int month;

    civil.year = take_number(&text, 4);
    civil.month = take_byte(&text, '-') ? take_number(&text, 2) : -1;
    civil.day = take_byte(&text, '-') ? take_number(&text, 2) : -1;
    civil.hour = take_byte(&text, 'T') ? take_number(&text, 2) : -1;
    civil.minute = take_byte(&text, ':') ? take_number(&text, 2) : -1;
    civil.second = take_byte(&text, ':') ? take_number(&text, 2) : -1;
    if (take_byte(&text, '.'))
        civil.millisecond = take_fraction(&text);
    if (!in_range(&civil) || strcmp(text, "Z") != 0)
        return -1;
    days = days_to_year(civil.year) + civil.day - 1;
    for (month = 1; month < civil.month; month++)
        days += month_length(civil.year, month);
    *time = days * DAY_MS + civil.hour * INT64_C(3600000) +
            civil.minute * INT64_C(60000) + civil.second * INT64_C(1000) +
            civil.millisecond;
    return 0;
}
