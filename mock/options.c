/* Reads the command line, option by option as the table has them. */
#include "options.h"

#include "front/signature.h"

#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "environment.h"
#include "log/redis_url.h"
#include "message/host_name.h"
#include "message/method_facts.h"
#include "option_table.h"
#include "option_values.h"

/*
 * getopt_long() returns FIRST_ROW + row for a long option: above every letter.
 */
#define FIRST_ROW 256

/* And a word that is no option by this. */
#define OPERAND       1
#define OPERANDS_MOST 3 /* one more than there can be */

#define RUN_ADDRESS "127.0.0.1:0" /* unless another is given */

struct operands {
    const char *words[OPERANDS_MOST];
    size_t count;
};

static void list_options(struct option long_options[OPTION_ROWS + 1],
                         char letters[2 * OPTION_ROWS + 3])
{
    *letters++ = '-'; /* operands are told as they come */
    *letters++ = ':'; /* so that a missing value and an unknown option differ */
    for (int number = 0; number < OPTION_ROWS; number++) {
        const struct option_row *row = &option_rows[number];
        int argument = row->value ? required_argument : no_argument;

        long_options[number] =
            (struct option){row->name, argument, NULL, FIRST_ROW + number};
        if (row->letter)
            *letters++ = row->letter;
        if (row->letter && row->value)
            *letters++ = ':';
    }
    long_options[OPTION_ROWS] = (struct option){NULL, 0, NULL, 0};
    *letters = '\0';
}

/* NULL if it is none of them. */
static const struct option_row *find_row(int found)
{
    if (found >= FIRST_ROW)
        return &option_rows[found - FIRST_ROW];
    for (size_t number = 0; number < OPTION_ROWS; number++)
        if (option_rows[number].letter == found)
            return &option_rows[number];
    return NULL;
}

/* Refuses what getopt_long() did not take. */
static void refuse_option(struct options *options, int found, const char *word)
{
    if (found == ':')
        option_refuse(
            options, "option %s: found nothing after it, wanted a value", word);
    else if (!optopt)
        option_refuse(options, "option %s: unknown", word);
    else if (find_row(optopt))
        option_refuse(options, "option %s: found a value, wanted none", word);
    else
        option_refuse(options, "option -%c: unknown", optopt);
}

/* The word of the option that getopt_long() has just taken. */
static const char *word_taken(char **argv)
{
    bool is_value = optarg && optarg == argv[optind - 1];

    return argv[optind - 1 - is_value];
}

/*
 * getopt_long() takes the beginning of a name for the whole: `--port 8081`
 * would write a file of that name, and listen elsewhere.
 */
static bool is_shortened(const struct option_row *row, const char *word)
{
    return strncmp(word, "--", strlen("--")) == 0 &&
           strcspn(word + strlen("--"), "=") < strlen(row->name);
}

/* As the command line has it. */
static void take_given(struct options *options, const struct option_row *row,
                       const char *text)
{
    char *name = xasprintf("option --%s", row->name);

    options->reading = name;
    option_take(options, row, row->kind == OPTION_FLAG ? "1" : text);
    free(name);
}

static void add_operand(struct operands *operands, const char *word)
{
    if (operands->count < OPERANDS_MOST)
        operands->words[operands->count++] = word;
}

/* As far as `--`, where there is one. */
static void take_options(struct options *options, int argc, char **argv,
                         struct operands *operands, bool given[OPTION_ROWS])
{
    struct option long_options[OPTION_ROWS + 1];
    char letters[2 * OPTION_ROWS + 3];
    int found;

    list_options(long_options, letters);
    while (options->action != ACTION_REFUSE &&
           (found = getopt_long(argc, argv, letters, long_options, NULL)) !=
               -1) {
        const struct option_row *row;

        if (found == OPERAND) {
            add_operand(operands, optarg);
            continue;
        }
        row = found == '?' || found == ':' ? NULL : find_row(found);
        if (!row) {
            refuse_option(options, found, argv[optind - 1]);
            continue;
        }
        if (is_shortened(row, word_taken(argv))) {
            option_refuse(options, "option %s: unknown; did you mean --%s?",
                          word_taken(argv), row->name);
            continue;
        }
        take_given(options, row, optarg);
        given[row - option_rows] = true;
    }
}

/* With --list-errors the operand is no scenario. */
static void take_method(struct options *options, const char *name)
{
    const char *nearest = method_facts_nearest(name);

    options->method = method_facts_find(name);
    if (!options->method)
        option_refuse(options,
                      "option --list-errors: found \"%s\", wanted the name of "
                      "a method%s%s%s",
                      name, nearest ? "; did you mean \"" : "",
                      nearest ? nearest : "", nearest ? "\"?" : "");
}

static void take_operand(struct options *options, const char *word)
{
    if (options->action == ACTION_HEALTH)
        option_read_health_url(options, word);
    else if (options->action == ACTION_LIST_ERRORS && *word)
        take_method(options, word);
    else
        option_read_scenario(options, word);
}

static void take_operands(struct options *options,
                          const struct operands *operands)
{
    bool is_url = options->action == ACTION_HEALTH;
    const char *const *words = operands->words;

    options->reading = is_url ? "option --health" : "operand";
    if (operands->count)
        take_operand(options, words[0]);
    if (operands->count > 1)
        option_refuse(options,
                      "found \"%s\" after \"%s\", wanted one %s at most",
                      words[1], words[0], is_url ? "URL" : "scenario");
}

/* Behind `run`; a scenario is all that stands before the command. */
static void take_command(struct options *options, struct operands *operands,
                         char **command)
{
    options->action = ACTION_RUN;
    options->command = command;
    options->server.pass_through = true;
    operands->count--;
    memmove(operands->words, operands->words + 1,
            operands->count * sizeof operands->words[0]);
    if (!command || !*command || !**command)
        option_refuse(options, "run: found no command, wanted "
                               "run [SCENARIO] -- COMMAND [ARG ...]");
}

/* Behind `replay`. */
static void take_log(struct options *options, const struct operands *operands)
{
    options->action = ACTION_REPLAY;
    if (operands->count != 2)
        option_refuse(options, "replay: found %s, wanted replay FILE",
                      operands->count < 2 ? "no file" : "more than one file");
    else if (redis_url_is_one(operands->words[1]))
        option_refuse(options, "replay: found the URL of a Redis, wanted "
                               "replay FILE: what is there cannot be replayed");
    else
        options->replay.path = operands->words[1];
}

/* What stands after `--` is a command or more operands. */
static void take_words(struct options *options, struct operands *operands,
                       int argc, char **argv)
{
    bool has_dashes = strcmp(argv[optind - 1], "--") == 0;

    if (options->action == ACTION_SERVE && operands->count &&
        strcmp(operands->words[0], "run") == 0)
        take_command(options, operands, has_dashes ? &argv[optind] : NULL);
    else
        for (; optind < argc; optind++)
            add_operand(operands, argv[optind]);
    if (options->action == ACTION_SERVE && operands->count &&
        strcmp(operands->words[0], "replay") == 0)
        take_log(options, operands);
    else if (options->action != ACTION_REFUSE)
        take_operands(options, operands);
}

/* The terminal is the command's: what is logged waits for its end. */
static void settle_run(struct options *options)
{
    const struct server_options *server = &options->server;

    if (options->until_eof)
        option_refuse(options, "option --until-eof: the standard input is the "
                               "command's under run");
    for (size_t i = 0; i < server->address_count; i++)
        if (!host_name_is_loopback(server->addresses[i].host))
            option_refuse(options,
                          "option --listen: found \"%s\", wanted a loopback "
                          "address under run",
                          server->addresses[i].host);
    options->report = !options->log.quiet;
    options->log.quiet = options->log.quiet || !options->log.verbose;
}

/* Without a URL a port is wanted. */
static void check_health(struct options *options)
{
    if (options->action == ACTION_HEALTH && !options->health_url &&
        !options->server.addresses[0].port && !options->port_file)
        option_refuse(options, "option --health: wanted a URL, or --port-file "
                               "beside port 0");
}

static void check_replay(struct options *options)
{
    if (options->action == ACTION_REPLAY && options->state.path)
        option_refuse(options, "option --state: replay keeps nothing");
    if (options->action == ACTION_SERVE && options->replay.until)
        option_refuse(options, "option --until: wanted replay FILE beside it");
    if (options->action == ACTION_SERVE && options->replay.redact)
        option_refuse(options, "option --redact: wanted replay FILE beside it");
    if (options->replay.redact && options->replay.until)
        option_refuse(options, "option --redact: it takes the whole log, and "
                               "no --until");
}

/* Whoever asks for these alone thinks that something is kept. */
static void check_state(struct options *options)
{
    const char *wish = options->state.fresh  ? "fresh"
                       : options->state.sync ? "state-sync"
                                             : NULL;

    if (wish && !options->state.path &&
        (options->action == ACTION_SERVE || options->action == ACTION_RUN))
        option_refuse(options, "option --%s: wanted --state beside it", wish);
}

static void take_initial(struct options *options, const struct option_row *row)
{
    bool is_address = row->read == option_read_address;

    option_take(options, row,
                is_address && options->action == ACTION_RUN ? RUN_ADDRESS
                                                            : row->initial);
}

/* Help is given whatever the environment holds. */
static bool heeds_environment(const struct options *options)
{
    return options->action == ACTION_SERVE || options->action == ACTION_RUN ||
           options->action == ACTION_REPLAY ||
           options->action == ACTION_CHECK || options->action == ACTION_HEALTH;
}

struct options options_parse(int argc, char **argv)
{
    struct options options = {.action = ACTION_SERVE};
    bool given[OPTION_ROWS] = {false};
    struct operands operands = {.count = 0};

    take_options(&options, argc, argv, &operands, given);
    if (options.action != ACTION_REFUSE)
        take_words(&options, &operands, argc, argv);
    if (heeds_environment(&options))
        environment_take(&options, given);
    for (size_t number = 0; number < OPTION_ROWS; number++)
        if (!given[number] && option_rows[number].initial)
            take_initial(&options, &option_rows[number]);
    check_health(&options);
    check_replay(&options);
    check_state(&options);
    if (options.action == ACTION_RUN)
        settle_run(&options);
    options.mock.verbose = options.log.verbose;
    options.mock.sign = signature_rs256();
    options.server.limits.scenario = options.source.file_size;
    return options;
}
