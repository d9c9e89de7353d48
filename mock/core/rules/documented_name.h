/*
 * The names that Slack documents: a rule may force no other error or warning,
 * unless it says that it means to.
 */
#ifndef SLACKMOCK_DOCUMENTED_NAME_H
#define SLACKMOCK_DOCUMENTED_NAME_H

#include <stdbool.h>

#include "json/json_fields.h"

enum documented_kind {
    DOCUMENTED_ERROR,
    DOCUMENTED_WARNING,
    DOCUMENTED_WEBHOOK_ERROR /* whatever the glob */
};

/*
 * Reports a name that is documented neither of all methods nor of one that the
 * glob matches (NULL: of any), with the nearest that is.
 */
void documented_name_check(const struct json_reader *reader,
                           const struct json_path *path, const char *glob,
                           enum documented_kind kind, const char *name);

#endif
