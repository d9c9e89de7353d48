/*
 * Reads JSON where it stands, value by value, without building a tree. Texts
 * are decoded in place: the bytes that are read are used up. What is read must
 * be as the caller expects it; after the first thing that is not, every
 * function here does nothing and returns nothing.
 */
#ifndef SLACKMOCK_JSON_SCAN_H
#define SLACKMOCK_JSON_SCAN_H

#include <stdbool.h>
#include <stddef.h>

struct json_scan {
    char *at;
    char *end;
    const char *problem; /* what was wanted; NULL while all is well */
};

/* Bytes that lend from what is scanned, and are closed by a NUL. */
struct scanned_text {
    char *bytes; /* never NULL */
    size_t length;
};

struct json_scan json_scan_begin(char *bytes, size_t length);

/* True if what comes next, behind blanks, begins with that byte. */
bool json_scan_sees(struct json_scan *scan, char byte);

/* Enters an object, `{`, or an array, `[`. */
void json_scan_enter(struct json_scan *scan, char bracket);

/*
 * True if a member follows, at which the scan stands then. `is_first` is the
 * caller's, true behind json_scan_enter(). At the end the scan has left the
 * object or the array.
 */
bool json_scan_next(struct json_scan *scan, bool *is_first);

/* The key of a member, up to its value. */
const char *json_scan_key(struct json_scan *scan);

/* \u0000 becomes a NUL. */
struct scanned_text json_scan_text(struct json_scan *scan);

/* A whole number. */
long long json_scan_integer(struct json_scan *scan);

bool json_scan_boolean(struct json_scan *scan);

/* Any value as it stands, not decoded; strictly checked it is not. */
struct scanned_text json_scan_value(struct json_scan *scan);

/* Nothing but blanks may follow. True if all was well. */
bool json_scan_end(struct json_scan *scan);

void json_scan_fail(struct json_scan *scan, const char *wanted);

#endif
