/*
 * Multipart bodies. The first byte chooses the charset as in fuzz_form.c, the
 * rest of that line is the boundary, the body follows.
 */
#include <stdlib.h>
#include <string.h>

#include "arguments/multipart.h"
#include "fuzz.h"

static void check(const struct arguments *arguments, struct fuzz_input body)
{
    size_t total = 0;

    fuzz_require(arguments->count > 0);
    for (size_t i = 0; i < arguments->count; i++) {
        const struct argument *argument = &arguments->list[i];

        fuzz_require(charset_is_utf8(argument->name, argument->name_length));
        fuzz_require(charset_is_utf8(argument->value, argument->value_length));
        total += argument->name_length;
        if (!argument->is_file)
            total += argument->value_length;
    }
    /* A byte of iso-8859-1 becomes two at the most. */
    fuzz_require(total <= 2 * body.length);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fuzz_input input = fuzz_input(data, size);
    enum charset charset =
        fuzz_byte(&input) == '1' ? CHARSET_ISO_8859_1 : CHARSET_UTF_8;
    char *boundary = fuzz_text(fuzz_until(&input, '\n'));
    struct arguments arguments = ARGUMENTS_INIT;
    int result = multipart_decode(input.bytes, input.length, boundary, charset,
                                  &arguments);

    fuzz_require(*boundary || result != 0);
    if (result == 0)
        check(&arguments, input);
    (void)arguments_check(&arguments, false);
    arguments_free(&arguments);
    free(boundary);
    return 0;
}
