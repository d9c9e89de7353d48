/* The shared assertions of the unit tests; see check.h. */
#include "check.h"

#include <stdio.h>
#include <string.h>

#include "arguments/arguments.h"

void check_number(long long got, long long wanted, struct check_place place)
{
    if (got == wanted)
        return;
    print_error("%s is %lld, wanted %lld\n", place.what, got, wanted);
    _fail(place.file, place.line);
}

void check_bytes(const char *got, size_t length, const char *wanted,
                 struct check_place place)
{
    if (got && length == strlen(wanted) && memcmp(got, wanted, length) == 0)
        return;
    print_error("%s is \"%.*s\" (%zu bytes), wanted \"%s\"\n", place.what,
                (int)length, got ? got : "", length, wanted);
    _fail(place.file, place.line);
}

void shown_add(struct shown *shown, const char *bytes, size_t length)
{
    size_t used = strlen(shown->text);

    for (size_t i = 0; i < length && used + 5 < sizeof shown->text; i++) {
        unsigned char byte = (unsigned char)bytes[i];

        if (byte >= 0x20 && byte < 0x7F)
            shown->text[used++] = bytes[i];
        else
            used += (size_t)snprintf(shown->text + used, 5, "\\x%02X", byte);
    }
    shown->text[used] = '\0';
}

struct shown show_arguments(const struct arguments *arguments)
{
    struct shown shown = {""};

    for (size_t i = 0; i < arguments->count; i++) {
        const struct argument *argument = &arguments->list[i];

        shown_add(&shown, " | ", i > 0 ? 3 : 0);
        shown_add(&shown, argument->name, argument->name_length);
        shown_add(&shown, "=", 1);
        shown_add(&shown, argument->value, argument->value_length);
    }
    return shown;
}

void check_add_test(struct test_list *list, struct CMUnitTest test)
{
    assert_true(list->count < sizeof list->tests / sizeof list->tests[0]);
    list->tests[list->count++] = test;
}

int run_list(const char *name, const struct test_list *list)
{
    return _cmocka_run_group_tests(name, list->tests, list->count, NULL, NULL);
}
