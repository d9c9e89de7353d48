/*
 * Content-Type headers, and any header with parameters. Letter case may change
 * nothing but the boundary.
 */
#include <stdlib.h>
#include <string.h>

#include "arguments/content_type.h"
#include "arguments/header_value.h"
#include "fuzz.h"

static void read_parameters(struct fuzz_input input)
{
    struct header_value header;
    size_t total = 0;

    header_value_start(&header, input.bytes, input.length);
    (void)header_value_is_empty(&header);
    while (header_value_next(&header)) {
        fuzz_require(!header.malformed || header.value.length == 0);
        total += header.name_length + header.value.length;
    }
    fuzz_require(total <= input.length);
    header_value_end(&header);
}

static void change_case(char *text)
{
    for (; *text; text++)
        if ((*text >= 'a' && *text <= 'z') || (*text >= 'A' && *text <= 'Z'))
            *text = (char)(*text ^ 0x20);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fuzz_input input = fuzz_input(data, size);
    char *value = fuzz_text(input);
    struct content_type type = content_type_parse(value);
    struct content_type other;

    fuzz_require(memchr(type.boundary, '\0', sizeof type.boundary));
    change_case(value);
    other = content_type_parse(value);
    fuzz_require(type.media == other.media);
    fuzz_require(type.charset == other.charset);
    fuzz_require(strlen(type.boundary) == strlen(other.boundary));
    free(value);
    read_parameters(input);
    return 0;
}
