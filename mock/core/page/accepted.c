/* Reads lists of what is accepted, a comma between two. */
#include "page/accepted.h"

#include <string.h>

#include "base/text.h"
#include "message/request.h"

#define BLANKS " \t"

/* One of a list: what it names, and what follows after a `;`. */
struct item {
    const char *bytes;
    size_t length;
    const char *rest;
    size_t rest_length;
};

/* Cuts the next item from a list; false at its end. */
static bool next_item(const char **list, struct item *item)
{
    size_t length;

    *list += strspn(*list, BLANKS ",");
    length = strcspn(*list, ",");
    item->bytes = *list;
    item->length = strcspn(*list, ",; \t");
    item->rest = *list + item->length;
    item->rest_length = length - item->length;
    *list += length;
    return length > 0;
}

/* True for `q=0`, `q=0.0` and the like among what is after the `;`. */
static bool is_refused(const struct item *item)
{
    const char *weight = item->rest;
    const char *end = item->rest + item->rest_length;

    weight += strspn(weight, BLANKS ";");
    if (end - weight < 3 || text_lower(*weight) != 'q' || weight[1] != '=')
        return false;
    weight += 2;
    return weight + strspn(weight, "0.") >= end ||
           strchr(BLANKS ";", weight[strspn(weight, "0.")]);
}

static bool lists(const char *list, const char *what)
{
    struct item item;

    while (next_item(&list, &item))
        if (text_equals_ignore_case(item.bytes, item.length, what))
            return !is_refused(&item);
    return false;
}

bool accepted_lists(const struct request *request, const char *header,
                    const char *what)
{
    for (size_t i = 0; i < request->header_count; i++) {
        const struct request_header *sent = &request->headers[i];

        if (text_equals_ignore_case(sent->name, strlen(sent->name), header) &&
            lists(sent->value, what))
            return true;
    }
    return false;
}

/* A tag marked weak is the same for this purpose (RFC 9110 13.1.2). */
bool accepted_has_tag(const struct request *request, const char *tag)
{
    const char *list = request_header(request, "If-None-Match");
    struct item item;

    while (list && next_item(&list, &item)) {
        const size_t weak = strncmp(item.bytes, "W/", 2) == 0 ? 2 : 0;

        if (text_equals(item.bytes, item.length, "*") ||
            (item.length > weak &&
             text_equals(item.bytes + weak, item.length - weak, tag)))
            return true;
    }
    return false;
}
