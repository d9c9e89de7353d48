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
    "Usage: slackmock [options] [SCENARIO.json]\n"
    "       slackmock [options] run [SCENARIO] -- COMMAND [ARG ...]\n"
    "       slackmock [options] replay FILE\n"
    "\n"
    "A mock of Slack's Web API: tokens are exchanged, refreshed and revoked "
    "as\n"
    "Slack's are, and every other method answers as documented, or from a\n"
    "stub. SCENARIO.json is a file or the name of a shipped scenario, such "
    "as\n"
    "errors/ratelimited.json; without it the default world is served.\n"
    "\n"
    "run serves on a free port while COMMAND runs, whose clients find the "
    "mock\n"
    "where they look for https://slack.com, and other hosts as ever. What was\n"
    "asked is told at the end, and the exit status is that of COMMAND.\n"
    "\n"
    "replay prints each request in a log of --state and its reply; with "
    "--until\n"
    "it serves the world as it was then, and with --redact it prints a log "
    "without\n"
    "the secrets, for a bug report.\n"
    "\n";

static const char foot[] =
    "\n"
    "What the command line leaves out comes from the environment: --some-name "
    "as\n"
    "SLACKMOCK_SOME_NAME (a flag as 1 or 0, several of --listen with blanks), "
    "the\n"
    "scenario as SLACKMOCK_SCENARIO; not what ends by itself, such as --help.\n"
    "\n"
    "SIGHUP loads the scenario again; SIGTERM and SIGINT end the program.\n";

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
