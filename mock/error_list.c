/*
 * Lays the errors and warnings out in columns. The list itself is the core's.
 */
#include "error_list.h"

#include <stdio.h>
#include <string.h>

#include "message/slack_error.h"

struct widths {
    int name;
    int cause;
};

static void widen(int *width, const char *text)
{
    int length = (int)strlen(text);

    if (length > *width)
        *width = length;
}

static struct widths measure(void)
{
    struct widths widths = {0, 0};

    for (int i = SLACK_OK + 1; i < SLACK_ERROR_COUNT; i++) {
        if (!slack_error_has_scenario((enum slack_error)i))
            continue;
        widen(&widths.name, slack_error_name((enum slack_error)i));
        widen(&widths.cause, slack_error_cause((enum slack_error)i));
    }
    for (int i = 0; i < SLACK_WARNING_COUNT; i++) {
        widen(&widths.name, slack_warning_name((enum slack_warning)i));
        widen(&widths.cause, slack_warning_cause((enum slack_warning)i));
    }
    return widths;
}

static void print_line(const struct widths *widths, const char *name,
                       const char *cause, const char *folder)
{
    printf("%-*s  %-*s  %s/%s.json\n", widths->name, name, widths->cause, cause,
           folder, name);
}

void error_list_print(void)
{
    const struct widths widths = measure();

    for (int i = SLACK_OK + 1; i < SLACK_ERROR_COUNT; i++)
        if (slack_error_has_scenario((enum slack_error)i))
            print_line(&widths, slack_error_name((enum slack_error)i),
                       slack_error_cause((enum slack_error)i), "errors");
    for (int i = 0; i < SLACK_WARNING_COUNT; i++)
        print_line(&widths, slack_warning_name((enum slack_warning)i),
                   slack_warning_cause((enum slack_warning)i), "warnings");
}
