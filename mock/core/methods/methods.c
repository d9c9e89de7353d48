/* The table of the methods that have a file of their own. */
#include "methods/methods.h"

#include <string.h>

#include "message/method_facts.h"

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

const struct method *method_of_facts(const struct method_facts *facts)
{
    if (strcmp(method_facts_name(facts), method_api_test.name) == 0)
        return &method_api_test;
    return facts->tokens ? &method_data : &method_open_data;
}
