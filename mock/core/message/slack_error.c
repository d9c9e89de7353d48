/*
 * Slack's errors and warnings as tables, both made from the lists in
 * slack_error.h, so that an identifier cannot be without its name.
 */
#include "message/slack_error.h"

#include <string.h>

struct entry {
    const char *name;
    const char *cause;
    bool has_scenario;
};

#define EXCHANGE_ENTRY(identifier, name, cause)                                \
    [SLACK_##identifier] = {(name), (cause), true},
#define OTHER_ENTRY(identifier, name)                                          \
    [SLACK_##identifier] = {(name), NULL, false},
static const struct entry errors[SLACK_ERROR_COUNT] = {
    SLACK_EXCHANGE_ERRORS(EXCHANGE_ENTRY) SLACK_OTHER_ERRORS(OTHER_ENTRY)};

#define WARNING_ENTRY(identifier, name, cause)                                 \
    [SLACK_WARNING_##identifier] = {(name), (cause), true},
static const struct entry warnings[SLACK_WARNING_COUNT] = {
    SLACK_WARNINGS(WARNING_ENTRY)};

const char *slack_error_name(enum slack_error error)
{
    return errors[error].name;
}

const char *slack_warning_name(enum slack_warning warning)
{
    return warnings[warning].name;
}

const char *slack_error_cause(enum slack_error error)
{
    return errors[error].cause;
}

const char *slack_warning_cause(enum slack_warning warning)
{
    return warnings[warning].cause;
}

bool slack_error_has_scenario(enum slack_error error)
{
    return errors[error].has_scenario;
}

static bool is_listed(const struct entry *entries, size_t count,
                      const char *name)
{
    for (size_t i = 0; i < count; i++) {
        if (entries[i].name && strcmp(entries[i].name, name) == 0)
            return true;
    }
    return false;
}

bool slack_error_is_documented(const char *name)
{
    return is_listed(errors, SLACK_ERROR_COUNT, name);
}

bool slack_warning_is_documented(const char *name)
{
    return is_listed(warnings, SLACK_WARNING_COUNT, name);
}
