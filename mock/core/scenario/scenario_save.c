/*
 * The documents that it was loaded from, in one array, base last. They are laid
 * out here and not when they are loaded: most worlds are never saved.
 */
#include "scenario/scenario_save.h"

#include <string.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "scenario/scenario.h"
#include "json/json_text.h"
#include "json/json_writer.h"

void scenario_save(const struct scenario *scenario, struct buffer *document)
{
    const struct json_text source = {scenario->source,
                                     strlen(scenario->source)};
    struct json_writer writer = {.output = document};
    struct json_syntax_error error;
    struct arena arena = {0};

    json_write_tree(
        &writer, NULL,
        json_text_parse_into(&arena, &source, JSON_DEPTH_MOST, &error));
    arena_free(&arena);
}
