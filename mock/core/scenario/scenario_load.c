/*
 * Loads a scenario: finds its text and that of all it extends, then lays one
 * over the other, base first. What the keys mean is in scenario_apply.c, what
 * must hold at the end in scenario_complete.c.
 */
#include "scenario/scenario_load.h"

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/xalloc.h"
#include "scenario/scenario_parts.h"
#include "scenario/scenario_saved.h"
#include "tokens/token_changes.h"
#include "tokens/token_table.h"
#include "json/json_text.h"
#include "json/mistakes.h"

#define EXTENDS_MAX 16
#define DEPTH_MOST  64 /* no valid scenario nests nearly so deep */
#define SAVED_DEPTH 4  /* a world has objects of a scenario inside */

/* A document and, in `base`, the one that it extends. */
struct document {
    struct scenario_text text;
    struct arena arena; /* of the tree */
    const cJSON *tree;
    struct document *base;
    const struct document *extended_by;
};

struct loading {
    scenario_find *find;
    void *context;
    struct mistakes mistakes;
    bool is_whole; /* no PATCH: every document has a description */
    const struct token_table
        *tokens; /* of the running world that is changed, or NULL */
};

static void document_free(struct document *document)
{
    while (document) {
        struct document *base = document->base;

        free(document->text.name);
        free(document->text.bytes);
        arena_free(&document->arena);
        free(document);
        document = base;
    }
}

static void report_syntax(struct loading *loading,
                          const struct document *document,
                          const struct json_syntax_error *error)
{
    char *place = xasprintf("%s:%zu:%zu", document->text.name, error->line,
                            error->column);

    mistake(&loading->mistakes, place, NULL, "syntax error: %s",
            error->message);
    free(place);
}

static const cJSON *world_of(const struct document *document)
{
    return cJSON_GetObjectItemCaseSensitive(document->tree, "world");
}

/* Only a document with a world may be as deep as one can be. */
static void read_tree(struct document *document,
                      struct json_syntax_error *error)
{
    /* The longest list: a tree of a million tokens takes half a gigabyte. */
    const struct json_text text = {document->text.bytes, document->text.length,
                                   "tokens"};
    struct json_syntax_error other;

    document->tree =
        json_text_parse_into(&document->arena, &text, DEPTH_MOST, error);
    if (document->tree)
        return;
    document->tree = json_text_parse_into(&document->arena, &text,
                                          DEPTH_MOST + SAVED_DEPTH, &other);
    if (!world_of(document))
        document->tree = NULL;
}

static bool parse(struct loading *loading, struct document *document)
{
    struct json_syntax_error error;
    const struct json_path top = {0};

    read_tree(document, &error);
    if (!document->tree) {
        report_syntax(loading, document, &error);
        return false;
    }
    if (cJSON_IsObject(document->tree))
        return true;
    mistake_found(&loading->mistakes, document->text.name, &top, document->tree,
                  "an object");
    return false;
}

static bool is_cycle(const struct document *document)
{
    const struct document *other = document->extended_by;

    for (; other; other = other->extended_by)
        if (strcmp(other->text.name, document->text.name) == 0)
            return true;
    return false;
}

static bool is_too_deep(const struct document *document)
{
    int depth = 0;

    for (; document; document = document->extended_by)
        depth++;
    return depth > EXTENDS_MAX;
}

static struct document *load(struct loading *loading, const char *name,
                             const struct document *extended_by);

/*
 * Loads what the document extends, if it does. When that fails the document
 * goes on without it, so that its own mistakes are reported too.
 */
static void load_base(struct loading *loading, struct document *document)
{
    const cJSON *extends =
        cJSON_GetObjectItemCaseSensitive(document->tree, "extends");
    const struct json_path top = {0};
    const struct json_path path = {&top, "extends", 0};

    if (extends && !cJSON_IsString(extends))
        mistake_found(&loading->mistakes, document->text.name, &path, extends,
                      "the name of a scenario");
    else if (extends)
        document->base = load(loading, extends->valuestring, document);
}

/* Reports that `name` was not found, at the place that names it. */
static void report_absent(struct loading *loading, const char *name,
                          const struct document *named_by, const char *why)
{
    const struct json_path top = {0};
    const struct json_path path = {&top, "extends", 0};

    if (named_by)
        mistake(&loading->mistakes, named_by->text.name, &path,
                "found \"%s\": %s", name, why);
    else
        mistake(&loading->mistakes, name, NULL, "%s", why);
}

static struct document *load(struct loading *loading, const char *name,
                             const struct document *extended_by)
{
    struct document *document = xcalloc(1, sizeof *document);
    struct buffer why = BUFFER_INIT;
    bool parsed = false;

    document->extended_by = extended_by;
    if (loading->find(loading->context, name,
                      extended_by ? extended_by->text.name : NULL,
                      &document->text, &why) != 0)
        report_absent(loading, name, extended_by, buffer_text(&why));
    else if (is_cycle(document))
        report_absent(loading, name, extended_by,
                      "that leads back here; wanted a scenario outside the "
                      "cycle");
    else if (is_too_deep(document))
        report_absent(loading, name, extended_by,
                      "that is the seventeenth file of the chain; wanted "
                      "sixteen at most");
    else
        parsed = parse(loading, document);
    buffer_free(&why);
    if (!parsed) {
        document_free(document);
        return NULL;
    }
    load_base(loading, document);
    return document;
}

static void check_description(struct loading *loading,
                              const struct document *document)
{
    const struct json_path top = {0};

    if (!cJSON_GetObjectItemCaseSensitive(document->tree, "description"))
        mistake(&loading->mistakes, document->text.name, &top,
                "missing \"description\"");
}

/* A world is in the outermost document, and in one that is loaded whole. */
static void check_world(struct loading *loading,
                        const struct document *document)
{
    const struct json_path top = {0};
    const struct json_path path = {&top, "world", 0};

    if (!world_of(document))
        return;
    if (document->extended_by)
        mistake(&loading->mistakes, document->text.name, &path,
                "found a world that was saved; nothing can extend one");
    else if (!loading->is_whole)
        mistake(&loading->mistakes, document->text.name, &path,
                "found a world that was saved; PUT takes one, as a whole");
}

/* Base first, so that what extends it has the last word. */
static void apply(struct loading *loading, const struct document *document,
                  struct scenario *scenario)
{
    if (document->base)
        apply(loading, document->base, scenario);
    if (loading->is_whole)
        check_description(loading, document);
    check_world(loading, document);
    scenario_apply(scenario, document->tree, document->text.name,
                   &loading->mistakes);
}

/* Its tree goes on with the scenario if a state is in it. */
static void read_world(struct loading *loading, struct document *document,
                       struct scenario *scenario)
{
    if (!scenario->is_saved || loading->mistakes.count)
        return;
    scenario->state_file = arena_strdup(&scenario->arena, document->text.name);
    scenario_read_saved(scenario, world_of(document), scenario->state_file,
                        &loading->mistakes);
    if (!scenario->state)
        return;
    scenario->state_memory = document->arena;
    document->arena = (struct arena){0};
}

static void finish(struct loading *loading, struct scenario *scenario)
{
    scenario_complete(scenario, loading->tokens, &loading->mistakes);
    if (loading->tokens && !loading->mistakes.count)
        token_table_check_changes(loading->tokens, &scenario->directory,
                                  scenario->changes, &loading->mistakes);
}

/*
 * Lays a document over `scenario`, which it takes over; NULL after any mistake.
 */
static struct scenario *load_over(struct loading *loading, const char *name,
                                  struct scenario *scenario)
{
    struct document *document = load(loading, name, NULL);

    /* A part did not load: what is missing may be there. */
    scenario->is_partial = loading->mistakes.count > 0;
    if (document) {
        scenario->is_saved = world_of(document) != NULL;
        apply(loading, document, scenario);
    }
    finish(loading, scenario);
    if (document)
        read_world(loading, document, scenario);
    document_free(document);
    if (!loading->mistakes.count)
        return scenario;
    scenario_release(scenario);
    return NULL;
}

struct scenario *scenario_load(const char *name, scenario_find *find,
                               void *context, struct buffer *mistakes)
{
    struct loading loading = {.find = find,
                              .context = context,
                              .mistakes = {mistakes, 0},
                              .is_whole = true};

    return load_over(&loading, name, scenario_create());
}

struct scenario *scenario_load_over(const struct scenario_base *base,
                                    const char *name, scenario_find *find,
                                    void *context, struct buffer *mistakes)
{
    struct loading loading = {.find = find,
                              .context = context,
                              .mistakes = {mistakes, 0},
                              .tokens = base->tokens};
    struct scenario *scenario = scenario_copy(base->scenario);

    scenario->changes = token_changes_create();
    return load_over(&loading, name, scenario);
}
