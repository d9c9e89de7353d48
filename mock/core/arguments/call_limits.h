/* How much of a call is read before it is refused. */
#ifndef SLACKMOCK_CALL_LIMITS_H
#define SLACKMOCK_CALL_LIMITS_H

#include <stddef.h>

struct call_limits {
    size_t arguments;  /* those of query and body; each part of a multipart */
    size_t json_depth; /* arrays and objects within one another */
};

#define CALL_ARGUMENTS_DEFAULT  1000
#define CALL_JSON_DEPTH_DEFAULT 64

#define CALL_LIMITS_DEFAULT                                                    \
    {                                                                          \
        .arguments = CALL_ARGUMENTS_DEFAULT,                                   \
        .json_depth = CALL_JSON_DEPTH_DEFAULT                                  \
    }

#endif
