/* Lists are short: a name is looked for from the start each time. */
#include "tokens/scope.h"

#include <string.h>

#include "base/buffer.h"

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
