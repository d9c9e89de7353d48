/* Lists are short: a name is looked for from the start each time. */
#include "tokens/scope.h"

#include <string.h>

const char *scope_text(const char *scope)
{
    return scope ? scope : "";
}

static bool has(const char *scope, const char *name, size_t length)
{
    while (*scope) {
        size_t own = strcspn(scope, ",");

        if (own == length && memcmp(scope, name, length) == 0)
            return true;
        scope += own + (scope[own] == ',');
    }
    return false;
}

bool scope_includes(const char *scope, const char *name)
{
    return !scope || has(scope, name, strlen(name));
}

char *scope_union(const char *scope, const char *other)
{
    struct buffer sum = BUFFER_INIT;

    if (!scope || !other)
        return NULL;
    buffer_add_text(&sum, scope);
    while (*other) {
        size_t length = strcspn(other, ",");

        if (length && !has(buffer_text(&sum), other, length)) {
            if (sum.length)
                buffer_add_byte(&sum, ',');
            buffer_add(&sum, other, length);
        }
        other += length + (other[length] == ',');
    }
    return buffer_take(&sum);
}

bool scope_has_any(const char *scope, const struct text_list *names)
{
    size_t number;

    if (!scope)
        return true;
    for (number = 0; number < names->count; number++)
        if (has(scope, names->texts[number], strlen(names->texts[number])))
            return true;
    return false;
}

void scope_join(const struct text_list *names, struct buffer *joined)
{
    size_t number;

    for (number = 0; number < names->count; number++)
        buffer_printf(joined, "%s%s", number ? "," : "", names->texts[number]);
}
