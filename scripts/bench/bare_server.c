/* The yardstick: an evhttp server with libevent's defaults that answers every
 * request with the one reply it read from a file, header lines, an empty line
 * and a body. It decides nothing and keeps nothing. */

#include <event2/buffer.h>
#include <event2/event.h>
#include <event2/http.h>

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAX_HEADERS 32

struct header {
    char *name;
    char *value;
};

struct fixed_reply {
    char bytes[8192];
    struct header headers[MAX_HEADERS];
    size_t header_count;
    char *body;
    size_t body_length;
};

static int read_bytes(struct fixed_reply *reply, const char *path)
{
    FILE *file = fopen(path, "rb");
    if (!file) {
        fprintf(stderr, "bare_server: %s: %s\n", path, strerror(errno));
        return -1;
    }
    size_t length = fread(reply->bytes, 1, sizeof reply->bytes - 1, file);
    int failed = ferror(file);
    if (fclose(file) != 0 || failed) {
        fprintf(stderr, "bare_server: %s: cannot be read\n", path);
        return -1;
    }
    reply->bytes[length] = '\0';
    return 0;
}

/* Returns what follows the line, or NULL if it is not `Name: value`. */
static char *split_header(struct header *header, char *line)
{
    char *end = strchr(line, '\n');
    char *colon = strstr(line, ": ");
    if (!end || !colon || colon > end) {
        return NULL;
    }
    *colon = *end = '\0';
    header->name = line;
    header->value = colon + 2;
    return end + 1;
}

static int read_reply(struct fixed_reply *reply, const char *path)
{
    if (read_bytes(reply, path) != 0) {
        return -1;
    }
    char *line = reply->bytes;
    while (line && *line != '\n' && reply->header_count < MAX_HEADERS) {
        line = split_header(&reply->headers[reply->header_count++], line);
    }
    if (!line || *line != '\n') {
        fprintf(stderr,
                "bare_server: %s: wanted up to %d lines `Name: value`, an "
                "empty line and a body\n",
                path, MAX_HEADERS);
        return -1;
    }
    reply->body = line + 1;
    reply->body_length = strlen(reply->body);
    return 0;
}

static void answer(struct evhttp_request *request, void *argument)
{
    const struct fixed_reply *reply = argument;
    struct evkeyvalq *headers = evhttp_request_get_output_headers(request);
    for (size_t i = 0; i < reply->header_count; i++) {
        evhttp_add_header(headers, reply->headers[i].name,
                          reply->headers[i].value);
    }
    struct evbuffer *body = evbuffer_new();
    evbuffer_add(body, reply->body, reply->body_length);
    evhttp_send_reply(request, HTTP_OK, "OK", body);
    evbuffer_free(body);
}

static void stop(evutil_socket_t number, short what, void *base)
{
    (void)number;
    (void)what;
    event_base_loopbreak(base);
}

static int serve(unsigned short port, struct fixed_reply *reply)
{
    struct event_base *base = event_base_new();
    struct evhttp *http = evhttp_new(base);
    struct event *stopping = evsignal_new(base, SIGTERM, stop, base);
    event_add(stopping, NULL);
    evhttp_set_gencb(http, answer, reply);
    int status = evhttp_bind_socket(http, "127.0.0.1", port);
    if (status == 0) {
        event_base_dispatch(base);
    } else {
        fprintf(stderr, "bare_server: port %hu of 127.0.0.1 is taken\n", port);
    }
    event_free(stopping);
    evhttp_free(http);
    event_base_free(base);
    return status;
}

int main(int count, char **arguments)
{
    static struct fixed_reply reply;
    long port = count == 3 ? strtol(arguments[1], NULL, 10) : 0;
    if (port < 1 || port > 65535) {
        fprintf(stderr, "usage: bare_server PORT REPLY-FILE\n");
        return 2;
    }
    if (read_reply(&reply, arguments[2]) != 0) {
        return 1;
    }
    return serve((unsigned short)port, &reply) == 0 ? 0 : 1;
}
