/* Splits a URL, and refuses what two readers could split differently. */
#include "message/http_url.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"

#define HTTP         "http://"
#define HTTPS        "https://"
#define HTTP_PORT    ":80"
#define HTTPS_PORT   ":443"
#define LONGEST_PORT sizeof "[]:65535"
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
static bool parse_authority(const char *text, size_t length, const char *port,
                            struct authority_form *form)
{
    char authority[HOST_NAME_SIZE + LONGEST_PORT];
    const char *bracket;

    if (!length || length + strlen(port) >= sizeof authority)
        return false;
    snprintf(authority, sizeof authority, "%.*s", (int)length, text);
    bracket = strchr(authority, ']');
    if (!strchr(bracket ? bracket : authority, ':'))
        memcpy(authority + length, port, strlen(port) + 1);
    return authority_form_parse(authority, form);
}

const char *http_url_parse(const char *text, struct http_url *url)
{
    struct authority_form form;
    const char *authority;
    size_t length;

    if (begins_with(text, HTTPS))
        return "slackmock sends without TLS, wanted http://";
    if (!begins_with(text, HTTP) || !has_only_plain_bytes(text))
        return WANTED;
    authority = text + strlen(HTTP);
    length = strcspn(authority, "/?");
    if (!parse_authority(authority, length, HTTP_PORT, &form) ||
        authority[length] == '?')
        return WANTED;
    memcpy(url->host, form.host, sizeof url->host);
    url->port = form.port;
    url->path = authority + length;
    return NULL;
}

bool http_url_authority(const char *target, struct authority_form *authority)
{
    const bool is_https = begins_with(target, HTTPS);

    if (!is_https && !begins_with(target, HTTP))
        return false;
    target += strlen(is_https ? HTTPS : HTTP);
    return parse_authority(target, strcspn(target, "/?#"),
                           is_https ? HTTPS_PORT : HTTP_PORT, authority);
}
