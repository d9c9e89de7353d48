/* The tables of errors and warnings, compared with Slack's page. */
#include <cjson/cJSON.h>
#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "check.h"
#include "message/method_facts.h"
#include "message/slack_error.h"

/* The errors table of the oauth.v2.exchange page, in its order. */
static const char *const page_errors[] = {
    "authorization_not_found",
    "bad_client_secret",
    "internal_error",
    "invalid_client_id",
    "invalid_token",
    "token_already_exchanged",
    "token_rotation_not_enabled",
    "accesslimited",
    "fatal_error",
    "invalid_arg_name",
    "invalid_arguments",
    "invalid_array_arg",
    "invalid_charset",
    "invalid_form_data",
    "invalid_post_type",
    "missing_post_type",
    "ratelimited",
    "request_timeout",
    "service_unavailable",
    "team_added_to_org",
};

static const char *const page_warnings[] = {"missing_charset",
                                            "superfluous_charset"};

enum {
    PAGE_ERRORS = sizeof page_errors / sizeof page_errors[0],
    PAGE_WARNINGS = sizeof page_warnings / sizeof page_warnings[0]
};

static void the_errors_of_the_page_come_first_in_its_order(void **state)
{
    (void)state;
    for (int i = 0; i < PAGE_ERRORS; i++)
        assert_string_equal(slack_error_name((enum slack_error)(i + 1)),
                            page_errors[i]);
}

static void the_warnings_are_those_of_the_page(void **state)
{
    (void)state;
    assert_number(SLACK_WARNING_COUNT, PAGE_WARNINGS);
    for (int i = 0; i < PAGE_WARNINGS; i++)
        assert_string_equal(slack_warning_name((enum slack_warning)i),
                            page_warnings[i]);
}

/* `name` is the identifier in small letters. */
static void check_spelling(const char *identifier, const char *name)
{
    size_t length = strlen(identifier);

    assert_number(strlen(name), length);
    for (size_t i = 0; i < length; i++)
        if (tolower((unsigned char)identifier[i]) != name[i])
            fail_msg("%s is named %s", identifier, name);
}

static void every_name_is_its_identifier_in_small_letters(void **state)
{
    (void)state;
#define CHECK_ERROR(identifier, ...)                                           \
    check_spelling(#identifier, slack_error_name(SLACK_##identifier));
#define CHECK_WARNING(identifier, ...)                                         \
    check_spelling(#identifier, slack_warning_name(SLACK_WARNING_##identifier));
    SLACK_EXCHANGE_ERRORS(CHECK_ERROR)
    SLACK_OTHER_ERRORS(CHECK_ERROR)
    SLACK_WARNINGS(CHECK_WARNING)
#undef CHECK_ERROR
#undef CHECK_WARNING
}

static void success_has_no_name(void **state)
{
    (void)state;
    assert_number(SLACK_OK, 0);
    assert_null(slack_error_name(SLACK_OK));
    assert_false(slack_error_has_scenario(SLACK_OK));
}

static void every_error_has_a_name_and_with_a_scenario_a_cause(void **state)
{
    (void)state;
    for (int i = SLACK_OK + 1; i < SLACK_ERROR_COUNT; i++) {
        const char *cause = slack_error_cause((enum slack_error)i);

        assert_true(slack_error_name((enum slack_error)i)[0]);
        if (slack_error_has_scenario((enum slack_error)i))
            assert_true(cause && cause[0]);
    }
    for (int i = 0; i < SLACK_WARNING_COUNT; i++)
        assert_true(slack_warning_cause((enum slack_warning)i)[0]);
}

static void a_cause_belongs_to_its_error(void **state)
{
    (void)state;
    assert_non_null(
        strstr(slack_error_cause(SLACK_INVALID_ARRAY_ARG), "token[]"));
    assert_non_null(
        strstr(slack_warning_cause(SLACK_WARNING_SUPERFLUOUS_CHARSET),
               "a form whose"));
}

static void the_errors_of_the_page_alone_have_scenarios(void **state)
{
    (void)state;
    for (int i = SLACK_OK + 1; i < SLACK_ERROR_COUNT; i++)
        assert_number(slack_error_has_scenario((enum slack_error)i),
                      i <= PAGE_ERRORS);
}

static bool is_of_a_method(const char *name)
{
    for (size_t i = 0; i < method_facts_count; i++)
        if (method_facts_has_error(&method_facts[i], name) ||
            method_list_has(method_facts[i].warnings, name))
            return true;
    return method_list_has(method_common_errors, name);
}

static bool has_name(const cJSON *names, const char *name)
{
    const cJSON *other;

    cJSON_ArrayForEach (other, names)
        if (strcmp(cJSON_GetStringValue(other), name) == 0)
            return true;
    return false;
}

/* The names in an enum of the schema, by which editors go. */
static const cJSON *names_of(const cJSON *schema, const char *definition)
{
    return cJSON_GetObjectItemCaseSensitive(
        cJSON_GetObjectItemCaseSensitive(
            cJSON_GetObjectItemCaseSensitive(schema, "$defs"), definition),
        "enum");
}

/* Those names are documented, and all that is of all methods is there. */
static const char *find_stranger(const cJSON *names,
                                 bool (*is_documented)(const char *name))
{
    const cJSON *name;

    cJSON_ArrayForEach (name, names)
        if (!is_documented(name->valuestring) &&
            !is_of_a_method(name->valuestring))
            return name->valuestring;
    return NULL;
}

static const char *find_lacking_error(const cJSON *names)
{
    for (int i = SLACK_OK + 1; i < SLACK_ERROR_COUNT; i++)
        if (!has_name(names, slack_error_name((enum slack_error)i)))
            return slack_error_name((enum slack_error)i);
    for (size_t i = 0; i < method_facts_count; i++) {
        const uint16_t *error = &method_lists[method_facts[i].errors];

        for (; *error; error++)
            if (!has_name(names, method_text(*error)))
                return method_text(*error);
    }
    return NULL;
}

static cJSON *read_schema(void)
{
    static char text[1 << 20];
    FILE *file = fopen("scenarios/schema.json", "rb");

    if (!file) {
        fail_msg("scenarios/schema.json: run this in the repository's root");
        return NULL;
    }
    text[fread(text, 1, sizeof text - 1, file)] = '\0';
    (void)fclose(file);
    return cJSON_Parse(text);
}

static void the_documented_names_are_those_of_the_schema(void **state)
{
    cJSON *schema = read_schema();
    const cJSON *errors = names_of(schema, "documented_error");
    const cJSON *warnings = names_of(schema, "documented_warning");
    const char *strange_error =
        find_stranger(errors, slack_error_is_documented);
    const char *strange_warning =
        find_stranger(warnings, slack_warning_is_documented);
    const char *lacking = find_lacking_error(errors);

    (void)state;
    assert_string_equal(strange_error ? strange_error : "", "");
    assert_string_equal(strange_warning ? strange_warning : "", "");
    assert_string_equal(lacking ? lacking : "", "");
    assert_true(has_name(warnings, "superfluous_charset"));
    assert_true(has_name(warnings, "message_truncated"));
    cJSON_Delete(schema);
}

/* Those that any method answers: of no rule an editor may mark them. */
static void the_general_names_are_those_of_the_schema(void **state)
{
    cJSON *schema = read_schema();
    const cJSON *errors = names_of(schema, "general_error");
    int number;

    (void)state;
    for (number = SLACK_OK + 1; number < SLACK_ERROR_COUNT; number++)
        if (!has_name(errors, slack_error_name((enum slack_error)number)))
            fail_msg("the schema's general_error has no %s",
                     slack_error_name((enum slack_error)number));
    cJSON_Delete(schema);
}

static void other_names_are_not_documented(void **state)
{
    (void)state;
    assert_false(slack_error_is_documented(""));
    assert_false(slack_error_is_documented("invalid"));
    assert_false(slack_error_is_documented("invalid_tokens"));
    assert_false(slack_error_is_documented("Invalid_token"));
    assert_false(slack_error_is_documented("missing_charset"));
    assert_false(slack_warning_is_documented("invalid_charset"));
    assert_false(slack_warning_is_documented(""));
}

int main(void)
{
    struct test_list list = {.count = 0};

    add_test(&list, the_errors_of_the_page_come_first_in_its_order);
    add_test(&list, the_warnings_are_those_of_the_page);
    add_test(&list, every_name_is_its_identifier_in_small_letters);
    add_test(&list, success_has_no_name);
    add_test(&list, every_error_has_a_name_and_with_a_scenario_a_cause);
    add_test(&list, a_cause_belongs_to_its_error);
    add_test(&list, the_errors_of_the_page_alone_have_scenarios);
    add_test(&list, the_documented_names_are_those_of_the_schema);
    add_test(&list, the_general_names_are_those_of_the_schema);
    add_test(&list, other_names_are_not_documented);
    return run_list("slack_error", &list);
}
