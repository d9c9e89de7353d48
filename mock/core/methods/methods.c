/* The table of the methods that have a file of their own. */
#include "methods/methods.h"

#include <string.h>

static const struct method *const methods[] = {
    &method_oauth_v2_exchange,
    &method_oauth_v2_access,
    &method_auth_test,
    &method_auth_revoke,
    &method_apps_uninstall,
    &method_auth_teams_list,
    &method_oauth_access,
    &method_oauth_v2_user_access,
    &method_openid_connect_token,
    &method_openid_connect_user_info,
    &method_tooling_tokens_rotate,
};

const struct method *method_find(const char *name)
{
    size_t number;

    for (number = 0; number < sizeof methods / sizeof *methods; number++)
        if (strcmp(methods[number]->name, name) == 0)
            return methods[number];
    return NULL;
}
