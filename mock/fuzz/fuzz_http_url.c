/*
 * URLs that events are sent to. What is taken apart names one host, one port
 * and one path, in bytes that every client reads alike: put together again it
 * is the same URL.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "fuzz.h"
#include "message/http_url.h"

/* The host stands after the scheme, and nothing else can be taken for it. */
static void check_host(const char *text, const struct http_url *url)
{
    const char *authority = text + strlen("http://");
    const size_t length = strcspn(authority, "/");
    const size_t bracket = *authority == '[';

    fuzz_require(*url->host && url->port);
    fuzz_require(strlen(url->host) + bracket <= length);
    fuzz_require(text_equals_ignore_case(authority + bracket, strlen(url->host),
                                         url->host));
    fuzz_require(!strpbrk(url->host, "/?#@\\%[] "));
    fuzz_require(!memchr(authority, '@', length));
    fuzz_require(bracket == (strchr(url->host, ':') != NULL));
}

static void check_path(const char *text, const struct http_url *url)
{
    const char *byte;

    fuzz_require(url->path >= text && url->path <= text + strlen(text));
    fuzz_require(!*url->path || *url->path == '/');
    for (byte = url->path; *byte; byte++)
        fuzz_require(*byte > ' ' && *byte <= '~' && !strchr("\\#", *byte));
}

/* Both readers of the file say the same, and so do they of its normal form. */
static void check_again(const char *text, const struct http_url *url)
{
    const bool is_v6 = strchr(url->host, ':') != NULL;
    struct buffer again = BUFFER_INIT;
    struct authority_form form;
    struct http_url other;

    fuzz_require(http_url_authority(text, &form));
    fuzz_require(strcmp(form.host, url->host) == 0 && form.port == url->port);
    buffer_printf(&again, "http://%s%s%s:%d%s", is_v6 ? "[" : "", url->host,
                  is_v6 ? "]" : "", url->port, url->path);
    fuzz_require(http_url_parse(buffer_text(&again), &other) == NULL);
    fuzz_require(strcmp(other.host, url->host) == 0);
    fuzz_require(other.port == url->port && strcmp(other.path, url->path) == 0);
    buffer_free(&again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = fuzz_text(fuzz_input(data, size));
    struct http_url url = {.port = 0};
    struct authority_form form;

    if (http_url_parse(text, &url) == NULL) {
        fuzz_require(
            text_equals_ignore_case(text, strlen("http://"), "http://"));
        check_host(text, &url);
        check_path(text, &url);
        check_again(text, &url);
    } else if (http_url_authority(text, &form)) {
        fuzz_require(*form.host && form.port);
    }
    free(text);
    return 0;
}
