/* The command line of the load program. */

#include "load_options.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>

enum { MAX_CALLS = 50000000, MAX_CONNECTIONS = 20000 };

static const char usage[] =
    "usage: load --port PORT [options]\n"
    "  --between CALL     `VERB PATH`, sent before each burst, off the clock\n"
    "  --burst N          stop the clock after each N calls\n"
    "  --calls N          end after N calls (1000)\n"
    "  --connections N    so many at once (1)\n"
    "  --expect TEXT      what each reply must hold (\"ok\":true)\n"
    "  --first N          trade xoxb-generated-N first (1)\n"
    "  --last N           after xoxb-generated-N begin again\n"
    "  --milliseconds N   end after N milliseconds\n"
    "  --per-call         a new connection for each call\n"
    "  --refresh          trade once a connection, then refresh\n";

static const struct option names[] = {
    {"between", required_argument, NULL, 'w'},
    {"burst", required_argument, NULL, 'b'},
    {"calls", required_argument, NULL, 'n'},
    {"connections", required_argument, NULL, 'c'},
    {"expect", required_argument, NULL, 'e'},
    {"first", required_argument, NULL, 'f'},
    {"last", required_argument, NULL, 'l'},
    {"milliseconds", required_argument, NULL, 'm'},
    {"per-call", no_argument, NULL, 'x'},
    {"port", required_argument, NULL, 'p'},
    {"refresh", no_argument, NULL, 'r'},
    {NULL, 0, NULL, 0},
};

/* Returns 0 for what is no number from 1 to `most`. */
static long read_number(const char *text, long most)
{
    char *end;
    errno = 0;
    long number = strtol(text, &end, 10);
    if (errno || end == text || *end || number < 1 || number > most) {
        fprintf(stderr, "load: %s: wanted a number from 1 to %ld\n", text,
                most);
        return 0;
    }
    return number;
}

static long *number_named(struct load_options *options, int name)
{
    switch (name) {
    case 'b':
        return &options->burst;
    case 'n':
        return &options->calls;
    case 'f':
        return &options->first_token;
    case 'l':
        return &options->last_token;
    case 'm':
        return &options->milliseconds;
    default:
        return NULL;
    }
}

static int take(struct load_options *options, int name, const char *value)
{
    long *number = number_named(options, name);
    if (number) {
        *number = read_number(value, MAX_CALLS);
        return *number ? 0 : -1;
    }
    switch (name) {
    case 'c':
        options->connections = (int)read_number(value, MAX_CONNECTIONS);
        return options->connections ? 0 : -1;
    case 'p':
        options->port = (int)read_number(value, 65535);
        return options->port ? 0 : -1;
    case 'w':
        options->between = value;
        return 0;
    case 'e':
        options->expected = value;
        return 0;
    case 'x':
        options->connection_per_call = true;
        return 0;
    case 'r':
        options->refresh = true;
        return 0;
    default:
        return -1;
    }
}

int load_options_read(struct load_options *options, int count, char **arguments)
{
    *options = (struct load_options){.connections = 1,
                                     .first_token = 1,
                                     .last_token = MAX_CALLS,
                                     .calls = 1000,
                                     .milliseconds = 3600000,
                                     .expected = "\"ok\":true"};
    int name;
    while ((name = getopt_long(count, arguments, "", names, NULL)) != -1) {
        if (take(options, name, optarg) != 0) {
            fputs(usage, stderr);
            return -1;
        }
    }
    if (!options->port || optind != count ||
        !options->burst != !options->between ||
        options->first_token > options->last_token) {
        fputs(usage, stderr);
        return -1;
    }
    return 0;
}
