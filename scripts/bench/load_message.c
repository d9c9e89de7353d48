/* The requests that the load sends, and what it reads of the replies. */

#include "load_message.h"
#include "load_options.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define APP                                                                    \
    "client_id=4123121235.9872358710"                                          \
    "&client_secret=e1b9e11dfcd19c1982d5de12921e17e8c"

static size_t write_request(char request[MESSAGE_SIZE],
                            const struct load_options *options,
                            const char *method, const char *form)
{
    return (size_t)snprintf(
        request, MESSAGE_SIZE,
        "POST /api/%s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nUser-Agent: load\r\n"
        "Accept: */*\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        "%sContent-Length: %zu\r\n\r\n%s",
        method, options->port,
        options->connection_per_call ? "Connection: close\r\n" : "",
        strlen(form), form);
}

size_t write_exchange(char request[MESSAGE_SIZE],
                      const struct load_options *options, long token)
{
    char form[256];
    snprintf(form, sizeof form, APP "&token=xoxb-generated-%ld", token);
    return write_request(request, options, "oauth.v2.exchange", form);
}

size_t write_refresh(char request[MESSAGE_SIZE],
                     const struct load_options *options,
                     const char *refresh_token)
{
    char form[256 + REFRESH_TOKEN_SIZE];
    snprintf(form, sizeof form,
             APP "&grant_type=refresh_token&refresh_token=%s", refresh_token);
    return write_request(request, options, "oauth.v2.access", form);
}

/* Returns -1 if the head does not say the length. */
static long content_length(const char *head, const char *body)
{
    static const char name[] = "\r\ncontent-length:";
    for (const char *line = head; line && line < body;
         line = strstr(line + 2, "\r\n")) {
        if (strncasecmp(line, name, sizeof name - 1) == 0) {
            return strtol(line + sizeof name - 1, NULL, 10);
        }
    }
    return -1;
}

bool reply_is_whole(const char *reply, size_t length, bool ended)
{
    static const char last_chunk[] = "\r\n0\r\n\r\n";
    const size_t last_length = sizeof last_chunk - 1;
    const char *body = strstr(reply, "\r\n\r\n");
    if (!body) {
        return false;
    }
    body += 4;
    long announced = content_length(strstr(reply, "\r\n"), body);
    if (announced >= 0) {
        return length - (size_t)(body - reply) >= (size_t)announced;
    }
    return ended || (length >= last_length &&
                     strcmp(reply + length - last_length, last_chunk) == 0);
}

bool reply_refresh_token(const char *reply, char token[REFRESH_TOKEN_SIZE])
{
    static const char key[] = "\"refresh_token\":\"";
    const char *start = strstr(reply, key);
    if (!start) {
        return false;
    }
    start += sizeof key - 1;
    size_t length = strcspn(start, "\"");
    if (!start[length] || length >= REFRESH_TOKEN_SIZE) {
        return false;
    }
    memcpy(token, start, length);
    token[length] = '\0';
    return true;
}
