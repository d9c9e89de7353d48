/*
 * The bytes that stand in a JSON string for themselves.
 */
#ifndef SLACKMOCK_JSON_PLAIN_H
#define SLACKMOCK_JSON_PLAIN_H

#include <stddef.h>

/*
 * How many bytes from here on are printable ASCII, other than a quote and a
 * backslash.
 */
size_t json_plain_run(const char *bytes, size_t length);

#endif
