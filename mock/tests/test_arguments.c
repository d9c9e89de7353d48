/* The list of arguments, and which names are well-formed. */
#include <stdlib.h>
#include <string.h>

#include "arguments/arguments.h"
#include "base/xalloc.h"
#include "check.h"

static int set_up(void **state)
{
    *state = xcalloc(1, sizeof(struct arguments));
    return 0;
}

static int tear_down(void **state)
{
    arguments_free(*state);
    free(*state);
    return 0;
}

static struct argument *add(struct arguments *arguments, const char *name,
                            const char *value)
{
    return arguments_add(arguments, name, strlen(name), value, strlen(value));
}

static void the_order_of_arrival_is_kept(void **state)
{
    struct arguments *arguments = *state;

    add(arguments, "token", "a");
    add(arguments, "client_id", "b");
    add(arguments, "token", "c");
    assert_string_equal(show_arguments(arguments).text,
                        "token=a | client_id=b | token=c");
}

static void the_last_of_a_name_is_found(void **state)
{
    struct arguments *arguments = *state;

    add(arguments, "token", "first");
    add(arguments, "token", "second");
    add(arguments, "client_id", "third");
    assert_string_equal(arguments_find(arguments, "token")->value, "second");
}

static void an_absent_name_is_not_found(void **state)
{
    struct arguments *arguments = *state;

    assert_null(arguments_find(arguments, "token"));
    add(arguments, "token", "");
    assert_null(arguments_find(arguments, "toke"));
    assert_null(arguments_find(arguments, "tokens"));
    assert_null(arguments_find(arguments, "Token"));
    assert_non_null(arguments_find(arguments, "token"));
}

static void a_nul_does_not_shorten_a_name(void **state)
{
    struct arguments *arguments = *state;

    arguments_add(arguments, "token\0x", 7, "v", 1);
    assert_null(arguments_find(arguments, "token"));
}

static void a_nul_does_not_shorten_a_value(void **state)
{
    struct arguments *arguments = *state;
    const struct argument *found;

    arguments_add(arguments, "token", 5, "a\0b", 3);
    found = arguments_find(arguments, "token");
    assert_number(found->value_length, 3);
    assert_memory_equal(found->value, "a\0b", 4);
}

static void names_and_values_are_copies_closed_by_a_nul(void **state)
{
    struct arguments *arguments = *state;
    char name[] = "token=";
    char value[] = "value&";
    const struct argument *added = arguments_add(arguments, name, 5, value, 5);

    memset(name, '!', sizeof name);
    memset(value, '!', sizeof value);
    assert_string_equal(added->name, "token");
    assert_string_equal(added->value, "value");
}

static void nothing_can_be_added_as_name_and_value(void **state)
{
    struct arguments *arguments = *state;
    const struct argument *added = arguments_add(arguments, NULL, 0, NULL, 0);

    assert_string_equal(added->name, "");
    assert_string_equal(added->value, "");
}

static void a_new_argument_has_no_flags_and_takes_them(void **state)
{
    struct arguments *arguments = *state;
    struct argument *added = add(arguments, "token", "x");

    assert_false(added->in_query);
    assert_false(added->is_structure);
    added->in_query = true;
    assert_true(arguments_find(arguments, "token")->in_query);
}

static void a_thousand_arguments_are_kept(void **state)
{
    struct arguments *arguments = *state;

    for (int i = 0; i < 1000; i++)
        arguments_add(arguments, "n", 1, (char[]){(char)('a' + i % 26)}, 1);
    assert_number(arguments->count, 1000);
    assert_string_equal(arguments->list[999].value, "l");
    assert_string_equal(arguments->list[0].value, "a");
}

static void clearing_forgets_all_and_keeps_the_list(void **state)
{
    struct arguments *arguments = *state;

    add(arguments, "token", "x")->in_query = true;
    arguments_clear(arguments);
    assert_number(arguments->count, 0);
    assert_true(arguments->capacity > 0);
    assert_null(arguments_find(arguments, "token"));
    assert_false(add(arguments, "token", "y")->in_query);
}

static void freeing_leaves_an_empty_list(void **state)
{
    struct arguments *arguments = *state;

    add(arguments, "token", "x");
    arguments_free(arguments);
    assert_number(arguments->count, 0);
    assert_null(arguments->list);
    arguments_free(arguments);
}

#define BYTES_50  "abcdefghijklmnopqrstuvwxyz_0123456789_ABCDEFGHIJKL"
#define BYTES_255 BYTES_50 BYTES_50 BYTES_50 BYTES_50 BYTES_50 "12345"

struct check_row {
    const char *name;
    const char *argument;
    const char *wanted; /* an error's name, "ok" for none */
};

static struct check_row check_rows[] = {
    {"letters, digits and underscores are well", "Client_id2", "ok"},
    {"a single letter is well", "a", "ok"},
    {"a digit may come first", "2_fa", "ok"},
    {"an empty name is bad", "", "invalid_arg_name"},
    {"a name of 255 bytes is well", BYTES_255, "ok"},
    {"a name of 256 bytes is bad", BYTES_255 "6", "invalid_arg_name"},
    {"a hyphen is bad", "client-id", "invalid_arg_name"},
    {"a dot is bad", "client.id", "invalid_arg_name"},
    {"a space is bad", "client id", "invalid_arg_name"},
    {"a semicolon of an unescaped entity is bad", "amp;token",
     "invalid_arg_name"},
    {"a letter beyond ASCII is bad", "caf\xC3\xA9", "invalid_arg_name"},
    {"empty brackets are an array", "token[]", "invalid_array_arg"},
    {"a key in brackets is an array", "profile[email]", "invalid_array_arg"},
    {"any key in brackets is an array", "profile[e-mail \xC3\xA9]",
     "invalid_array_arg"},
    {"an open bracket is an array", "a[", "invalid_array_arg"},
    {"brackets in brackets are an array", "a[b][c]", "invalid_array_arg"},
    {"nothing before the bracket is an empty name", "[a]", "invalid_arg_name"},
    {"a bracket alone is an empty name", "[", "invalid_arg_name"},
    {"a bad byte before the bracket is a bad name", "a-b[]",
     "invalid_arg_name"},
    {"a closing bracket alone is bad", "a]", "invalid_arg_name"},
    {"an array's name of 255 bytes counts whole", BYTES_255 "[]",
     "invalid_arg_name"},
};

static void judges_name(void **state)
{
    const struct check_row *row = *state;
    struct arguments arguments = ARGUMENTS_INIT;
    enum slack_error error;

    add(&arguments, row->argument, "value");
    error = arguments_check(&arguments, false);
    arguments_free(&arguments);
    assert_string_equal(error ? slack_error_name(error) : "ok", row->wanted);
}

static void no_arguments_are_well(void **state)
{
    assert_number(arguments_check(*state, false), SLACK_OK);
}

static void a_nul_in_a_name_is_bad(void **state)
{
    arguments_add(*state, "token\0", 6, "x", 1);
    assert_number(arguments_check(*state, false), SLACK_INVALID_ARG_NAME);
}

static void a_structure_is_an_array(void **state)
{
    add(*state, "token", "")->is_structure = true;
    assert_number(arguments_check(*state, false), SLACK_INVALID_ARRAY_ARG);
}

static void a_structure_is_taken_where_one_may_be(void **state)
{
    add(*state, "blocks", "[]")->is_structure = true;
    assert_number(arguments_check(*state, true), SLACK_OK);
    add(*state, "blocks[]", "1");
    assert_number(arguments_check(*state, true), SLACK_INVALID_ARRAY_ARG);
}

static void a_structure_with_a_bad_name_has_a_bad_name(void **state)
{
    add(*state, "to ken", "")->is_structure = true;
    assert_number(arguments_check(*state, false), SLACK_INVALID_ARG_NAME);
}

static void a_bad_name_goes_before_an_earlier_array(void **state)
{
    add(*state, "token[]", "x");
    add(*state, "client-id", "x");
    assert_number(arguments_check(*state, false), SLACK_INVALID_ARG_NAME);
}

static void a_name_behind_an_array_does_not_heal_it(void **state)
{
    add(*state, "token[]", "x");
    add(*state, "client_id", "x");
    assert_number(arguments_check(*state, false), SLACK_INVALID_ARRAY_ARG);
}

int main(void)
{
    struct test_list list = {.count = 0};

    add_test_with(&list, the_order_of_arrival_is_kept, set_up, tear_down);
    add_test_with(&list, the_last_of_a_name_is_found, set_up, tear_down);
    add_test_with(&list, an_absent_name_is_not_found, set_up, tear_down);
    add_test_with(&list, a_nul_does_not_shorten_a_name, set_up, tear_down);
    add_test_with(&list, a_nul_does_not_shorten_a_value, set_up, tear_down);
    add_test_with(&list, names_and_values_are_copies_closed_by_a_nul, set_up,
                  tear_down);
    add_test_with(&list, nothing_can_be_added_as_name_and_value, set_up,
                  tear_down);
    add_test_with(&list, a_new_argument_has_no_flags_and_takes_them, set_up,
                  tear_down);
    add_test_with(&list, a_thousand_arguments_are_kept, set_up, tear_down);
    add_test_with(&list, clearing_forgets_all_and_keeps_the_list, set_up,
                  tear_down);
    add_test_with(&list, freeing_leaves_an_empty_list, set_up, tear_down);
    add_rows(&list, judges_name, check_rows);
    add_test_with(&list, no_arguments_are_well, set_up, tear_down);
    add_test_with(&list, a_nul_in_a_name_is_bad, set_up, tear_down);
    add_test_with(&list, a_structure_is_an_array, set_up, tear_down);
    add_test_with(&list, a_structure_is_taken_where_one_may_be, set_up,
                  tear_down);
    add_test_with(&list, a_structure_with_a_bad_name_has_a_bad_name, set_up,
                  tear_down);
    add_test_with(&list, a_bad_name_goes_before_an_earlier_array, set_up,
                  tear_down);
    add_test_with(&list, a_name_behind_an_array_does_not_heal_it, set_up,
                  tear_down);
    return run_list("arguments", &list);
}
