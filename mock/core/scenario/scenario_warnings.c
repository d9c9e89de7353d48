/*
 * Warns of what has no effect in a scenario. It is no mistake: a rule that
 * never acts now may be meant for when the one before it is gone.
 */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "message/method_facts.h"
#include "rules/glob.h"
#include "scenario/scenario.h"
#include "scenario/scenario_load.h"

#define NAMES_MOST 512 /* for "did you mean" */

/* How many earlier rules each is compared with: there may be 100,000 rules. */
#define ENDLESS_MOST 256

struct warnings {
    const struct scenario *scenario;
    const char *names[NAMES_MOST]; /* of methods, and of stubs */
    size_t name_count;
    struct mistakes lines;
    const struct rule
        *endless[ENDLESS_MOST]; /* without `calls`, probability or end */
    size_t endless_count;
};

static void begin_line(struct warnings *warnings)
{
    buffer_add_text(warnings->lines.lines, "warning: ");
}

/* ---- methods that there are not ---- */

static bool has_method(const struct scenario *scenario, const char *name)
{
    return method_facts_find(name) || method_is_gone(name) ||
           hash_table_find(&scenario->methods, name, strlen(name)) ||
           hash_table_find(&scenario->stubs, name, strlen(name));
}

static void add_names(struct warnings *warnings, const struct hash_table *table)
{
    const struct hash_entry **sorted = hash_table_sorted(table);
    size_t place;

    for (place = 0; place < table->count; place++)
        if (warnings->name_count < NAMES_MOST)
            warnings->names[warnings->name_count++] = sorted[place]->key;
    free(sorted);
}

static void collect_names(struct warnings *warnings)
{
    size_t place;

    for (place = 0; place < method_facts_count; place++)
        warnings->names[warnings->name_count++] =
            method_facts_name(&method_facts[place]);
    add_names(warnings, &warnings->scenario->methods);
    add_names(warnings, &warnings->scenario->stubs);
}

static void warn_of_method(struct warnings *warnings, const char *file,
                           const struct json_path *path, const char *what,
                           const char *name)
{
    const char *nearest =
        text_nearest(name, warnings->names, warnings->name_count);

    begin_line(warnings);
    mistake(&warnings->lines, file, path,
            "%s: slackmock has no method \"%s\", and no stub has that name%s%s"
            "%s",
            what, name, nearest ? "; did you mean \"" : "",
            nearest ? nearest : "", nearest ? "\"?" : "");
}

/* ---- rules ---- */

/* An earlier rule that takes every call of this one; NULL if there is none. */
static const struct rule *find_shadow(const struct warnings *warnings,
                                      const struct rule *rule)
{
    size_t number;

    for (number = 0; number < warnings->endless_count; number++)
        if (rule_when_includes(&warnings->endless[number]->when, &rule->when))
            return warnings->endless[number];
    return NULL;
}

/* Notes a rule that may take every call of a later one. */
static void note_endless(struct warnings *warnings, const struct rule *rule)
{
    if (rule_turns(rule) < 0 && !rule->when.call_count &&
        !rule->when.has_probability && warnings->endless_count < ENDLESS_MOST)
        warnings->endless[warnings->endless_count++] = rule;
}

/* A call has no event. */
static bool asks_for_an_event(const struct rule *rule,
                              const struct rule_reply *reply)
{
    return !rule->when.event && reply->event;
}

/* They are laid over a success. */
static bool has_idle_fields(const struct rule *rule,
                            const struct rule_reply *reply)
{
    (void)rule;
    return reply->fields && reply->error;
}

/* What does nothing in a reply, said once of each rule. */
static const struct idle {
    bool (*is_in)(const struct rule *rule, const struct rule_reply *reply);
    const char *text;
} idle[] = {
    {asks_for_an_event,
     "\"event\" in its reply does nothing without \"event\" in \"when\""},
    {has_idle_fields, "\"fields\" in its reply do nothing beside \"error\": "
                      "they are laid over a success"},
};

static bool is_in_a_reply(const struct idle *key, const struct rule *rule)
{
    size_t number;

    for (number = 0; number < rule->reply_count; number++)
        if (rule->replies[number] && key->is_in(rule, rule->replies[number]))
            return true;
    return false;
}

static void warn_of_replies(struct warnings *warnings, const struct rule *rule,
                            const struct json_path *path)
{
    size_t number;

    for (number = 0; number < sizeof idle / sizeof *idle; number++) {
        if (!is_in_a_reply(&idle[number], rule))
            continue;
        begin_line(warnings);
        mistake(&warnings->lines, rule->file, path, "%s", idle[number].text);
    }
}

static void warn_of_rule(struct warnings *warnings, const struct rule *rule)
{
    const struct json_path top = {0};
    const struct json_path rules = {&top, "rules", 0};
    const struct json_path path = {&rules, NULL, rule->index};
    const struct rule *shadow;
    bool is_elsewhere;

    if (rule->when.method && glob_is_exact(rule->when.method) &&
        !has_method(warnings->scenario, rule->when.method)) {
        warn_of_method(warnings, rule->file, &path,
                       "it acts on unknown_method alone", rule->when.method);
        return;
    }
    warn_of_replies(warnings, rule, &path);
    shadow = find_shadow(warnings, rule);
    if (!shadow)
        return;
    is_elsewhere = strcmp(shadow->file, rule->file) != 0;
    begin_line(warnings);
    mistake(&warnings->lines, rule->file, &path,
            "it never acts: rule \"%s\"%s%s before it takes all of its calls",
            shadow->name, is_elsewhere ? " of " : "",
            is_elsewhere ? shadow->file : "");
}

/* ---- rate limits ---- */

static void warn_of_limit(struct warnings *warnings, const char *method,
                          const struct rate_limit *limit)
{
    const struct json_path top = {0};
    const struct json_path limits = {&top, "rate_limits", 0};
    const struct json_path path = {&limits, method, 0};

    if (!has_method(warnings->scenario, method))
        warn_of_method(warnings, limit->file, &path, "it limits nothing",
                       method);
}

static void warn_of_limits(struct warnings *warnings)
{
    const struct hash_table *limits = &warnings->scenario->rate_limits;
    const struct hash_entry **sorted = hash_table_sorted(limits);
    size_t place;

    for (place = 0; place < limits->count; place++)
        warn_of_limit(warnings, sorted[place]->key, sorted[place]->value);
    free(sorted);
}

void scenario_warn(const struct scenario *scenario, struct buffer *lines)
{
    struct warnings warnings = {.scenario = scenario, .lines = {lines, 0}};
    size_t place;

    collect_names(&warnings);
    for (place = 0; place < scenario->rule_count; place++) {
        warn_of_rule(&warnings, scenario->rules[place]);
        note_endless(&warnings, scenario->rules[place]);
    }
    warn_of_limits(&warnings);
}
