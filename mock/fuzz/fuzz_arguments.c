/*
 * Arguments from JSON, and credentials from a header. The first byte chooses:
 * `h` reads the rest as an Authorization header, anything else as JSON.
 */
#include <stdlib.h>
#include <string.h>

#include "arguments/json_arguments.h"
#include "base/text.h"
#include "call/credentials.h"
#include "fuzz.h"

/* The rule of a name, put differently than in the core. */
static bool is_name(const struct argument *argument)
{
    const char *bracket = memchr(argument->name, '[', argument->name_length);
    size_t length =
        bracket ? (size_t)(bracket - argument->name) : argument->name_length;

    for (size_t i = 0; i < length; i++)
        if (!text_is_alphanumeric(argument->name[i]) &&
            argument->name[i] != '_')
            return false;
    return length > 0 && argument->name_length <= 255;
}

static enum slack_error judge(const struct arguments *arguments)
{
    enum slack_error error = SLACK_OK;

    for (size_t i = 0; i < arguments->count; i++) {
        const struct argument *argument = &arguments->list[i];

        if (!is_name(argument))
            return SLACK_INVALID_ARG_NAME;
        if (argument->is_structure ||
            memchr(argument->name, '[', argument->name_length))
            error = SLACK_INVALID_ARRAY_ARG;
    }
    return error;
}

static void read_json(struct fuzz_input input)
{
    struct arguments arguments = ARGUMENTS_INIT;
    enum slack_error error = json_arguments_decode(
        input.bytes, input.length, CHARSET_UTF_8, 64, &arguments);

    fuzz_require(error == SLACK_OK || error == SLACK_INVALID_JSON ||
                 error == SLACK_JSON_NOT_OBJECT);
    fuzz_require(error == SLACK_OK || arguments.count == 0);
    fuzz_require(arguments_check(&arguments, false) == judge(&arguments));
    for (size_t i = 0; i < arguments.count; i++)
        fuzz_require(arguments_find(&arguments, arguments.list[i].name));
    arguments_free(&arguments);
}

static void read_header(struct fuzz_input input)
{
    char *value = fuzz_text(input);
    const struct request_header header = {"Authorization", value};
    const struct request request = {.headers = &header, .header_count = 1};
    struct buffer decoded = BUFFER_INIT;
    struct sent_text bearer = credentials_bearer(&request);
    struct basic_credentials basic = {0};

    fuzz_require(!bearer.bytes || bearer.length > 0);
    if (credentials_basic(&request, &decoded, &basic)) {
        fuzz_require(!bearer.bytes);
        fuzz_require(basic.client_id.bytes && basic.client_secret.bytes);
        fuzz_require(basic.client_id.length + basic.client_secret.length ==
                     decoded.length);
    }
    buffer_free(&decoded);
    free(value);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fuzz_input input = fuzz_input(data, size);

    if (fuzz_byte(&input) == 'h')
        read_header(input);
    else
        read_json(input);
    return 0;
}
