/*
 * Points in time, in milliseconds since 1970 (UTC), as text.
 */
#ifndef SLACKMOCK_TIMESTAMP_H
#define SLACKMOCK_TIMESTAMP_H

#include <stddef.h>
#include <stdint.h>

#define TIMESTAMP_MAX INT64_C(253402300799999) /* the end of the year 9999 */

#define ISO_8601_SIZE  25 /* with the NUL */
#define HTTP_DATE_SIZE 30

/* 2026-01-01T00:00:00.000Z */
void timestamp_to_iso_8601(int64_t time, char text[ISO_8601_SIZE]);

/* Thu, 01 Jan 2026 00:00:00 GMT: IMF-fixdate, RFC 9110 5.6.7 */
void timestamp_to_http_date(int64_t time, char text[HTTP_DATE_SIZE]);

/* The date that was asked for last; zero it to begin with. */
struct http_date {
    int64_t second;
    char text[HTTP_DATE_SIZE];
};

/* The same text, written only once a second. It stays until the next call. */
const char *timestamp_http_date(struct http_date *last, int64_t time);

/*
 * Reads `YYYY-MM-DDTHH:MM:SSZ`, with a fraction of up to three digits or
 * without, from the years 1970 to 9999. Returns 0, or -1 for anything else.
 */
int timestamp_from_iso_8601(const char *text, int64_t *time);

#endif
