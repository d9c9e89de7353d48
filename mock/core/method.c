/* The list of methods. */
#include "method.h"

#include <string.h>

#include "methods/methods.h"

static const struct method *const methods[] = {
    &method_oauth_v2_exchange, &method_oauth_v2_access, &method_auth_test,
    &method_auth_revoke,       &method_apps_uninstall,
};

const struct method *method_find(const char *name)
{
    size_t number;

    for (number = 0; number < sizeof methods / sizeof *methods; number++)
        if (strcmp(methods[number]->name, name) == 0)
            return methods[number];
    return NULL;
}

size_t method_names(const char **names, size_t most)
{
    size_t number;

    for (number = 0; number < sizeof methods / sizeof *methods && number < most;
         number++)
        names[number] = methods[number]->name;
    return number;
}
