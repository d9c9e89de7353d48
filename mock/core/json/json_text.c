/* Checks a text strictly before a tree is built of it. */
#include "json/json_text.h"

#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "json/json_tree.h"

static cJSON *build(const struct json_text *text,
                    struct json_syntax_error *error)
{
    cJSON *tree = cJSON_ParseWithLength(text->bytes, text->length);

    if (!tree)
        json_check_refuse(text, "JSON that cJSON can read", error);
    return tree;
}

/*
 * Nothing in cJSON allocates before the first parse, so its memory policy is
 * set here.
 */
static void use_heap(void)
{
    cJSON_InitHooks(&(cJSON_Hooks){xmalloc, free});
}

struct cJSON *json_text_parse(const char *bytes, size_t length, size_t depth,
                              struct json_syntax_error *error)
{
    const struct json_text text = {bytes, length, NULL};
    struct json_text none;

    if (!json_check(&text, depth, &none, error))
        return NULL;
    use_heap();
    return build(&text, error);
}

static struct json_text skip_mark(struct json_text text)
{
    static const char mark[] = "\xef\xbb\xbf";
    const size_t size = strlen(mark);

    if (text.length < size || memcmp(text.bytes, mark, size) != 0)
        return text;
    return (struct json_text){text.bytes + size, text.length - size, text.list};
}

struct cJSON *json_text_parse_document(const char *bytes, size_t length,
                                       size_t depth,
                                       struct json_syntax_error *error)
{
    const struct json_text text =
        skip_mark((struct json_text){bytes, length, NULL});

    return json_text_parse(text.bytes, text.length, depth, error);
}

bool json_text_check_document(const char *bytes, size_t length, size_t depth,
                              struct json_syntax_error *error)
{
    const struct json_text text =
        skip_mark((struct json_text){bytes, length, NULL});
    struct json_text none;

    return json_check(&text, depth, &none, error);
}

struct cJSON *json_text_parse_into(struct arena *arena,
                                   const struct json_text *text, size_t depth,
                                   struct json_syntax_error *error)
{
    const struct json_text unmarked = skip_mark(*text);
    struct json_text unbuilt;

    if (!json_check(&unmarked, depth, &unbuilt, error))
        return NULL;
    return json_tree_build(arena, &unmarked, &unbuilt);
}
