/*
 * What --help and --version print.
 */
#include <cjson/cJSON.h>
#include <event2/event.h>
#include <stdio.h>
#include <string.h>

#include "base/version.h"
#include "front/tls.h"
#include "log/redis_log.h"
#include "option_table.h"
#include "options.h"

#define HELP_COLUMN 31

static const char head[] =
    "Usage: slackmock [options] [SCENARIO]\n"
    "       slackmock [options] run [SCENARIO] -- COMMAND [ARG ...]\n"
    "       slackmock [options] replay FILE\n"
    "\n"
    "A mock of Slack's Web API: tokens are exchanged, refreshed and revoked\n"
    "as Slack's are, and every other method answers as documented, or as the\n"
    "scenario says. SCENARIO is a JSON file or the name of a shipped\n"
    "scenario, such as errors/ratelimited.json; without it the default world\n"
    "is served.\n"
    "\n"
    "run serves on a free port while COMMAND runs. Its clients find the mock\n"
    "where they look for https://slack.com, and other hosts as ever. At the\n"
    "end it tells what was asked, and exits as COMMAND did.\n"
    "\n"
    "replay prints each request in a log of --state with its reply. With\n"
    "--until it serves the world as it was at that entry; with --redact it\n"
    "prints the log without its secrets, for a bug report.\n"
    "\n";

static const char foot[] =
    "\n"
    "What the command line leaves out comes from the environment: --some-name\n"
    "as SLACKMOCK_SOME_NAME (a flag is 1 or 0; several --listen are parted by\n"
    "blanks), the scenario as SLACKMOCK_SCENARIO. Options that print or check\n"
    "something and end, such as --help, have no variable.\n"
    "\n"
    "SIGHUP loads the scenario again; SIGTERM and SIGINT end the program.\n"
    "\n"
    "Exit status: 0 when it was ended by a signal or did what it was asked, 1\n"
    "when a scenario has mistakes, an address cannot be had or a file is of\n"
    "no use, 2 for a wrong command line. run exits as COMMAND did: 127 if it\n"
    "is not found, 126 if it cannot be run, 128 and the number of the signal\n"
    "that ended it.\n";

/* Returns how wide it is. */
static int print_names(const struct option_row *row)
{
    int width = row->letter ? printf("  -%c, ", row->letter) : printf("      ");

    width += printf("--%s", row->name);
    if (row->value)
        width += printf(" %s", row->value);
    return width;
}

static void print_row(const struct option_row *row)
{
    const char *line = row->help;
    size_t length = strcspn(line, "\n");
    int width = print_names(row);

    if (width > HELP_COLUMN - 2) {
        printf("\n");
        width = 0;
    }
    printf("%*s%.*s", HELP_COLUMN - width, "", (int)length, line);
    while (line[length]) {
        line += length + 1;
        length = strcspn(line, "\n");
        printf("\n%*s%.*s", HELP_COLUMN, "", (int)length, line);
    }
    if (row->value)
        printf(" (%s)", row->initial ? row->initial : "none");
    printf("\n");
}

void options_print_help(void)
{
    (void)fputs(head, stdout);
    for (size_t number = 0; number < OPTION_ROWS; number++)
        print_row(&option_rows[number]);
    (void)fputs(foot, stdout);
}

void options_print_version(void)
{
    const char *tls = tls_library();
    const char *redis = redis_library();

    printf("slackmock %s (libevent %s, cJSON %s, %s, %s)\n", SLACKMOCK_VERSION,
           event_get_version(), cJSON_Version(), tls ? tls : "without TLS",
           redis ? redis : "without Redis");
}
