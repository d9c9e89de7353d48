/*
 * The shape that a reply to any call has.
 */
#ifndef SLACKMOCK_FUZZ_REPLY_CHECK_H
#define SLACKMOCK_FUZZ_REPLY_CHECK_H

#include <stdbool.h>

struct cJSON;
struct reply;

/*
 * Ends the process if the reply has not that shape. Its body, to be deleted by
 * the caller; NULL for a preflight, which has none.
 */
struct cJSON *reply_check(const struct reply *reply, bool is_preflight);

#endif
