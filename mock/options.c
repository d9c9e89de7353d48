/* Reads the command line, option by option as the table has them. */
#include "options.h"

#include "front/signature.h"

#include <getopt.h>
#include <stdlib.h>

#include "base/xalloc.h"
#include "environment.h"
#include "option_table.h"
#include "option_values.h"

/*
 * getopt_long() returns FIRST_ROW + row for a long option: above every letter.
 */
#define FIRST_ROW 256

static void list_options(struct option long_options[OPTION_ROWS + 1],
                         char letters[2 * OPTION_ROWS + 2])
{
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
        option_refuse(options,
                      "option %s: found nothing behind it, wanted a value",
                      word);
    else if (!optopt)
        option_refuse(options, "option %s: unknown, or short for more than one",
                      word);
    else if (find_row(optopt))
        option_refuse(options, "option %s: found a value, wanted none", word);
    else
        option_refuse(options, "option -%c: unknown", optopt);
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

static void take_options(struct options *options, int argc, char **argv,
                         bool given[OPTION_ROWS])
{
    struct option long_options[OPTION_ROWS + 1];
    char letters[2 * OPTION_ROWS + 2];
    int found;

    list_options(long_options, letters);
    while (options->action != ACTION_REFUSE &&
           (found = getopt_long(argc, argv, letters, long_options, NULL)) !=
               -1) {
        const struct option_row *row =
            found == '?' || found == ':' ? NULL : find_row(found);

        if (!row) {
            refuse_option(options, found, argv[optind - 1]);
            continue;
        }
        take_given(options, row, optarg);
        given[row - option_rows] = true;
    }
}

static void take_operands(struct options *options, int argc, char **argv)
{
    bool is_url = options->action == ACTION_HEALTH;

    options->reading = is_url ? "option --health" : "operand";
    if (optind < argc && is_url)
        option_read_health_url(options, argv[optind]);
    else if (optind < argc)
        option_read_scenario(options, argv[optind]);
    if (optind + 1 < argc)
        option_refuse(
            options, "found \"%s\" after \"%s\", wanted one %s at most",
            argv[optind + 1], argv[optind], is_url ? "URL" : "scenario");
}

/* Without a URL a port is wanted. */
static void check_health(struct options *options)
{
    if (options->action == ACTION_HEALTH && !options->health_url &&
        !options->server.addresses[0].port && !options->port_file)
        option_refuse(options, "option --health: wanted a URL, or --port-file "
                               "beside port 0");
}

/* Help is given whatever the environment holds. */
static bool heeds_environment(const struct options *options)
{
    return options->action == ACTION_SERVE || options->action == ACTION_CHECK ||
           options->action == ACTION_HEALTH;
}

struct options options_parse(int argc, char **argv)
{
    struct options options = {.action = ACTION_SERVE};
    bool given[OPTION_ROWS] = {false};

    take_options(&options, argc, argv, given);
    if (options.action != ACTION_REFUSE)
        take_operands(&options, argc, argv);
    if (heeds_environment(&options))
        environment_take(&options, given);
    for (size_t number = 0; number < OPTION_ROWS; number++)
        if (!given[number] && option_rows[number].initial)
            option_take(&options, &option_rows[number],
                        option_rows[number].initial);
    check_health(&options);
    options.mock.verbose = options.log.verbose;
    options.mock.sign = signature_rs256();
    options.server.limits.scenario = options.source.file_size;
    return options;
}
