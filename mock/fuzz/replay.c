/*
 * Usage: replay_NAME FILE... Runs each file through the driver that it is
 * linked with; a file is a test.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../tests/check.h"
#include "base/buffer.h"
#include "fuzz.h"

static void read_file(const char *path, struct buffer *content)
{
    FILE *file = fopen(path, "rb");
    char piece[4096];
    size_t length;

    assert_non_null(file);
    while ((length = fread(piece, 1, sizeof piece, file)) > 0)
        buffer_add(content, piece, length);
    (void)fclose(file);
}

/* In memory of just that size, so that a byte too far is seen. */
static void the_driver_takes_it(void **state)
{
    struct buffer content = BUFFER_INIT;
    uint8_t *data;

    read_file(*state, &content);
    data = malloc(content.length + !content.length);
    assert_non_null(data);
    if (content.length)
        memcpy(data, content.data, content.length);
    (void)LLVMFuzzerTestOneInput(data, content.length);
    free(data);
    buffer_free(&content);
}

int main(int argument_count, char **arguments)
{
    struct test_list list = {.count = 0};

    for (int i = 1; i < argument_count; i++)
        check_add_test(&list,
                       (struct CMUnitTest){.name = arguments[i],
                                           .test_func = the_driver_takes_it,
                                           .initial_state = arguments[i]});
    return run_list(arguments[0], &list);
}
