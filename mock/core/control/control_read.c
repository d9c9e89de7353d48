/* Reads the body and the query of a control request. */
#include <cjson/cJSON.h>
#include <stdio.h>
#include <string.h>

#include "arguments/form.h"
#include "base/text.h"
#include "control/control_parts.h"
#include "mock/mock.h"
#include "json/json_text.h"

#define NUMBER_DIGITS_MAX 18

/* ---- body ---- */

static void refuse_syntax(struct control *control,
                          const struct json_syntax_error *error)
{
    char message[256];

    snprintf(message, sizeof message, "body:%zu:%zu: syntax error: %s",
             error->line, error->column, error->message);
    control_refuse(control, 400, "invalid_json", message);
}

bool control_read_body(struct control *control)
{
    const struct request *request = control->request;
    struct json_syntax_error error;

    control->body = json_text_parse_document(
        request->body, request->body_length,
        mock_limits(control->mock)->json_depth, &error);
    if (!control->body)
        refuse_syntax(control, &error);
    return control->body != NULL;
}

bool control_check_body(struct control *control)
{
    const struct request *request = control->request;
    struct json_syntax_error error;

    if (json_text_check_document(request->body, request->body_length,
                                 mock_limits(control->mock)->json_depth,
                                 &error))
        return true;
    refuse_syntax(control, &error);
    return false;
}

/* ---- query ---- */

/* `length` is that of the name as it came, which a NUL may be part of. */
static void check_query_name(struct control *control, const char *const *names,
                             const struct json_path *path, size_t length)
{
    const char *nearest;
    size_t count = 0;

    if (strlen(path->key) != length) {
        mistake(&control->mistakes, "query", path,
                "unknown; a NUL follows in its name");
        return;
    }
    for (; names[count]; count++)
        if (strcmp(names[count], path->key) == 0)
            return;
    nearest = text_nearest(path->key, names, count);
    mistake(&control->mistakes, "query", path, "unknown%s%s%s",
            nearest ? "; did you mean \"" : "", nearest ? nearest : "",
            nearest ? "\"?" : "");
}

/* From 0 on; -1 for what is no such number. */
static long long whole_number(const struct argument *argument)
{
    long long number = 0;
    size_t place;

    if (!argument->value_length || argument->value_length > NUMBER_DIGITS_MAX)
        return -1;
    for (place = 0; place < argument->value_length; place++) {
        char digit = argument->value[place];

        if (digit < '0' || digit > '9')
            return -1;
        number = number * 10 + (digit - '0');
    }
    return number;
}

static bool is_switch(const struct argument *argument)
{
    return text_equals(argument->value, argument->value_length, "0") ||
           text_equals(argument->value, argument->value_length, "1");
}

static void check_query_value(struct control *control,
                              const struct argument *argument,
                              const struct json_path *path)
{
    bool is_number =
        strcmp(path->key, "since") == 0 || strcmp(path->key, "limit") == 0;
    const char *wanted = NULL;
    cJSON *found;

    if (is_number && whole_number(argument) < 0)
        wanted = "a whole number";
    else if (strcmp(path->key, "secrets") == 0 && !is_switch(argument))
        wanted = "0 or 1";
    if (!wanted)
        return;
    found = cJSON_CreateStringReference(argument->value);
    mistake_found(&control->mistakes, "query", path, found, wanted);
    cJSON_Delete(found);
}

bool control_read_query(struct control *control, const char *const *names)
{
    const struct request *request = control->request;
    const struct json_path top = {0};
    size_t number;

    if (request->query && form_decode(request->query, request->query_length,
                                      CHARSET_UTF_8, &control->query) != 0) {
        control_refuse(control, 400, "invalid_query",
                       "the query does not parse");
        return false;
    }
    for (number = 0; number < control->query.count; number++) {
        const struct argument *argument = &control->query.list[number];
        const struct json_path path = {&top, argument->name, 0};

        check_query_name(control, names, &path, argument->name_length);
        check_query_value(control, argument, &path);
    }
    if (control->mistakes.count)
        control_refuse_mistakes(control);
    return !control->mistakes.count;
}

const struct argument *control_query_text(const struct control *control,
                                          const char *name)
{
    return arguments_find(&control->query, name);
}

long long control_query_number(const struct control *control, const char *name,
                               long long absent)
{
    const struct argument *argument = control_query_text(control, name);

    return argument ? whole_number(argument) : absent;
}
