/*
 * Takes the forms that are in use: `host:port`, and `http://host:port/` with or
 * without `user:password@`.
 */
#include "upstream_proxy.h"

#include <stdlib.h>
#include <string.h>

#include "base/base64.h"
#include "base/text.h"
#include "message/host_name.h"

#define SCHEME "http://"

/* The value of the variable that is set, else NULL; `name` becomes its name. */
static const char *read_variable(const char *const names[2], const char **name)
{
    for (size_t i = 0; i < 2; i++) {
        const char *value = getenv(names[i]);

        *name = names[i];
        if (value && *value)
            return value;
    }
    return NULL;
}

/* Escapes in a URL (RFC 3986 2.1); a percent sign that begins none stays. */
static void unescape(const char *text, size_t length, struct buffer *plain)
{
    for (size_t i = 0; i < length; i++) {
        bool is_escape = text[i] == '%' && i + 2 < length &&
                         text_hex_digit(text[i + 1]) >= 0 &&
                         text_hex_digit(text[i + 2]) >= 0;

        if (is_escape) {
            buffer_add_byte(plain, (char)(text_hex_digit(text[i + 1]) << 4 |
                                          text_hex_digit(text[i + 2])));
            i += 2;
        } else {
            buffer_add_byte(plain, text[i]);
        }
    }
}

/* Of `user:password`, or of `user` alone, whose password is empty then. */
static void authorize(struct upstream_proxy *proxy, const char *user,
                      size_t length)
{
    const char *colon = memchr(user, ':', length);
    size_t user_length = colon ? (size_t)(colon - user) : length;
    struct buffer plain = BUFFER_INIT;

    unescape(user, user_length, &plain);
    buffer_add_byte(&plain, ':');
    if (colon)
        unescape(colon + 1, length - user_length - 1, &plain);
    buffer_add_text(&proxy->authorization, "Basic ");
    base64_encode(plain.data, plain.length, &proxy->authorization);
    buffer_free(&plain);
}

static void split(struct upstream_proxy *proxy, const char *value)
{
    size_t length;
    const char *at;

    if (text_equals_ignore_case(value, strnlen(value, strlen(SCHEME)), SCHEME))
        value += strlen(SCHEME);
    length = strcspn(value, "/");
    at = memchr(value, '@', length);
    if (at) {
        authorize(proxy, value, (size_t)(at - value));
        length -= (size_t)(at + 1 - value);
        value = at + 1;
    }
    buffer_add(&proxy->address, value, length);
}

int upstream_proxy_read(struct upstream_proxy *proxy, struct buffer *why)
{
    static const char *const proxies[2] = {"HTTPS_PROXY", "https_proxy"};
    static const char *const bypasses[2] = {"NO_PROXY", "no_proxy"};
    const char *name;
    const char *value = read_variable(proxies, &name);
    struct authority_form form;

    if (!value)
        return 0;
    split(proxy, value);
    if (!authority_form_parse(buffer_text(&proxy->address), &form)) {
        /* The value may hold a password. */
        buffer_printf(why,
                      "%s: wanted http://HOST:PORT or "
                      "http://USER:PASSWORD@HOST:PORT, for --pass-through",
                      name);
        return -1;
    }
    proxy->bypass = read_variable(bypasses, &name);
    return 0;
}

void upstream_proxy_clear(struct upstream_proxy *proxy)
{
    buffer_free(&proxy->address);
    buffer_free(&proxy->authorization);
}
