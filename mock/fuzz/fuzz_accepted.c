/*
 * Lists of what is accepted: an Accept up to a newline, then an If-None-Match.
 * What stands first decides, and nothing is taken that is not named.
 */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "fuzz.h"
#include "message/request.h"
#include "page/accepted.h"

#define PAGE "text/html"
#define TAG  "\"1-2-gzip\""

static bool names(const char *list, const char *what)
{
    const size_t length = strlen(what);

    for (; *list; list++)
        if (strncasecmp(list, what, length) == 0)
            return true;
    return false;
}

static struct request request_with(struct request_header *header)
{
    return (struct request){.headers = header, .header_count = 1};
}

/* Three pieces of a list make one. */
static bool takes_page(const char *before, const char *list, const char *after)
{
    struct buffer value = BUFFER_INIT;
    bool takes;

    buffer_printf(&value, "%s%s%s", before, list, after);
    {
        struct request_header header = {"accept", value.data};
        const struct request request = request_with(&header);

        takes = accepted_lists(&request, "Accept", PAGE);
    }
    buffer_free(&value);
    return takes;
}

static bool has_tag(const char *before, const char *list)
{
    struct buffer value = BUFFER_INIT;
    bool has;

    buffer_printf(&value, "%s%s", before, list);
    {
        struct request_header header = {"If-None-Match", value.data};
        const struct request request = request_with(&header);

        has = accepted_has_tag(&request, TAG);
    }
    buffer_free(&value);
    return has;
}

static void change_case(char *text)
{
    for (; *text; text++)
        if ((*text >= 'a' && *text <= 'z') || (*text >= 'A' && *text <= 'Z'))
            *text = (char)(*text ^ 0x20);
}

static void check_accept(char *list)
{
    const bool takes = takes_page("", list, "");

    fuzz_require(!takes || names(list, PAGE));
    fuzz_require(takes == takes_page(" ,\t", list, ", " PAGE ";q=0"));
    fuzz_require(takes == takes_page(PAGE "l, ", list, ",*/*"));
    fuzz_require(takes_page(PAGE ",", list, ""));
    fuzz_require(takes_page(PAGE " ;q=0.001,", list, ""));
    fuzz_require(!takes_page(PAGE "; Q=0.000,", list, ""));
    change_case(list);
    fuzz_require(takes == takes_page("", list, ""));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fuzz_input input = fuzz_input(data, size);
    char *accept = fuzz_text(fuzz_until(&input, '\n'));
    char *tags = fuzz_text(input);

    check_accept(accept);
    fuzz_require(!has_tag("", tags) || names(tags, TAG) || strchr(tags, '*'));
    fuzz_require(has_tag(TAG ",", tags));
    fuzz_require(has_tag("\"other\" , W/" TAG " ,", tags));
    free(accept);
    free(tags);
    return 0;
}
