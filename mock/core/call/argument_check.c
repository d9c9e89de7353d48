/*
 * Values come as texts, or from JSON: clients spell arrays as JSON or as texts
 * with commas, and booleans in four ways.
 */
#include "call/argument_check.h"

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "arguments/call_limits.h"
#include "arguments/json_arguments.h"
#include "base/text.h"
#include "call/call.h"
#include "message/method_facts.h"
#include "json/json_text.h"

struct check {
    const struct call *call;
    struct json_writer *writer; /* NULL: they are counted alone */
    size_t count;
};

static const char *const type_words[] = {
    [ARGUMENT_STRING] = "a string", [ARGUMENT_BOOLEAN] = "a boolean",
    [ARGUMENT_NUMBER] = "a number", [ARGUMENT_INTEGER] = "a number",
    [ARGUMENT_ARRAY] = "an array",  [ARGUMENT_OBJECT] = "an object",
    [ARGUMENT_ANY] = "a string",
};

static bool is_boolean(const struct argument *argument)
{
    static const char *const words[] = {"true", "false", "1", "0"};
    size_t number;

    for (number = 0; number < sizeof words / sizeof *words; number++)
        if (text_equals_ignore_case(argument->value, argument->value_length,
                                    words[number]))
            return true;
    return false;
}

static const char *skip_digits(const char *text)
{
    return text + strspn(text, "0123456789");
}

/* As JSON spells it; a NUL stands after the value. */
static bool is_number(const struct argument *argument)
{
    const char *start = argument->value + (*argument->value == '-');
    const char *end = skip_digits(start);

    if (end == start)
        return false;
    if (*end == '.')
        end = skip_digits(end + 1);
    return end == argument->value + argument->value_length;
}

static bool is_json(const struct call *call, const struct argument *argument,
                    char opening)
{
    struct json_syntax_error error;
    cJSON *tree;

    if (*argument->value != opening)
        return false;
    if (argument->is_structure)
        return true;
    tree = json_text_parse(argument->value, argument->value_length,
                           call->limits->json_depth, &error);
    cJSON_Delete(tree);
    return tree != NULL;
}

/* Of several values with commas between, each may be anything. */
static bool is_array(const struct call *call, const struct argument *argument)
{
    if (!argument->is_structure && *argument->value != '[')
        return true;
    return is_json(call, argument, '[');
}

/* An empty value is for the check that reads it. */
static bool has_type(const struct call *call, const struct argument *argument,
                     enum argument_type type)
{
    if (!argument->value_length)
        return true;
    switch (type) {
    case ARGUMENT_STRING:
        return !argument->is_structure;
    case ARGUMENT_BOOLEAN:
        return is_boolean(argument);
    case ARGUMENT_NUMBER:
    case ARGUMENT_INTEGER:
        return is_number(argument);
    case ARGUMENT_ARRAY:
        return is_array(call, argument);
    case ARGUMENT_OBJECT:
        return is_json(call, argument, '{');
    case ARGUMENT_ANY:
        break;
    }
    return true;
}

static void say_absent(struct check *check, const char *name)
{
    char message[128];

    check->count++;
    if (!check->writer)
        return;
    snprintf(message, sizeof message, "[ERROR] missing required field: %s",
             name);
    json_write_text(check->writer, NULL, message);
}

static void say_mistyped(struct check *check, const char *name,
                         enum argument_type type)
{
    char message[128];

    check->count++;
    if (!check->writer)
        return;
    snprintf(message, sizeof message,
             "[ERROR] must provide %s [json-pointer:/%s]", type_words[type],
             name);
    json_write_text(check->writer, NULL, message);
}

/* Null is no value, but Slack names it otherwise than an absent one. */
static bool came_as_null(const struct call *call, const char *name)
{
    const struct request *request = call->sent.request;

    return call->sent.content_type.media == MEDIA_JSON &&
           request->verb == VERB_POST && call->sent.facts->takes_json &&
           json_arguments_have_null(request->body, request->body_length,
                                    call->sent.content_type.charset,
                                    call->limits->json_depth, name);
}

static void check_required(struct check *check)
{
    const struct method_facts *facts = check->call->sent.facts;
    const uint16_t *member = &method_lists[facts->required];

    for (; *member; member++) {
        const char *name = method_text(*member);

        if (!call_lacks(check->call, name))
            continue;
        if (came_as_null(check->call, name))
            say_mistyped(
                check, name,
                (enum argument_type)method_facts_argument(facts, name));
        else
            say_absent(check, name);
    }
}

/* Some methods have an error of their own for a limit that is no number. */
static bool judges_itself(const struct method_facts *facts, const char *name)
{
    return strcmp(name, "limit") == 0 &&
           method_facts_has_error(facts, slack_error_name(SLACK_INVALID_LIMIT));
}

static void check_types(struct check *check)
{
    const struct arguments *arguments = check->call->sent.arguments;
    const struct method_facts *facts = check->call->sent.facts;
    size_t number;

    for (number = 0; number < arguments->count; number++) {
        const struct argument *argument = &arguments->list[number];
        unsigned type = method_facts_argument(facts, argument->name);

        if (type &&
            !has_type(check->call, argument, (enum argument_type)type) &&
            !judges_itself(facts, argument->name) &&
            arguments_find(arguments, argument->name) == argument)
            say_mistyped(check, argument->name, (enum argument_type)type);
    }
}

static size_t check_all(struct check check)
{
    check_required(&check);
    check_types(&check);
    return check.count;
}

size_t argument_check(const struct call *call)
{
    return check_all((struct check){call, NULL, 0});
}

void argument_check_write(const struct call *call, struct json_writer *writer)
{
    (void)check_all((struct check){call, writer, 0});
}
