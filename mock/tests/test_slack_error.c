/* The tables of errors and warnings against the page they stand for. */
#include <string.h>

#include "check.h"
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

static void an_identifier_has_its_own_name(void **state)
{
    (void)state;
    assert_string_equal(slack_error_name(SLACK_INVALID_TOKEN), "invalid_token");
    assert_string_equal(slack_error_name(SLACK_TEAM_ADDED_TO_ORG),
                        "team_added_to_org");
    assert_string_equal(slack_error_name(SLACK_UNKNOWN_METHOD),
                        "unknown_method");
    assert_string_equal(slack_warning_name(SLACK_WARNING_MISSING_CHARSET),
                        "missing_charset");
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

static void every_known_name_is_documented(void **state)
{
    (void)state;
    for (int i = SLACK_OK + 1; i < SLACK_ERROR_COUNT; i++)
        assert_true(
            slack_error_is_documented(slack_error_name((enum slack_error)i)));
    for (int i = 0; i < PAGE_WARNINGS; i++)
        assert_true(slack_warning_is_documented(page_warnings[i]));
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
    add_test(&list, an_identifier_has_its_own_name);
    add_test(&list, success_has_no_name);
    add_test(&list, every_error_has_a_name_and_with_a_scenario_a_cause);
    add_test(&list, a_cause_belongs_to_its_error);
    add_test(&list, the_errors_of_the_page_alone_have_scenarios);
    add_test(&list, every_known_name_is_documented);
    add_test(&list, other_names_are_not_documented);
    return run_list("slack_error", &list);
}
