/*
 * Where scenarios come from: files, and those compiled into the program.
 */
#ifndef SLACKMOCK_SCENARIO_FILE_H
#define SLACKMOCK_SCENARIO_FILE_H

#include <stdbool.h>
#include <stddef.h>

#include "scenario/scenario_load.h"

struct scenario_files {
    size_t size_most; /* bytes in each */
    /* No pipes and devices: a running server cannot wait for what they hold. */
    bool are_regular;
};

/*
 * A scenario_find whose context is a struct scenario_files. The name on the
 * command line is a path, or a shipped scenario if there is no such file. A
 * name in `extends` is a shipped scenario, or a path that starts with
 * ./ or ../ and goes from the folder of the file that names it.
 */
int scenario_file_find(void *context, const char *name, const char *named_by,
                       struct scenario_text *text, struct buffer *why);

#endif
