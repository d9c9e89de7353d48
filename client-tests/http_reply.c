/* Collects a reply piece by piece; see http_reply.h. */
#include "http_reply.h"

#include <cjson/cJSON.h>
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "test_case.h"

static char *copy(const char *bytes, size_t length)
{
    char *text = malloc(length + 1);

    if (!text)
        abort();
    memcpy(text, bytes, length);
    text[length] = '\0';
    return text;
}

static void forget_headers(struct http_reply *reply)
{
    for (size_t i = 0; i < reply->header_count; i++) {
        free(reply->headers[i].name);
        free(reply->headers[i].value);
    }
    reply->header_count = 0;
}

static int release(void *thing)
{
    struct http_reply *reply = thing;

    forget_headers(reply);
    cJSON_Delete(reply->json);
    free(reply->body);
    free(reply);
    return 0;
}

struct http_reply *http_reply_create(struct test *test)
{
    struct http_reply *reply = calloc(1, sizeof *reply);

    if (!reply)
        abort();
    reply->body = copy("", 0);
    test_keep(test, reply, release);
    return reply;
}

static void add_header(struct http_reply *reply, const char *line,
                       size_t length)
{
    const char *colon = memchr(line, ':', length);
    struct http_header *header;
    const char *value;

    if (!colon || reply->header_count == HTTP_HEADERS_MAX)
        return;
    value = colon + 1;
    while (value < line + length && *value == ' ')
        value++;
    header = &reply->headers[reply->header_count++];
    header->name = copy(line, (size_t)(colon - line));
    header->value = copy(value, (size_t)(line + length - value));
}

void http_reply_add_line(struct http_reply *reply, const char *line,
                         size_t length)
{
    while (length > 0 && (line[length - 1] == '\n' || line[length - 1] == '\r'))
        length--;
    if (length > 9 && strncmp(line, "HTTP/1.", 7) == 0) {
        forget_headers(reply);
        reply->status = (int)strtol(line + 9, NULL, 10);
        return;
    }
    add_header(reply, line, length);
}

void http_reply_add_body(struct http_reply *reply, const char *bytes,
                         size_t length)
{
    const size_t wanted = reply->length + length + 1;

    if (wanted > reply->capacity) {
        reply->capacity = 2 * wanted;
        reply->body = realloc(reply->body, reply->capacity);
    }
    if (!reply->body)
        abort();
    memcpy(reply->body + reply->length, bytes, length);
    reply->length += length;
    reply->body[reply->length] = '\0';
}

void http_reply_finish(struct http_reply *reply)
{
    reply->json = cJSON_ParseWithLength(reply->body, reply->length);
}

const char *http_header(const struct http_reply *reply, const char *name)
{
    for (size_t i = 0; i < reply->header_count; i++)
        if (strcasecmp(reply->headers[i].name, name) == 0)
            return reply->headers[i].value;
    return NULL;
}

static int compare_names(const void *left, const void *right)
{
    const struct http_header *a = left;
    const struct http_header *b = right;

    return strcasecmp(a->name, b->name);
}

const char *http_header_names(struct test *test, const struct http_reply *reply)
{
    struct http_header sorted[HTTP_HEADERS_MAX];
    char *names = test_printf(test, "%s", "");

    memcpy(sorted, reply->headers, sizeof sorted);
    qsort(sorted, reply->header_count, sizeof sorted[0], compare_names);
    for (size_t i = 0; i < reply->header_count; i++)
        names = test_printf(test, "%s%s%s", names, i > 0 ? "," : "",
                            sorted[i].name);
    for (char *letter = names; *letter; letter++)
        *letter = (char)tolower((unsigned char)*letter);
    return names;
}
