/* The list of the names. */
#include "message/method_names.h"

#include <string.h>

const char *const method_names[] = {
    METHOD_OAUTH_V2_EXCHANGE,
    METHOD_OAUTH_V2_ACCESS,
    METHOD_AUTH_TEST,
    METHOD_AUTH_REVOKE,
    METHOD_APPS_UNINSTALL,
    METHOD_AUTH_TEAMS_LIST,
    METHOD_OAUTH_ACCESS,
    METHOD_OAUTH_V2_USER_ACCESS,
    METHOD_OPENID_CONNECT_TOKEN,
    METHOD_OPENID_CONNECT_USER_INFO,
    METHOD_TOOLING_TOKENS_ROTATE,
};

const size_t method_name_count = sizeof method_names / sizeof *method_names;

bool method_name_is_known(const char *name)
{
    size_t number;

    for (number = 0; number < method_name_count; number++)
        if (strcmp(method_names[number], name) == 0)
            return true;
    return false;
}
