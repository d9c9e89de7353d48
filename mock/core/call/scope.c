/* Scopes as they are granted, needed and shown. */
#include "call/scope.h"

#include <string.h>

#include "base/text.h"

static bool is_granted(const char *granted, const char *scope)
{
    size_t length;

    for (; *granted; granted += length + (granted[length] == ',')) {
        length = strcspn(granted, ",");
        if (text_equals(granted, length, scope))
            return true;
    }
    return false;
}

bool scope_has_any(const char *granted, const struct text_list *scopes)
{
    size_t number;

    for (number = 0; number < scopes->count; number++)
        if (is_granted(granted, scopes->texts[number]))
            return true;
    return false;
}

void scope_join(const struct text_list *scopes, struct buffer *joined)
{
    size_t number;

    for (number = 0; number < scopes->count; number++)
        buffer_printf(joined, "%s%s", number ? "," : "", scopes->texts[number]);
}
