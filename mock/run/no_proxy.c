/*
 * Clients read an entry as a name and as the domain of names, with or without
 * `.` or `*.` before it and a port after.
 */
#include "no_proxy.h"

#include <stdbool.h>
#include <string.h>

#include "base/text.h"
#include "message/host_name.h"

#define SEPARATORS ", \t"

static const char *const own_names[] = {"localhost", "127.0.0.1", "::1"};

/* The name in an entry, in small letters; false if it cannot be one. */
static bool read_name(char name[HOST_NAME_SIZE], const char *entry,
                      size_t length)
{
    const char *colon = memchr(entry, ':', length);

    if (colon)
        length = (size_t)(colon - entry);
    while (length && (*entry == '*' || *entry == '.')) {
        entry++;
        length--;
    }
    return host_name_copy(name, entry, length);
}

/* `com` covers every name that ends so. */
static bool covers_slack(const char *entry, size_t length)
{
    char name[HOST_NAME_SIZE];

    if (text_equals(entry, length, "*"))
        return true;
    if (!read_name(name, entry, length))
        return false;
    return host_name_is_slack(name) || strcmp(name, "com") == 0;
}

static bool is_own(const char *entry, size_t length)
{
    for (size_t i = 0; i < sizeof own_names / sizeof own_names[0]; i++)
        if (text_equals_ignore_case(entry, length, own_names[i]))
            return true;
    return false;
}

static void add_entry(struct buffer *edited, const char *entry, size_t length)
{
    if (edited->length)
        buffer_add_byte(edited, ',');
    buffer_add(edited, entry, length);
}

void no_proxy_edit(struct buffer *edited, const char *list)
{
    const char *entry = list ? list : "";
    size_t length;

    for (; *(entry += strspn(entry, SEPARATORS)); entry += length) {
        length = strcspn(entry, SEPARATORS);
        if (!covers_slack(entry, length) && !is_own(entry, length))
            add_entry(edited, entry, length);
    }
    for (size_t i = 0; i < sizeof own_names / sizeof own_names[0]; i++)
        add_entry(edited, own_names[i], strlen(own_names[i]));
}
