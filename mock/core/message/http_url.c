/* Splits a URL, and refuses what two readers could split differently. */
#include "message/http_url.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"

#define SCHEME       "http://"
#define DEFAULT_PORT ":80"
#define WANTED       "wanted one such as http://127.0.0.1:3000/slack/events"

static bool has_only_plain_bytes(const char *text)
{
    for (; *text; text++)
        if (*text <= ' ' || *text > '~' || *text == '\\' || *text == '#')
            return false;
    return true;
}

static bool begins_with(const char *text, const char *scheme)
{
    size_t length = strlen(scheme);

    return strlen(text) >= length &&
           text_equals_ignore_case(text, length, scheme);
}

/* `host`, `host:port`, `[address]` or `[address]:port` */
static bool parse_authority(const char *text, size_t length,
                            struct http_url *url)
{
    char authority[HOST_NAME_SIZE + sizeof "[]:65535"];
    struct authority_form form;
    const char *bracket;

    if (!length || length + sizeof DEFAULT_PORT > sizeof authority)
        return false;
    snprintf(authority, sizeof authority, "%.*s", (int)length, text);
    bracket = strchr(authority, ']');
    if (!strchr(bracket ? bracket : authority, ':'))
        memcpy(authority + length, DEFAULT_PORT, sizeof DEFAULT_PORT);
    if (!authority_form_parse(authority, &form))
        return false;
    memcpy(url->host, form.host, sizeof url->host);
    url->port = form.port;
    return true;
}

const char *http_url_parse(const char *text, struct http_url *url)
{
    const char *authority;
    size_t length;

    if (begins_with(text, "https://"))
        return "slackmock sends without TLS, wanted http://";
    if (!begins_with(text, SCHEME) || !has_only_plain_bytes(text))
        return WANTED;
    authority = text + strlen(SCHEME);
    length = strcspn(authority, "/?");
    if (!parse_authority(authority, length, url) || authority[length] == '?')
        return WANTED;
    url->path = authority + length;
    return NULL;
}
