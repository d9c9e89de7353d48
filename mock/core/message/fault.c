/* The table of faults. */
#include "message/fault.h"

const struct fault faults[FAULT_COUNT] = {
    {.name = "reset",
     .replaces_call = true,
     .share = SHARE_NOTHING,
     .course = COURSE_RESET},
    {.name = "close",
     .replaces_call = true,
     .share = SHARE_NOTHING,
     .course = COURSE_CLOSE},
    {.name = "truncate",
     .replaces_call = true,
     .share = SHARE_HALF_OF_BODY,
     .course = COURSE_CLOSE},
    {.name = "stall",
     .replaces_call = true,
     .share = SHARE_NOTHING,
     .course = COURSE_STALL},
    {.name = "dribble", .course = COURSE_DRIBBLE},
    {.name = "garbage",
     .replaces_call = true,
     .body = "%% slackmock: this is not JSON %%"},
};
