/* A method may require any number of arguments. */
#include <stdio.h>
#include <string.h>

#include "call/call.h"
#include "call/method.h"
#include "call/reply_notes.h"
#include "check.h"
#include "mock/gates.h"

#define REQUIRED 70 /* more than there are bits in any whole number */

static void each_absent_argument_is_named(void **state)
{
    char names[REQUIRED][8];
    const char *required[REQUIRED + 1] = {NULL};
    const struct method method = {.name = "a.b", .required = required};
    struct arguments arguments = ARGUMENTS_INIT;
    struct buffer body = BUFFER_INIT;
    struct call call = {.sent = {.method = &method, .arguments = &arguments},
                        .outcome = {.fields = {.output = &body}}};
    size_t number;
    char message[64];

    (void)state;
    for (number = 0; number < REQUIRED; number++) {
        snprintf(names[number], sizeof names[number], "x%zu", number);
        required[number] = names[number];
    }
    (void)arguments_add(&arguments, "x32", 3, "", 0);
    assert_number(gates_after_rules(&call), SLACK_INVALID_ARGUMENTS);
    reply_notes_write(&call);
    for (number = 0; number < REQUIRED; number++) {
        snprintf(message, sizeof message,
                 "\"[ERROR] missing required field: x%zu\"", number);
        assert_int_equal(strstr(buffer_text(&body), message) != NULL,
                         number != 32);
    }
    buffer_free(&body);
    arguments_free(&arguments);
}

int main(void)
{
    struct test_list list = {.count = 0};

    add_test(&list, each_absent_argument_is_named);
    return run_list("required arguments", &list);
}
