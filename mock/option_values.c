/*
 * Reads the values of options. What is wrong with one is said in one line:
 * which option, what was found, what is wanted.
 */
#include "option_values.h"

#include <errno.h>
#include <event2/http.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "log/redis_log.h"
#include "log/redis_url.h"
#include "process.h"

#define SECONDS_MIN 0.001
#define SECONDS_MAX 86400.0

/* The largest --max-scenario is counted in a size_t. */
_Static_assert(sizeof(size_t) >= 8, "sizes of 4 GiB need 64 bits");

static void refuse(struct options *options, const char *text)
{
    if (options->action == ACTION_REFUSE)
        return;
    options->action = ACTION_REFUSE;
    process_complain(text);
    (void)fputs("Try --help for the options.\n", stderr);
}

void option_refuse(struct options *options, const char *format, ...)
{
    va_list arguments;
    char *text;

    va_start(arguments, format);
    text = xvasprintf(format, arguments);
    va_end(arguments);
    refuse(options, text);
    free(text);
}

/* The same of the value at hand, in words that follow options->reading. */
static void __attribute__((format(printf, 2, 3)))
refuse_value(struct options *options, const char *format, ...)
{
    va_list arguments;
    char *problem;
    char *text;

    va_start(arguments, format);
    problem = xvasprintf(format, arguments);
    va_end(arguments);
    text = xasprintf("%s: %s", options->reading, problem);
    refuse(options, text);
    free(text);
    free(problem);
}

/* Digits alone, since strtoll() takes blanks and signs too. */
static bool parse_integer(const char *text, long long most, long long *number)
{
    char *end;

    if (!*text || text[strspn(text, "0123456789")])
        return false;
    errno = 0;
    *number = strtoll(text, &end, 10);
    return !errno && *number <= most;
}

static void read_number(struct options *options, const char *text,
                        long long most, size_t *target)
{
    long long number = 0;

    if (!parse_integer(text, most, &number) || number < 1)
        refuse_value(options,
                     "found \"%s\", wanted a whole number from 1 to %lld", text,
                     most);
    *target = (size_t)number;
}

static void read_flag(struct options *options, const char *text, bool *target)
{
    *target = strcmp(text, "1") == 0;
    if (!*target && strcmp(text, "0") != 0)
        refuse_value(options, "found \"%s\", wanted 1 or 0", text);
}

/* Digits with or without a point, no sign, no exponent. */
static void read_seconds(struct options *options, const char *text,
                         int64_t *target)
{
    char *end = NULL;
    double seconds = 0;

    if (!text[strspn(text, "0123456789.")])
        seconds = strtod(text, &end);
    if (!end || end == text || *end || seconds < SECONDS_MIN ||
        seconds > SECONDS_MAX)
        refuse_value(options, "found \"%s\", wanted seconds from %g to %g",
                     text, SECONDS_MIN, SECONDS_MAX);
    else
        *target = (int64_t)(seconds * 1000 + 0.5);
}

/* Copies the host without its brackets; false if there is none that fits. */
static bool take_host(struct listen_address *address, const char *text,
                      size_t length)
{
    if (length > 2 && text[0] == '[' && text[length - 1] == ']') {
        text++;
        length -= 2;
    } else if (memchr(text, ':', length)) {
        return false;
    }
    if (!length || memchr(text, '[', length) || memchr(text, ']', length) ||
        length >= sizeof address->host)
        return false;
    memcpy(address->host, text, length);
    address->host[length] = '\0';
    return true;
}

void option_read_address(struct options *options, const char *text)
{
    struct server_options *server = &options->server;
    const char *colon = strrchr(text, ':');
    struct listen_address address = {0};
    long long port = 0;

    if (!colon || !take_host(&address, text, (size_t)(colon - text)) ||
        !parse_integer(colon + 1, UINT16_MAX, &port)) {
        refuse_value(options,
                     "found \"%s\", wanted HOST:PORT with a port "
                     "from 0 to 65535, an IPv6 address in brackets",
                     text);
        return;
    }
    if (server->address_count == ADDRESSES_MAX) {
        refuse_value(options,
                     "found \"%s\" after %d others, wanted %d at "
                     "most",
                     text, ADDRESSES_MAX, ADDRESSES_MAX);
        return;
    }
    address.port = (uint16_t)port;
    server->addresses[server->address_count++] = address;
}

/* As the authority of a URL has it, without a port. */
void option_read_event_host(struct options *options, const char *text)
{
    struct event_hosts *hosts = &options->server.event_hosts;
    struct authority_form form;
    struct buffer authority = BUFFER_INIT;
    bool is_host;

    buffer_printf(&authority,
                  strchr(text, ':') && *text != '[' ? "[%s]:1" : "%s:1", text);
    is_host = authority_form_parse(authority.data, &form);
    buffer_free(&authority);
    if (!is_host)
        refuse_value(options,
                     "found \"%s\", wanted the name or address of a "
                     "host, without a port",
                     text);
    else if (hosts->count == EVENT_HOSTS_MAX)
        refuse_value(options,
                     "found \"%s\" after %d others, wanted %d "
                     "at most",
                     text, EVENT_HOSTS_MAX, EVENT_HOSTS_MAX);
    else
        memcpy(hosts->list[hosts->count++], form.host, sizeof form.host);
}

void option_read_log_format(struct options *options, const char *text)
{
    if (strcmp(text, "json") == 0)
        options->log.format = LOG_JSON;
    else if (strcmp(text, "text") == 0)
        options->log.format = LOG_TEXT;
    else
        refuse_value(options, "found \"%s\", wanted text or json", text);
}

void option_read_port_file(struct options *options, const char *path)
{
    if (!*path)
        refuse_value(options, "found \"\", wanted a path");
    options->port_file = path;
}

void option_read_ca_directory(struct options *options, const char *path)
{
    if (!*path)
        refuse_value(options, "found \"\", wanted a directory");
    options->server.ca_directory = path;
}

/* It may have a password: what was found is not shown. */
static void check_redis(struct options *options, const char *text)
{
    struct redis_url url;
    struct buffer why = BUFFER_INIT;

    if (!redis_url_parse(text, &url, &why))
        refuse_value(options, "%s", why.data);
    else if (!redis_library())
        refuse_value(options, "this slackmock was built without "
                              "hiredis: wanted a path");
    redis_url_clear(&url);
    buffer_free(&why);
}

void option_read_state(struct options *options, const char *path)
{
    if (!*path)
        refuse_value(options, "found \"\", wanted a path");
    options->state.path = path;
    if (redis_url_is_one(path))
        check_redis(options, path);
}

/* One that a header cannot carry would lock everybody out. */
void option_read_control_token(struct options *options, const char *token)
{
    for (const char *byte = token; *byte; byte++)
        if (*byte <= ' ' || *byte >= 0x7F)
            token = "";
    if (!*token)
        refuse_value(options, "wanted visible ASCII "
                              "characters, at least one");
    options->server.control_token = token;
}

void option_read_scenario(struct options *options, const char *name)
{
    if (!*name)
        refuse_value(options, "found \"\", wanted the name of a scenario");
    options->source.scenario = name;
}

void option_read_health_url(struct options *options, const char *url)
{
    struct evhttp_uri *parsed = evhttp_uri_parse(url);
    const char *scheme = parsed ? evhttp_uri_get_scheme(parsed) : NULL;
    const char *host = parsed ? evhttp_uri_get_host(parsed) : NULL;

    if (!scheme || strcmp(scheme, "http") != 0 || !host || !*host ||
        evhttp_uri_get_port(parsed) == 0)
        refuse_value(options,
                     "found \"%s\", wanted a URL such as "
                     "http://127.0.0.1:8080",
                     url);
    options->health_url = url;
    if (parsed)
        evhttp_uri_free(parsed);
}

void option_take(struct options *options, const struct option_row *row,
                 const char *text)
{
    void *target = (char *)options + row->offset;

    switch (row->kind) {
    case OPTION_ACTION:
        options->action = row->action;
        break;
    case OPTION_FLAG:
        read_flag(options, text, target);
        break;
    case OPTION_NUMBER:
        read_number(options, text, row->most, target);
        break;
    case OPTION_SECONDS:
        read_seconds(options, text, target);
        break;
    case OPTION_TEXT:
        row->read(options, text);
        break;
    }
}
