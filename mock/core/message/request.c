/* Names of verbs, and the headers of a request. */
#include "message/request.h"

#include <string.h>

#include "base/buffer.h"
#include "base/text.h"

enum verb verb_of_name(const char *name)
{
    static const char *const names[VERB_OTHER] = {
        [VERB_GET] = "GET",       [VERB_HEAD] = "HEAD",
        [VERB_POST] = "POST",     [VERB_OPTIONS] = "OPTIONS",
        [VERB_PUT] = "PUT",       [VERB_PATCH] = "PATCH",
        [VERB_DELETE] = "DELETE",
    };
    int verb = 0;

    while (verb < VERB_OTHER && strcmp(names[verb], name) != 0)
        verb++;
    return (enum verb)verb;
}

/* Most differ in more than the case of their first letter: seen at once. */
static bool is_named(const struct request_header *header, const char *name)
{
    if ((*header->name ^ *name) & ~('A' ^ 'a'))
        return false;
    return text_equals_ignore_case(header->name, strlen(header->name), name);
}

const char *request_header(const struct request *request, const char *name)
{
    for (size_t i = 0; i < request->header_count; i++) {
        const struct request_header *header = &request->headers[i];

        if (is_named(header, name))
            return header->value;
    }
    return NULL;
}

bool request_is_at(const struct request *request, const char *origin)
{
    const char *host = request_header(request, "Host");
    size_t scheme = 0;

    if (strncmp(origin, "http://", strlen("http://")) == 0)
        scheme = strlen("http://");
    else if (strncmp(origin, "https://", strlen("https://")) == 0)
        scheme = strlen("https://");
    return scheme && host &&
           text_equals_ignore_case(origin + scheme, strlen(origin) - scheme,
                                   host);
}

static bool lists(const char *list, const char *word)
{
    while (*list) {
        size_t length;

        list += strspn(list, ", \t");
        length = strcspn(list, ", \t");
        if (length && text_equals_ignore_case(list, length, word))
            return true;
        list += length;
    }
    return false;
}

bool request_header_lists(const struct request *request, const char *name,
                          const char *word)
{
    for (size_t i = 0; i < request->header_count; i++)
        if (is_named(&request->headers[i], name) &&
            lists(request->headers[i].value, word))
            return true;
    return false;
}

void request_add_base_url(const struct request *request, struct buffer *url)
{
    static const char allowed[] = "abcdefghijklmnopqrstuvwxyz"
                                  "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.:[]";
    const char *host = request_header(request, "Host");

    if (!host || !*host || host[strspn(host, allowed)])
        host = "localhost";
    buffer_printf(url, "%s://%s", request->is_secure ? "https" : "http", host);
    if (request->sandbox)
        buffer_printf(url, "/sandbox/%.*s", (int)request->sandbox_length,
                      request->sandbox);
}
