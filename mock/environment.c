/* One loop over the table of options. */
#include "environment.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "option_values.h"

#define PREFIX "SLACKMOCK_"

extern char **environ;

static char *variable_of(const struct option_row *row)
{
    char *name = xasprintf(PREFIX "%s", row->name);

    for (char *letter = name + strlen(PREFIX); *letter; letter++)
        if (*letter == '-')
            *letter = '_';
        else
            *letter = (char)toupper((unsigned char)*letter);
    return name;
}

/* Reads each of the words that blanks part; without one, what there is. */
static void take_words(struct options *options, const struct option_row *row,
                       const char *text)
{
    const char *word = text + strspn(text, " ");

    do {
        size_t length = strcspn(word, " ");
        char *copy = xmemdup0(word, length);

        option_take(options, row, copy);
        free(copy);
        word += length;
        word += strspn(word, " ");
    } while (*word);
}

static void take_variable(struct options *options, const struct option_row *row,
                          const char *text)
{
    if (row->is_list)
        take_words(options, row, text);
    else
        option_take(options, row, text);
}

static void take_scenario(struct options *options)
{
    static const char variable[] = PREFIX "SCENARIO";
    const char *name = getenv(variable);

    if (!name || options->source.scenario)
        return;
    options->reading = variable;
    option_read_scenario(options, name);
}

/* Mostly there is none, and no name need be made to look for. */
static bool is_any_there(void)
{
    char *const *variable = environ;

    while (*variable && strncmp(*variable, PREFIX, strlen(PREFIX)) != 0)
        variable++;
    return *variable != NULL;
}

void environment_take(struct options *options, bool given[OPTION_ROWS])
{
    if (!is_any_there())
        return;
    for (size_t number = 0; number < OPTION_ROWS; number++) {
        const struct option_row *row = &option_rows[number];
        char *variable = variable_of(row);
        const char *text = getenv(variable);

        if (text && row->kind != OPTION_ACTION && !given[number]) {
            options->reading = variable;
            take_variable(options, row, text);
            given[number] = true;
        }
        free(variable);
    }
    take_scenario(options);
}
