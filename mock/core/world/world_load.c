/* The documents come in the order in which the loader asks for them. */
#include "world/world_load.h"

#include <cjson/cJSON.h>

#include "base/buffer.h"
#include "base/xalloc.h"
#include "scenario/scenario_load.h"
#include "json/json_text.h"
#include "json/json_writer.h"

struct documents {
    const cJSON *next;
    const char *name;
    size_t count;
};

static int find(void *context, const char *name, const char *named_by,
                struct scenario_text *text, struct buffer *why)
{
    struct documents *documents = context;
    struct buffer bytes = BUFFER_INIT;
    struct json_writer writer = {.output = &bytes};

    (void)name;
    (void)named_by;
    if (!documents->next) {
        buffer_add_text(why, "the saved scenario lacks a document");
        return -1;
    }
    json_write_tree(&writer, NULL, documents->next);
    documents->next = documents->next->next;
    text->name = documents->count++
                     ? xasprintf("%s.%zu", documents->name, documents->count)
                     : xstrdup(documents->name);
    text->length = bytes.length;
    text->bytes = buffer_take(&bytes);
    return 0;
}

struct scenario *world_load_text(const char *name, const char *text,
                                 size_t length, struct buffer *mistakes)
{
    struct json_syntax_error error;
    cJSON *tree = json_text_parse(text, length, JSON_DEPTH_MOST, &error);
    struct documents documents = {.name = name};
    struct scenario *scenario = NULL;

    if (cJSON_IsArray(tree)) {
        documents.next = tree->child;
        scenario = scenario_load(name, find, &documents, mistakes);
    } else {
        buffer_printf(mistakes, "%s: no saved scenario\n", name);
    }
    cJSON_Delete(tree);
    return scenario;
}
