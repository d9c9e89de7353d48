/* Names of all methods come from a table and a list, others from each method.
 */
#include "rules/documented_name.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "base/xalloc.h"
#include "message/method_facts.h"
#include "message/slack_error.h"
#include "message/webhook_error.h"
#include "rules/glob.h"

static bool is_meant(const struct method_facts *facts, const char *glob)
{
    const char *name = method_facts_name(facts);

    return !glob || glob_matches(glob, name, strlen(name));
}

static uint16_t list_of(const struct method_facts *facts,
                        enum documented_kind kind)
{
    return kind == DOCUMENTED_ERROR ? facts->errors : facts->warnings;
}

static bool is_of_a_method(const char *glob, enum documented_kind kind,
                           const char *name)
{
    size_t number;

    for (number = 0; number < method_facts_count; number++) {
        const struct method_facts *facts = &method_facts[number];

        if (is_meant(facts, glob) &&
            method_list_has(list_of(facts, kind), name))
            return true;
    }
    return false;
}

static bool is_documented(const char *glob, enum documented_kind kind,
                          const char *name)
{
    if (kind == DOCUMENTED_WEBHOOK_ERROR)
        return webhook_error_find(name) != NULL;
    if (kind == DOCUMENTED_WARNING)
        return slack_warning_is_documented(name) ||
               is_of_a_method(glob, kind, name);
    return slack_error_is_documented(name) ||
           method_list_has(method_common_errors, name) ||
           is_of_a_method(glob, kind, name);
}

/* ---- the nearest ---- */

struct names {
    const char **texts;
    size_t count;
    size_t capacity;
};

static void add(struct names *names, const char *text)
{
    if (names->count == names->capacity) {
        names->capacity = names->capacity ? 2 * names->capacity : 256;
        names->texts =
            xreallocarray(names->texts, names->capacity, sizeof *names->texts);
    }
    names->texts[names->count++] = text;
}

static void add_list(struct names *names, uint16_t list)
{
    const uint16_t *member;

    for (member = &method_lists[list]; *member; member++)
        add(names, method_text(*member));
}

static void add_of_webhooks(struct names *names)
{
    size_t number;

    for (number = 0; number < WEBHOOK_ERROR_COUNT; number++)
        add(names, webhook_errors[number].name);
}

static void add_of_methods(struct names *names, const char *glob,
                           enum documented_kind kind)
{
    size_t number;

    for (number = 0; number < method_facts_count; number++)
        if (is_meant(&method_facts[number], glob))
            add_list(names, list_of(&method_facts[number], kind));
}

static void add_general(struct names *names, enum documented_kind kind)
{
    int number;

    if (kind == DOCUMENTED_WARNING) {
        for (number = 0; number < SLACK_WARNING_COUNT; number++)
            add(names, slack_warning_name((enum slack_warning)number));
        return;
    }
    for (number = SLACK_OK + 1; number < SLACK_ERROR_COUNT; number++)
        add(names, slack_error_name((enum slack_error)number));
    add_list(names, method_common_errors);
}

static const char *nearest(const char *glob, enum documented_kind kind,
                           const char *name)
{
    struct names names = {.count = 0};
    const char *found;

    if (kind == DOCUMENTED_WEBHOOK_ERROR) {
        add_of_webhooks(&names);
    } else {
        add_general(&names, kind);
        add_of_methods(&names, glob, kind);
    }
    found = text_nearest(name, names.texts, names.count);
    free(names.texts);
    return found;
}

void documented_name_check(const struct json_reader *reader,
                           const struct json_path *path, const char *glob,
                           enum documented_kind kind, const char *name)
{
    static const char *const kinds[] = {
        [DOCUMENTED_ERROR] = "error",
        [DOCUMENTED_WARNING] = "warning",
        [DOCUMENTED_WEBHOOK_ERROR] = "error of webhooks",
    };
    const char *meant;

    if (is_documented(glob, kind, name))
        return;
    meant = nearest(glob, kind, name);
    mistake(reader->mistakes, reader->file, path,
            "found \"%s\", wanted a documented %s, or \"undocumented\": true "
            "beside it%s%s%s",
            name, kinds[kind], meant ? "; did you mean \"" : "",
            meant ? meant : "", meant ? "\"?" : "");
}
