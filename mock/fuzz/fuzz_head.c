/*
 * Request heads, as they arrive: the first byte says how many bytes come first,
 * the rest follow. The end of the head must be found in the same place however
 * it comes, and a head that head_check() lets pass is read without loss. What
 * follows a head is checked as a chunked body, in one piece and in two.
 */
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "fuzz.h"
#include "message/chunk_check.h"
#include "message/head_check.h"
#include "message/request_head.h"

static size_t count_lines(const char *bytes, size_t length)
{
    size_t lines = 0;

    for (size_t i = 0; i < length; i++)
        lines += bytes[i] == '\n';
    return lines;
}

static size_t head_length(struct fuzz_input input, size_t first)
{
    size_t early, length;

    if (first > input.length)
        first = input.length;
    early = request_head_length(input.bytes, first, 0);
    length = request_head_length(input.bytes, input.length, 0);
    fuzz_require(length <= input.length);
    fuzz_require(!early || early == length);
    if (!early)
        fuzz_require(request_head_length(input.bytes, input.length, first) ==
                     length);
    return length;
}

static void check_fields(const struct request_head *head)
{
    fuzz_require(head->verb && head->target);
    for (size_t i = 0; i < head->header_count; i++) {
        fuzz_require(head->headers[i].name && head->headers[i].value);
        (void)(strlen(head->headers[i].name) + strlen(head->headers[i].value));
    }
}

/* In two pieces; what is found must not depend on where they meet. */
static void check_chunks(const char *bytes, size_t length, size_t first)
{
    struct chunk_check whole = {0};
    struct chunk_check parts = {0};
    char *copy = xmemdup0(bytes, length);
    const char *problem = chunk_check(&whole, copy, length);
    const char *found;

    if (first > length)
        first = length;
    memcpy(copy, bytes, length);
    found = chunk_check(&parts, copy, first);
    if (!found)
        found = chunk_check(&parts, copy + first, length - first);
    fuzz_require(found == problem);
    fuzz_require(problem ||
                 (parts.place == whole.place && parts.size == whole.size));
    free(copy);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fuzz_input input = fuzz_input(data, size);
    size_t first = (unsigned char)fuzz_byte(&input);
    size_t length = head_length(input, first);
    size_t read = length ? length : input.length;
    struct request_head head = request_head_parse(input.bytes, read);
    bool is_chunked;

    check_fields(&head);
    /* An empty line may stand first: then all lines but that are fields. */
    if (length && !head_check(input.bytes, length, &is_chunked) &&
        input.bytes[0] != '\r')
        fuzz_require(head.header_count == count_lines(input.bytes, length) - 2);
    request_head_free(&head);
    check_chunks(input.bytes + length, input.length - length, first);
    return 0;
}
