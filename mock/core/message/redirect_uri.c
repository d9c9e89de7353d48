/* Takes URIs apart, and compares the parts. */
#include "message/redirect_uri.h"

#include <string.h>

#include "base/text.h"
#include "message/host_name.h"

#define URI_MOST         2000 /* bytes; browsers and servers take hardly more */
#define PORT_DIGITS_MOST 5
#define PORT_MOST        65535

struct piece {
    const char *bytes;
    size_t length;
};

struct uri {
    struct piece scheme;
    char host[HOST_NAME_SIZE]; /* in small letters, without brackets */
    unsigned port;
    struct piece path; /* up to the query */
    struct piece query;
    bool is_web;
    bool is_secure;
};

/* ---- taking apart ---- */

/* Letters, digits, `+`, `-` and `.`, a letter first (RFC 3986 3.1). */
static size_t scheme_length(const char *uri, size_t length)
{
    size_t place = 0;

    while (place < length && (text_is_alphanumeric(uri[place]) ||
                              (uri[place] && strchr("+-.", uri[place]))))
        place++;
    if (!place || place == length || uri[place] != ':' ||
        (*uri >= '0' && *uri <= '9'))
        return 0;
    return place;
}

/* Schemes that a browser acts on by itself. */
static bool is_dangerous(struct piece scheme)
{
    static const char *const schemes[] = {
        "javascript", "vbscript", "data",   "file",        "about", "blob",
        "filesystem", "ftp",      "mailto", "view-source", "ws",    "wss"};
    size_t number;

    for (number = 0; number < sizeof schemes / sizeof *schemes; number++)
        if (text_equals_ignore_case(scheme.bytes, scheme.length,
                                    schemes[number]))
            return true;
    return false;
}

static bool has_plain_bytes(const char *uri, size_t length)
{
    size_t place;

    for (place = 0; place < length; place++)
        if (uri[place] <= ' ' || uri[place] > '~' ||
            strchr("\\#\"<>^`{|}", uri[place]))
            return false;
    return true;
}

/* A byte that is written as one of these may part or end a path elsewhere. */
static bool is_hidden(char byte)
{
    return text_is_control(byte) || (byte && strchr("/\\.%#?", byte));
}

static bool has_plain_escapes(struct piece path)
{
    size_t place;

    for (place = 0; place < path.length; place++) {
        int high, low;

        if (path.bytes[place] != '%')
            continue;
        if (place + 2 >= path.length)
            return false;
        high = text_hex_digit(path.bytes[place + 1]);
        low = text_hex_digit(path.bytes[place + 2]);
        if (high < 0 || low < 0 || high * 16 + low == 0 ||
            is_hidden((char)(high * 16 + low)))
            return false;
    }
    return true;
}

static bool has_dot_segment(struct piece path)
{
    size_t start = 0;
    size_t end;

    for (end = 0; end <= path.length; end++) {
        if (end < path.length && path.bytes[end] != '/')
            continue;
        if (text_equals(path.bytes + start, end - start, ".") ||
            text_equals(path.bytes + start, end - start, ".."))
            return true;
        start = end + 1;
    }
    return false;
}

/* The number, or 0 if it is none. */
static unsigned read_port(struct piece digits)
{
    unsigned port = 0;
    size_t place;

    if (digits.length > PORT_DIGITS_MOST)
        return 0;
    for (place = 0; place < digits.length; place++) {
        if (digits.bytes[place] < '0' || digits.bytes[place] > '9')
            return 0;
        port = port * 10 + (unsigned)(digits.bytes[place] - '0');
    }
    return port <= PORT_MOST ? port : 0;
}

/* Copies `[...]`, an IPv6 address. */
static bool copy_address(char *host, struct piece name)
{
    size_t place;

    if (name.length < 4 || name.length - 2 >= HOST_NAME_SIZE ||
        name.bytes[name.length - 1] != ']')
        return false;
    for (place = 1; place < name.length - 1; place++) {
        if (text_hex_digit(name.bytes[place]) < 0 && name.bytes[place] != ':' &&
            name.bytes[place] != '.')
            return false;
        host[place - 1] = text_lower(name.bytes[place]);
    }
    host[name.length - 2] = '\0';
    return true;
}

static bool read_authority(struct uri *parts, struct piece authority)
{
    struct piece name = authority;
    size_t colon = authority.length;

    while (colon && authority.bytes[colon - 1] >= '0' &&
           authority.bytes[colon - 1] <= '9')
        colon--;
    parts->port = parts->is_secure ? 443 : 80;
    if (colon && authority.bytes[colon - 1] == ':') {
        name.length = colon - 1;
        parts->port = read_port(
            (struct piece){authority.bytes + colon, authority.length - colon});
    }
    if (!name.length || !parts->port)
        return false;
    return *name.bytes == '['
               ? copy_address(parts->host, name)
               : host_name_copy(parts->host, name.bytes, name.length);
}

static struct piece take_until(struct piece *rest, const char *ends)
{
    struct piece taken = {rest->bytes, 0};

    while (taken.length < rest->length &&
           !strchr(ends, taken.bytes[taken.length]))
        taken.length++;
    rest->bytes += taken.length;
    rest->length -= taken.length;
    return taken;
}

static bool read_rest(struct uri *parts, struct piece rest)
{
    if (parts->is_web) {
        if (rest.length < 2 || memcmp(rest.bytes, "//", 2) != 0)
            return false;
        rest.bytes += 2;
        rest.length -= 2;
        if (!read_authority(parts, take_until(&rest, "/?")))
            return false;
    }
    parts->path = take_until(&rest, "?");
    parts->query = rest;
    return (parts->is_web || parts->path.length) &&
           has_plain_escapes(parts->path) && !has_dot_segment(parts->path);
}

static bool take_apart(struct uri *parts, const char *uri, size_t length)
{
    *parts = (struct uri){.scheme = {uri, scheme_length(uri, length)}};
    if (!parts->scheme.length || length > URI_MOST ||
        !has_plain_bytes(uri, length) || is_dangerous(parts->scheme))
        return false;
    parts->is_secure =
        text_equals_ignore_case(uri, parts->scheme.length, "https");
    parts->is_web = parts->is_secure ||
                    text_equals_ignore_case(uri, parts->scheme.length, "http");
    return read_rest(parts, (struct piece){uri + parts->scheme.length + 1,
                                           length - parts->scheme.length - 1});
}

/* ---- asking ---- */

enum redirect_kind redirect_uri_kind(const char *uri, size_t length)
{
    struct uri parts;

    if (!take_apart(&parts, uri, length))
        return REDIRECT_INVALID;
    if (!parts.is_web)
        return REDIRECT_CUSTOM;
    if (parts.is_secure)
        return REDIRECT_HTTPS;
    return host_name_is_loopback(parts.host) ? REDIRECT_LOOPBACK
                                             : REDIRECT_HTTP;
}

bool redirect_uri_is_local(const char *uri, size_t length)
{
    struct uri parts;

    return take_apart(&parts, uri, length) && parts.is_web &&
           host_name_is_loopback(parts.host);
}

/* The same path, or one below it: a slash or the end must follow. */
static bool is_at_or_below(struct piece path, struct piece configured)
{
    while (configured.length && configured.bytes[configured.length - 1] == '/')
        configured.length--;
    return path.length >= configured.length &&
           (!configured.length ||
            memcmp(path.bytes, configured.bytes, configured.length) == 0) &&
           (path.length == configured.length ||
            path.bytes[configured.length] == '/');
}

bool redirect_uri_matches(const char *configured, const char *uri,
                          size_t length)
{
    struct uri allowed, given;

    if (!take_apart(&allowed, configured, strlen(configured)) ||
        !take_apart(&given, uri, length))
        return false;
    if (text_equals(uri, length, configured))
        return true;
    return allowed.is_web && given.is_web && !allowed.query.length &&
           allowed.is_secure == given.is_secure && allowed.port == given.port &&
           strcmp(allowed.host, given.host) == 0 &&
           is_at_or_below(given.path, allowed.path);
}
