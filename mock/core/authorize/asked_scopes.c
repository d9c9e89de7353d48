/* Walks lists of words; a list holds no word twice. */
#include "authorize/asked_scopes.h"

#include <string.h>

#include "base/text.h"

#define SEPARATORS ", "

bool asked_scopes_next(const char **list, struct asked_scope *scope)
{
    *list += strspn(*list, SEPARATORS);
    scope->name = *list;
    scope->length = strcspn(*list, SEPARATORS);
    *list += scope->length;
    return scope->length > 0;
}

static bool is_there(const struct buffer *scopes, struct asked_scope wanted)
{
    const char *list = buffer_text(scopes);
    struct asked_scope scope;

    while (asked_scopes_next(&list, &scope))
        if (scope.length == wanted.length &&
            memcmp(scope.name, wanted.name, wanted.length) == 0)
            return true;
    return false;
}

void asked_scopes_add(struct buffer *scopes, const char *text)
{
    struct asked_scope scope;

    while (asked_scopes_next(&text, &scope)) {
        if (is_there(scopes, scope))
            continue;
        if (scopes->length)
            buffer_add_byte(scopes, ',');
        buffer_add(scopes, scope.name, scope.length);
    }
}

bool asked_scopes_have(const struct buffer *scopes, const char *name)
{
    return is_there(scopes, (struct asked_scope){name, strlen(name)});
}

bool asked_scope_is_word(struct asked_scope scope)
{
    size_t place;

    for (place = 0; place < scope.length; place++) {
        char byte = scope.name[place];

        if (!text_is_alphanumeric(byte) && !strchr("_.:-", byte))
            return false;
        if (byte >= 'A' && byte <= 'Z')
            return false;
    }
    return true;
}

bool asked_scope_is_listed(struct asked_scope scope,
                           const struct text_list *list)
{
    size_t number;

    for (number = 0; number < list->count; number++)
        if (text_equals(scope.name, scope.length, list->texts[number]))
            return true;
    return false;
}

bool asked_scope_is_openid(struct asked_scope scope)
{
    return text_equals(scope.name, scope.length, "openid") ||
           text_equals(scope.name, scope.length, "email") ||
           text_equals(scope.name, scope.length, "profile");
}

bool asked_scope_is_identity(struct asked_scope scope)
{
    return strncmp(scope.name, "identity.", strlen("identity.")) == 0;
}
