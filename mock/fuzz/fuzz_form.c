/*
 * Urlencoded forms. The first byte chooses the charset: `1` for iso-8859-1,
 * else UTF-8. What was decoded must survive being encoded and decoded again.
 */
#include <string.h>

#include "arguments/form.h"
#include "fuzz.h"

static void encode(struct buffer *form, const char *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++)
        buffer_printf(form, "%%%02x", (unsigned)(unsigned char)bytes[i]);
}

static void check_again(const struct arguments *arguments)
{
    struct arguments again = ARGUMENTS_INIT;
    struct buffer form = BUFFER_INIT;

    for (size_t i = 0; i < arguments->count; i++) {
        const struct argument *argument = &arguments->list[i];

        fuzz_require(argument->name[argument->name_length] == '\0');
        fuzz_require(argument->value[argument->value_length] == '\0');
        encode(&form, argument->name, argument->name_length);
        buffer_add_byte(&form, '=');
        encode(&form, argument->value, argument->value_length);
        buffer_add_byte(&form, '&');
    }
    fuzz_require(form_decode(buffer_text(&form), form.length, CHARSET_UTF_8,
                             &again) == 0);
    fuzz_require(again.count == arguments->count);
    for (size_t i = 0; i < again.count; i++) {
        const struct argument *one = &arguments->list[i];
        const struct argument *other = &again.list[i];

        fuzz_require(one->name_length == other->name_length);
        fuzz_require(memcmp(one->name, other->name, one->name_length) == 0);
        fuzz_require(one->value_length == other->value_length);
        fuzz_require(memcmp(one->value, other->value, one->value_length) == 0);
    }
    buffer_free(&form);
    arguments_free(&again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fuzz_input input = fuzz_input(data, size);
    enum charset charset =
        fuzz_byte(&input) == '1' ? CHARSET_ISO_8859_1 : CHARSET_UTF_8;
    struct arguments arguments = ARGUMENTS_INIT;
    int result = form_decode(input.bytes, input.length, charset, &arguments);

    (void)arguments_check(&arguments, false);
    if (result == 0)
        check_again(&arguments);
    arguments_free(&arguments);
    return 0;
}
