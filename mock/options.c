/* Reads the command line, option by option as the table has them. */
#include "options.h"

#include <getopt.h>
#include <string.h>

#include "message/method_facts.h"
#include "method_list.h"
#include "option_table.h"
#include "option_values.h"

/* getopt_long() tells rows by these: they are above every letter. */
#define FIRST_ROW 256

static void list_options(struct option long_options[OPTION_ROWS + 1],
                         char letters[2 * OPTION_ROWS + 2])
{
    *letters++ = ':'; /* a missing value is told from an unknown option */
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

/* What getopt_long() could not take: unknown, or not as it is meant. */
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

static void take_option(struct options *options, const struct option_row *row,
                        const char *text)
{
    void *target = (char *)options + row->offset;

    switch (row->kind) {
    case OPTION_ACTION:
        options->action = row->action;
        break;
    case OPTION_FLAG:
        *(bool *)target = true;
        break;
    case OPTION_NUMBER:
        option_read_number(options, row, text, target);
        break;
    case OPTION_SECONDS:
        option_read_seconds(options, row, text, target);
        break;
    case OPTION_TEXT:
        row->read(options, text);
        break;
    }
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
        take_option(options, row, optarg);
        given[row - option_rows] = true;
    }
}

/* With --list-errors the operand is no scenario. */
static void take_method(struct options *options, const char *name)
{
    const char *nearest = method_list_nearest(name);

    options->method = method_facts_find(name);
    if (!options->method)
        option_refuse(options,
                      "option --list-errors: found \"%s\", wanted the name of "
                      "a method%s%s%s",
                      name, nearest ? "; did you mean \"" : "",
                      nearest ? nearest : "", nearest ? "\"?" : "");
}

static void take_operands(struct options *options, int argc, char **argv)
{
    if (optind < argc)
        options->source.scenario = argv[optind++];
    if (optind < argc)
        option_refuse(options,
                      "found \"%s\" after \"%s\", wanted one scenario at most",
                      argv[optind], options->source.scenario);
    if (options->source.scenario && !*options->source.scenario)
        option_refuse(options, "found \"\", wanted the name of a scenario");
    else if (options->source.scenario && options->action == ACTION_LIST_ERRORS)
        take_method(options, options->source.scenario);
}

struct options options_parse(int argc, char **argv)
{
    struct options options = {.action = ACTION_SERVE};
    bool given[OPTION_ROWS] = {false};

    take_options(&options, argc, argv, given);
    if (options.action == ACTION_REFUSE)
        return options;
    for (size_t number = 0; number < OPTION_ROWS; number++)
        if (!given[number] && option_rows[number].initial)
            take_option(&options, &option_rows[number],
                        option_rows[number].initial);
    options.mock.verbose = options.log.verbose;
    take_operands(&options, argc, argv);
    return options;
}
