/* A redaction from its key, and what everybody knows already, to its end. */
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "entrance/redaction.h"
#include "entrance/redaction_parts.h"
#include "scenario/shipped_scenarios.h"

/* What everybody has with slackmock, and what a scenario may extend. */
static void keep_public(struct redaction *redaction)
{
    struct buffer unused = BUFFER_INIT;

    redaction->is_public = true;
    for (size_t i = 0; i < shipped_scenario_count; i++)
        redaction_add_json(redaction, shipped_scenarios[i].bytes,
                           shipped_scenarios[i].length, &unused);
    redaction->is_public = false;
    buffer_free(&unused);
}

struct redaction *redaction_create(const char *key)
{
    static const char *const prefixes[] = {"xoxb-generated", "xoxp-generated"};
    struct redaction *redaction = xcalloc(1, sizeof *redaction);

    redaction->key = xstrdup(key);
    for (size_t i = 0; i < sizeof prefixes / sizeof prefixes[0]; i++)
        redaction_keep(redaction, prefixes[i], strlen(prefixes[i]));
    keep_public(redaction);
    return redaction;
}

void redaction_free(struct redaction *redaction)
{
    if (!redaction)
        return;
    hash_table_free(&redaction->words);
    hash_table_free(&redaction->spelt);
    hash_table_free(&redaction->taken);
    hash_table_free(&redaction->kept);
    arena_free(&redaction->memory);
    arena_free(&redaction->entry);
    buffer_free(&redaction->text);
    free(redaction->key);
    free(redaction);
}
