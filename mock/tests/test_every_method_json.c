/*
 * Arguments of any method as JSON: what is null, or of a type that a form
 * cannot tell.
 */
#include <stdio.h>
#include <string.h>

#include "every_method.h"

static const char *call_with(struct life *life,
                             const struct method_facts *facts, const char *json)
{
    return life_call_json(life, method_facts_name(facts), token_for(facts),
                          json);
}

/* Those that read JSON, and take a token that the world has. */
static bool is_asked(const struct method_facts *facts)
{
    return facts->takes_json && (!facts->tokens || token_for(facts));
}

static const char *const wanted_words[] = {
    [ARGUMENT_STRING] = "a string", [ARGUMENT_BOOLEAN] = "a boolean",
    [ARGUMENT_NUMBER] = "a number", [ARGUMENT_INTEGER] = "a number",
    [ARGUMENT_ARRAY] = "an array",  [ARGUMENT_OBJECT] = "an object",
    [ARGUMENT_ANY] = "a string",
};

static void check_null(struct life *life, const struct method_facts *facts)
{
    const uint16_t *required = &method_lists[facts->required];
    struct buffer json = BUFFER_INIT;
    struct buffer wanted = BUFFER_INIT;
    const char *between = "";

    if (!*required || !is_asked(facts))
        return;
    buffer_add_text(&wanted, "{\"ok\":false,\"error\":\"invalid_arguments\","
                             "\"response_metadata\":{\"messages\":[");
    for (; *required; required++, between = ",") {
        const char *name = method_text(*required);
        const char *word = wanted_words[method_facts_argument(facts, name)];

        buffer_printf(&json, "%s\"%s\":null", *between ? "," : "{", name);
        buffer_printf(&wanted,
                      "%s\"[ERROR] must provide %s [json-pointer:/%s]\"",
                      between, word, name);
    }
    buffer_add_text(&json, "}");
    buffer_add_text(&wanted, "]}}");
    assert_begins(call_with(life, facts, buffer_text(&json)),
                  buffer_text(&wanted), facts);
    buffer_free(&json);
    buffer_free(&wanted);
}

static void null_is_no_value(void **state)
{
    check_each(*state, check_null);
}

/* A value that one of that type cannot be; NULL: there is none. */
static const char *misfit_of(unsigned type)
{
    static const char *const misfits[] = {
        [ARGUMENT_STRING] = "[1]", [ARGUMENT_BOOLEAN] = "2",
        [ARGUMENT_NUMBER] = "[1]", [ARGUMENT_INTEGER] = "\"1.\\n\"",
        [ARGUMENT_ARRAY] = "{}",   [ARGUMENT_OBJECT] = "[]",
        [ARGUMENT_ANY] = NULL,
    };

    return misfits[type];
}

static void check_misfits(struct life *life, const struct method_facts *facts)
{
    const uint16_t *argument = &method_lists[facts->arguments];
    char json[128];
    char wanted[128];

    if (!is_asked(facts))
        return;
    for (; *argument; argument += 2) {
        const char *name = method_text(argument[0]);
        const char *body;

        if (!misfit_of(argument[1]) ||
            (strcmp(name, "limit") == 0 &&
             method_facts_has_error(facts, "invalid_limit")))
            continue;
        snprintf(json, sizeof json, "{\"%s\":%s}", name,
                 misfit_of(argument[1]));
        snprintf(wanted, sizeof wanted,
                 "\"[ERROR] must provide %s [json-pointer:/%s]\"",
                 wanted_words[argument[1]], name);
        body = call_with(life, facts, json);
        if (!strstr(body, wanted))
            fail_msg("%s answers %s, wanted %s", method_facts_name(facts), body,
                     wanted);
    }
}

static void a_value_of_another_type_is_refused(void **state)
{
    check_each(*state, check_misfits);
}

#define ADD(function)                                                          \
    add_test_with(&list, function, every_method_setup, life_teardown)

int main(void)
{
    struct test_list list = {.count = 0};

    ADD(null_is_no_value);
    ADD(a_value_of_another_type_is_refused);
    return run_list("every method's JSON", &list);
}
