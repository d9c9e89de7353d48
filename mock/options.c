/*
 * Reads the command line. Whatever is wrong with it is said in one line: which
 * option, what was found, what is wanted.
 */
#include "options.h"

#include <errno.h>
#include <getopt.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "process.h"
#include "json/json_text.h"

#define SECONDS_MIN 0.001
#define SECONDS_MAX 86400.0

/* Those without a letter of their own. */
enum long_option {
    OPTION_CA_DIR = 256,
    OPTION_CHECK,
    OPTION_CONTROL_TOKEN,
    OPTION_HELP,
    OPTION_IDLE_TIMEOUT,
    OPTION_JOURNAL,
    OPTION_LIST_ERRORS,
    OPTION_LOG_FORMAT,
    OPTION_MAX_ARGUMENTS,
    OPTION_MAX_BODY,
    OPTION_MAX_CONNECTIONS,
    OPTION_MAX_DEPTH,
    OPTION_MAX_HEAD,
    OPTION_MAX_SANDBOXES,
    OPTION_MAX_SCENARIO,
    OPTION_MAX_URL,
    OPTION_PASS_THROUGH,
    OPTION_PORT_FILE,
    OPTION_REQUEST_TIMEOUT,
    OPTION_VERSION
};

static const struct option long_options[] = {
    {"ca-dir", required_argument, NULL, OPTION_CA_DIR},
    {"check", no_argument, NULL, OPTION_CHECK},
    {"control-token", required_argument, NULL, OPTION_CONTROL_TOKEN},
    {"help", no_argument, NULL, OPTION_HELP},
    {"idle-timeout", required_argument, NULL, OPTION_IDLE_TIMEOUT},
    {"journal", required_argument, NULL, OPTION_JOURNAL},
    {"list-errors", no_argument, NULL, OPTION_LIST_ERRORS},
    {"listen", required_argument, NULL, 'l'},
    {"log-format", required_argument, NULL, OPTION_LOG_FORMAT},
    {"max-arguments", required_argument, NULL, OPTION_MAX_ARGUMENTS},
    {"max-body", required_argument, NULL, OPTION_MAX_BODY},
    {"max-connections", required_argument, NULL, OPTION_MAX_CONNECTIONS},
    {"max-depth", required_argument, NULL, OPTION_MAX_DEPTH},
    {"max-head", required_argument, NULL, OPTION_MAX_HEAD},
    {"max-sandboxes", required_argument, NULL, OPTION_MAX_SANDBOXES},
    {"max-scenario", required_argument, NULL, OPTION_MAX_SCENARIO},
    {"max-url", required_argument, NULL, OPTION_MAX_URL},
    {"pass-through", no_argument, NULL, OPTION_PASS_THROUGH},
    {"port-file", required_argument, NULL, OPTION_PORT_FILE},
    {"quiet", no_argument, NULL, 'q'},
    {"request-timeout", required_argument, NULL, OPTION_REQUEST_TIMEOUT},
    {"verbose", no_argument, NULL, 'v'},
    {"version", no_argument, NULL, OPTION_VERSION},
    {NULL, 0, NULL, 0},
};

/* Says what is wrong, in words that follow the program's name. */
static void __attribute__((format(printf, 2, 3)))
refuse(struct options *options, const char *format, ...)
{
    va_list arguments;
    char *text;

    if (options->action == ACTION_REFUSE)
        return;
    options->action = ACTION_REFUSE;
    va_start(arguments, format);
    text = xvasprintf(format, arguments);
    va_end(arguments);
    process_complain(text);
    (void)fputs("Try --help for the options.\n", stderr);
    free(text);
}

/* Digits alone, since strtol() takes blanks and signs too. */
static bool parse_integer(const char *text, long most, long *number)
{
    char *end;

    if (!*text || text[strspn(text, "0123456789")])
        return false;
    errno = 0;
    *number = strtol(text, &end, 10);
    return !errno && *number <= most;
}

static size_t take_integer(struct options *options, const char *name,
                           const char *text, long most)
{
    long number = 0;

    if (!parse_integer(text, most, &number) || number < 1)
        refuse(options,
               "option --%s: found \"%s\", wanted a whole number from 1 to %ld",
               name, text, most);
    return (size_t)number;
}

/* Returns milliseconds. Digits with or without a point, no sign, no exponent.
 */
static int64_t take_seconds(struct options *options, const char *name,
                            const char *text)
{
    char *end = NULL;
    double seconds = 0;

    if (!text[strspn(text, "0123456789.")])
        seconds = strtod(text, &end);
    if (!end || end == text || *end || seconds < SECONDS_MIN ||
        seconds > SECONDS_MAX) {
        refuse(options,
               "option --%s: found \"%s\", wanted seconds from %g to %g", name,
               text, SECONDS_MIN, SECONDS_MAX);
        return 0;
    }
    return (int64_t)(seconds * 1000 + 0.5);
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

static void take_address(struct options *options, const char *text)
{
    struct server_options *server = &options->server;
    const char *colon = strrchr(text, ':');
    struct listen_address address = {0};
    long port = 0;

    if (!colon || !take_host(&address, text, (size_t)(colon - text)) ||
        !parse_integer(colon + 1, UINT16_MAX, &port)) {
        refuse(options,
               "option --listen: found \"%s\", wanted HOST:PORT with a port "
               "from 0 to 65535, an IPv6 address in brackets",
               text);
        return;
    }
    if (server->address_count == ADDRESSES_MAX) {
        refuse(options,
               "option --listen: found \"%s\" after %d others, wanted %d at "
               "most",
               text, ADDRESSES_MAX, ADDRESSES_MAX);
        return;
    }
    address.port = (uint16_t)port;
    server->addresses[server->address_count++] = address;
}

static void take_log_format(struct options *options, const char *text)
{
    if (strcmp(text, "json") == 0)
        options->log.format = LOG_JSON;
    else if (strcmp(text, "text") == 0)
        options->log.format = LOG_TEXT;
    else
        refuse(options,
               "option --log-format: found \"%s\", wanted text or json", text);
}

static void take_port_file(struct options *options, const char *path)
{
    if (!*path)
        refuse(options, "option --port-file: found \"\", wanted a path");
    options->port_file = path;
}

static void take_ca_directory(struct options *options, const char *path)
{
    if (!*path)
        refuse(options, "option --ca-dir: found \"\", wanted a directory");
    options->server.ca_directory = path;
}

/* One that a header cannot carry would lock everybody out. */
static void take_control_token(struct options *options, const char *token)
{
    for (const char *byte = token; *byte; byte++)
        if (*byte <= ' ' || *byte >= 0x7F)
            token = "";
    if (!*token)
        refuse(options, "option --control-token: wanted visible ASCII "
                        "characters, at least one");
    options->server.control_token = token;
}

/* What getopt_long() could not take: unknown, or not as it is meant. */
static void refuse_option(struct options *options, int found, char **argv)
{
    const char *word = argv[optind - 1];

    if (found == ':')
        refuse(options, "option %s: found nothing behind it, wanted a value",
               word);
    else if (!optopt)
        refuse(options, "option %s: unknown, or short for more than one", word);
    else if (optopt >= OPTION_CA_DIR || strchr("lqv", optopt))
        refuse(options, "option %s: found a value, wanted none", word);
    else
        refuse(options, "option -%c: unknown", optopt);
}

/* False if it is no such option. */
static bool take_limit(struct options *options, int option)
{
    struct connection_limits *limits = &options->server.limits;
    const struct {
        int option;
        const char *name;
        long most;
        size_t *target;
    } limited[] = {
        {OPTION_JOURNAL, "journal", 10000000, &options->mock.journal_entries},
        {OPTION_MAX_ARGUMENTS, "max-arguments", 1000000,
         &options->mock.call.arguments},
        {OPTION_MAX_BODY, "max-body", 1L << 30, &limits->body},
        {OPTION_MAX_CONNECTIONS, "max-connections", 1000000,
         &limits->connections},
        {OPTION_MAX_DEPTH, "max-depth", JSON_DEPTH_MOST,
         &options->mock.call.json_depth},
        {OPTION_MAX_HEAD, "max-head", 1L << 24, &limits->head},
        {OPTION_MAX_SANDBOXES, "max-sandboxes", 1000000,
         &options->mock.sandboxes},
        {OPTION_MAX_SCENARIO, "max-scenario", 1L << 32,
         &options->source.file_size},
        {OPTION_MAX_URL, "max-url", 1L << 24, &limits->url},
    };

    for (size_t i = 0; i < sizeof limited / sizeof *limited; i++) {
        if (limited[i].option != option)
            continue;
        *limited[i].target =
            take_integer(options, limited[i].name, optarg, limited[i].most);
        return true;
    }
    return false;
}

static void take_option(struct options *options, int option, char **argv)
{
    struct connection_limits *limits = &options->server.limits;

    switch (option) {
    case 'l':
        take_address(options, optarg);
        break;
    case 'q':
        options->log.quiet = true;
        break;
    case 'v':
        options->log.verbose = true;
        options->mock.verbose = true;
        break;
    case OPTION_CA_DIR:
        take_ca_directory(options, optarg);
        break;
    case OPTION_PASS_THROUGH:
        options->server.pass_through = true;
        break;
    case OPTION_CHECK:
        options->action = ACTION_CHECK;
        break;
    case OPTION_CONTROL_TOKEN:
        take_control_token(options, optarg);
        break;
    case OPTION_LIST_ERRORS:
        options->action = ACTION_LIST_ERRORS;
        break;
    case OPTION_HELP:
        options->action = ACTION_HELP;
        break;
    case OPTION_VERSION:
        options->action = ACTION_VERSION;
        break;
    case OPTION_LOG_FORMAT:
        take_log_format(options, optarg);
        break;
    case OPTION_PORT_FILE:
        take_port_file(options, optarg);
        break;
    case OPTION_REQUEST_TIMEOUT:
        limits->request_timeout =
            take_seconds(options, "request-timeout", optarg);
        break;
    case OPTION_IDLE_TIMEOUT:
        limits->idle_timeout = take_seconds(options, "idle-timeout", optarg);
        break;
    default:
        if (!take_limit(options, option))
            refuse_option(options, option, argv);
        break;
    }
}

struct options options_parse(int argc, char **argv)
{
    static const struct listen_address standard = {"127.0.0.1", 8080};
    struct options options = {
        .action = ACTION_SERVE,
        .server.limits = {.request_timeout = 10000,
                          .idle_timeout = 120000,
                          .connections = 10000,
                          .head = 65536,
                          .url = 32768,
                          .body = 1 << 20},
        .mock.journal_entries = 1000,
        .mock.sandboxes = 20000,
        .mock.call = CALL_LIMITS_DEFAULT,
        .source = {.file_size = 256 << 20},
    };
    int option;

    while (options.action != ACTION_REFUSE &&
           (option = getopt_long(argc, argv, ":l:qv", long_options, NULL)) !=
               -1)
        take_option(&options, option, argv);
    if (options.action == ACTION_REFUSE)
        return options;
    if (optind < argc)
        options.source.scenario = argv[optind++];
    if (optind < argc)
        refuse(&options,
               "found \"%s\" after \"%s\", wanted one scenario at most",
               argv[optind], options.source.scenario);
    if (options.source.scenario && !*options.source.scenario)
        refuse(&options, "found \"\", wanted the name of a scenario");
    if (!options.server.address_count)
        options.server.addresses[options.server.address_count++] = standard;
    return options;
}
