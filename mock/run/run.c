/* Files first, then the environment that names them, then the command. */
#include "run.h"

#include "command.h"
#include "command_environment.h"
#include "run_folder.h"
#include "variables.h"

#define CANNOT_RUN 1

extern char **environ;

static int begin(struct run *run, const struct run_start *start,
                 struct variables *variables, struct buffer *why)
{
    struct command_places places = {.host = start->host, .port = start->port};
    struct command_start command = {.words = start->words,
                                    .prepare = start->prepare,
                                    .ended = start->ended,
                                    .context = start->context};
    int status = CANNOT_RUN;

    run->folder = run_folder_create(start->certificate, variables, why);
    if (!run->folder)
        return status;
    run_folder_place(run->folder, &places);
    command_environment_set(variables, &places);
    command.environment = variables->entries;
    run->command = command_create(start->base, &command, &status, why);
    return run->command ? 0 : status;
}

int run_begin(struct run *run, const struct run_start *start,
              struct buffer *why)
{
    struct variables variables;
    int result;

    if (!start->certificate) {
        buffer_add_text(why, "run needs TLS, and this slackmock was built "
                             "without (TLS=0)");
        return CANNOT_RUN;
    }
    variables_init(&variables, environ);
    result = begin(run, start, &variables, why);
    variables_free(&variables);
    return result;
}

int run_status(const struct run *run)
{
    return command_status(run->command);
}

void run_clear(struct run *run)
{
    command_free(run->command);
    run_folder_free(run->folder);
    buffer_free(&run->report.lines);
}
