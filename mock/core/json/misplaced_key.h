/*
 * Keys that are right in another place of the format.
 */
#ifndef SLACKMOCK_MISPLACED_KEY_H
#define SLACKMOCK_MISPLACED_KEY_H

#include <stdbool.h>

struct json_path;
struct json_reader;

/*
 * Notes where the key that ends the path belongs: beside one of those that lead
 * to it, the nearest, else at the first place that the reader's format has for
 * it; `nearest` is the known key of this place that it may be a slip of, or
 * NULL. False if it has none, or another kind of object in this very place has
 * it.
 */
bool json_report_misplaced(const struct json_reader *reader,
                           const struct json_path *path, const char *nearest);

#endif
