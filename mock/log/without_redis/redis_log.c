/* A program without hiredis has no log in Redis. */
#include "log/redis_log.h"

#include <stddef.h>

struct ordered_log *redis_log_open(const struct redis_log_options *options,
                                   struct log_start *start)
{
    (void)options;
    buffer_add_text(start->why, "this slackmock was built without Redis");
    return NULL;
}

const char *redis_library(void)
{
    return NULL;
}
