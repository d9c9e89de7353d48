/*
 * The list of a call's arguments. Names and values stand in an arena, name
 * before value: a hostile body can hold half a million of them.
 */
#include "arguments/arguments.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "base/xalloc.h"

#define NAME_MAX_BYTES 255
#define CAPACITY_KEPT  1024

static void make_room(struct arguments *arguments)
{
    if (arguments->count < arguments->capacity)
        return;
    arguments->capacity = arguments->capacity ? arguments->capacity * 2 : 8;
    arguments->list = xreallocarray(arguments->list, arguments->capacity,
                                    sizeof *arguments->list);
}

/* Copies bytes to where they are to stay, a NUL after them. */
static void place(char *to, const char *bytes, size_t length)
{
    if (length)
        memcpy(to, bytes, length);
    to[length] = '\0';
}

struct argument *arguments_add(struct arguments *arguments, const char *name,
                               size_t name_length, const char *value,
                               size_t value_length)
{
    char *block =
        arena_bytes(&arguments->texts, name_length + 1 + value_length + 1);
    struct argument *argument;

    place(block, name, name_length);
    place(block + name_length + 1, value, value_length);
    make_room(arguments);
    argument = &arguments->list[arguments->count++];
    *argument = (struct argument){.name = block,
                                  .name_length = name_length,
                                  .value = block + name_length + 1,
                                  .value_length = value_length};
    return argument;
}

static bool is_named(const struct argument *argument, const char *name,
                     size_t length)
{
    return argument->name_length == length &&
           memcmp(argument->name, name, length) == 0;
}

const struct argument *arguments_find(const struct arguments *arguments,
                                      const char *name)
{
    const size_t length = strlen(name);

    for (size_t i = arguments->count; i > 0; i--) {
        const struct argument *argument = &arguments->list[i - 1];

        if (is_named(argument, name, length))
            return argument;
    }
    return NULL;
}

bool arguments_in_query(const struct arguments *arguments, const char *name)
{
    const size_t length = strlen(name);

    for (size_t i = 0; i < arguments->count; i++) {
        const struct argument *argument = &arguments->list[i];

        if (argument->in_query && argument->value_length &&
            is_named(argument, name, length))
            return true;
    }
    return false;
}

static bool is_name_byte(char byte)
{
    return text_is_alphanumeric(byte) || byte == '_';
}

static bool is_well_named(const struct argument *argument)
{
    const char *bracket = memchr(argument->name, '[', argument->name_length);
    size_t length =
        bracket ? (size_t)(bracket - argument->name) : argument->name_length;

    if (length == 0 || argument->name_length > NAME_MAX_BYTES)
        return false;
    for (size_t i = 0; i < length; i++) {
        if (!is_name_byte(argument->name[i]))
            return false;
    }
    return true;
}

enum slack_error arguments_check(const struct arguments *arguments,
                                 bool takes_structures)
{
    enum slack_error error = SLACK_OK;

    for (size_t i = 0; i < arguments->count; i++) {
        const struct argument *argument = &arguments->list[i];

        if (!is_well_named(argument))
            return SLACK_INVALID_ARG_NAME;
        if ((argument->is_structure && !takes_structures) ||
            memchr(argument->name, '[', argument->name_length))
            error = SLACK_INVALID_ARRAY_ARG;
    }
    return error;
}

void arguments_clear(struct arguments *arguments)
{
    arguments->count = 0;
    arena_clear(&arguments->texts);
    if (arguments->capacity > CAPACITY_KEPT) {
        free(arguments->list);
        arguments->list = NULL;
        arguments->capacity = 0;
    }
}

void arguments_free(struct arguments *arguments)
{
    arena_free(&arguments->texts);
    free(arguments->list);
    *arguments = (struct arguments)ARGUMENTS_INIT;
}
