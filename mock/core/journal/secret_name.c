/*
 * Keeps the end of a name, however long the name is: its last word decides.
 */
#include "journal/secret_name.h"

#include <string.h>

#include "base/text.h"

static bool name_ends_with(const struct secret_name *name, const char *word)
{
    size_t length = strlen(word);
    size_t kept =
        name->length < SECRET_NAME_KEPT ? name->length : SECRET_NAME_KEPT;

    return kept >= length &&
           memcmp(name->end + kept - length, word, length) == 0;
}

enum secret_kind secret_name_kind(const struct secret_name *name)
{
    if (name->array)
        return name->array;
    if (name_ends_with(name, "secret") || name_ends_with(name, "token") ||
        (name->length == 4 && name_ends_with(name, "code")))
        return SECRET_ANY;
    if (name_ends_with(name, "verifier"))
        return SECRET_VERIFIER;
    return name_ends_with(name, "clientid") ? SECRET_CLIENT_ID : SECRET_NONE;
}

static void name_add(struct secret_name *name, char byte)
{
    if (name->has_ended)
        name->length = 0;
    name->has_ended = false;
    if (name->length >= SECRET_NAME_KEPT)
        memmove(name->end, name->end + 1, SECRET_NAME_KEPT - 1);
    name->end[name->length < SECRET_NAME_KEPT ? name->length
                                              : SECRET_NAME_KEPT - 1] =
        text_lower(byte);
    name->length++;
}

void secret_name_read(struct secret_name *name, char byte)
{
    if (text_is_alphanumeric(byte))
        name_add(name, byte);
    else if (byte != '-' && byte != '_' && byte != '.')
        name->has_ended = true;
    if (byte == '[')
        name->array = secret_name_kind(name);
    else if (byte == '=' || byte == '&')
        name->array = SECRET_NONE;
}

bool secret_name_is_any(const char *name, size_t length)
{
    struct secret_name read = {.length = 0};

    for (size_t place = 0; place < length; place++)
        secret_name_read(&read, name[place]);
    return secret_name_kind(&read) == SECRET_ANY;
}

static bool name_holds(const char *name, const char *word)
{
    const size_t length = strlen(word);

    for (; strlen(name) >= length; name++)
        if (text_equals_ignore_case(name, length, word))
            return true;
    return false;
}

bool secret_name_is_header(const char *name)
{
    static const char *const words[] = {"authorization", "cookie", "secret",
                                        "token"};

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (name_holds(name, words[i]))
            return true;
    return false;
}
