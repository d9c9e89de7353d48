/*
 * slackmock: does what the command line asks for, and ends with the status that
 * tells how it went.
 */
#include <stdio.h>

#include "error_list.h"
#include "health.h"
#include "method_list.h"
#include "options.h"
#include "process.h"
#include "redact.h"
#include "replay.h"
#include "scenario/scenario.h"
#include "serve.h"
#include "world.h"

enum exit_status { EXIT_FINE = 0, EXIT_CANNOT = 1, EXIT_MISUSE = 2 };

static int check(const struct world_source *source)
{
    struct buffer mistakes = BUFFER_INIT;
    bool fine = world_check(source, &mistakes);

    if (fine)
        printf("%s: ok\n", world_source_name(source));
    (void)fputs(buffer_text(&mistakes), stderr);
    buffer_free(&mistakes);
    return fine ? EXIT_FINE : EXIT_CANNOT;
}

static int list_methods(const struct world_source *source)
{
    struct buffer mistakes = BUFFER_INIT;
    struct scenario *scenario = world_load(source, &mistakes);

    if (scenario)
        method_list_print(scenario);
    (void)fputs(buffer_text(&mistakes), stderr);
    buffer_free(&mistakes);
    scenario_release(scenario);
    return scenario ? EXIT_FINE : EXIT_CANNOT;
}

static int replay(struct options *options)
{
    if (options->replay.redact)
        return redact(options);
    return options->replay.until ? serve(options) : replay_print(options);
}

static int act(struct options *options)
{
    switch (options->action) {
    case ACTION_SERVE:
    case ACTION_RUN:
        return serve(options);
    case ACTION_REPLAY:
        return replay(options);
    case ACTION_CHECK:
        return check(&options->source);
    case ACTION_HEALTH:
        return health(options) == 0 ? EXIT_FINE : EXIT_CANNOT;
    case ACTION_LIST_ERRORS:
        if (options->method)
            method_list_print_errors(options->method);
        else
            error_list_print();
        return EXIT_FINE;
    case ACTION_LIST_METHODS:
        return list_methods(&options->source);
    case ACTION_HELP:
        options_print_help();
        return EXIT_FINE;
    case ACTION_VERSION:
        options_print_version();
        return EXIT_FINE;
    case ACTION_REFUSE:
        break;
    }
    return EXIT_MISUSE;
}

int main(int argc, char **argv)
{
    struct buffer why = BUFFER_INIT;
    int status;
    struct options options;

    process_prepare();
    options = options_parse(argc, argv);
    status = act(&options);
    if (process_flush_stdout(&why) != 0 && status == EXIT_FINE) {
        process_complain(buffer_text(&why));
        status = EXIT_CANNOT;
    }
    buffer_free(&why);
    return status;
}
