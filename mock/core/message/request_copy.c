/* Measures a request's texts, then lays them out behind one another. */
#include "message/request_copy.h"

#include <string.h>

#include "base/xalloc.h"
#include "message/request.h"

static size_t size_of_text(const char *text)
{
    return text ? strlen(text) + 1 : 0;
}

static size_t size_of(const struct request *request)
{
    size_t size = sizeof *request + size_of_text(request->verb_name) +
                  size_of_text(request->target) +
                  size_of_text(request->certificate) + request->body_length + 1;

    for (size_t i = 0; i < request->header_count; i++)
        size += sizeof request->headers[i] +
                size_of_text(request->headers[i].name) +
                size_of_text(request->headers[i].value);
    return size;
}

static const char *put(char **end, const char *bytes, size_t length)
{
    char *copy = *end;

    memcpy(copy, bytes, length);
    copy[length] = '\0';
    *end += length + 1;
    return copy;
}

static const char *put_text(char **end, const char *text)
{
    return text ? put(end, text, strlen(text)) : NULL;
}

struct request *request_copy(const struct request *request)
{
    struct request *copy = xmalloc(size_of(request));
    struct request_header *headers = (struct request_header *)(copy + 1);
    char *end = (char *)(headers + request->header_count);

    *copy = (struct request){.verb = verb_of_name(request->verb_name),
                             .verb_name = put_text(&end, request->verb_name),
                             .target = put_text(&end, request->target),
                             .is_secure = request->is_secure,
                             .headers = headers,
                             .header_count = request->header_count,
                             .body_length = request->body_length};
    for (size_t i = 0; i < request->header_count; i++) {
        headers[i].name = put_text(&end, request->headers[i].name);
        headers[i].value = put_text(&end, request->headers[i].value);
    }
    if (request->body_length)
        copy->body = put(&end, request->body, request->body_length);
    copy->certificate = put_text(&end, request->certificate);
    return copy;
}
