/* Walks the tables of a format, by the path that was read, and all of them. */
#include "json/misplaced_key.h"

#include <string.h>

#include "base/buffer.h"
#include "json/json_fields.h"

/* The field of that key in one of the tables, NULL if none has it. */
static const struct json_field *find(const struct json_field *const *tables,
                                     const char *key)
{
    const struct json_field *field;

    for (; tables && *tables; tables++)
        for (field = *tables; field->key; field++)
            if (strcmp(field->key, key) == 0)
                return field;
    return NULL;
}

/*
 * The tables of what stands at a path. What no table knows there is an entry of
 * an array, or a member called after something else, of which those are.
 */
static const struct json_field *const *
tables_at(const struct json_field *const *format, const struct json_path *path)
{
    const struct json_field *const *tables;
    const struct json_field *field;

    if (!path->parent)
        return format;
    tables = tables_at(format, path->parent);
    field = path->key ? find(tables, path->key) : NULL;
    return field ? field->inside : tables;
}

/* The key on the way to the path that has this one beside it. */
static const char *find_beside(const struct json_field *const *format,
                               const struct json_path *path, const char *key)
{
    for (; path->parent; path = path->parent)
        if (path->key && find(tables_at(format, path->parent), key))
            return path->key;
    return NULL;
}

/* Adds the way from these tables to the first one that has the key. */
static bool find_way(const struct json_field *const *tables, const char *key,
                     struct buffer *way)
{
    const size_t length = way->length;
    const struct json_field *field;

    if (find(tables, key))
        return true;
    for (; tables && *tables; tables++) {
        for (field = *tables; field->key; field++) {
            if (!field->inside)
                continue;
            buffer_printf(way, ".%s%s", field->key, field->step);
            if (find_way(field->inside, key, way))
                return true;
            way->length = length;
        }
    }
    return false;
}

/* Adds where the key that ends the path belongs; false: nowhere. */
static bool find_place(const struct json_field *const *format,
                       const struct json_path *path, struct buffer *place)
{
    const char *beside = find_beside(format, path->parent, path->key);

    if (beside) {
        buffer_printf(place, "beside \"%s\"", beside);
        return true;
    }
    buffer_add_text(place, "in $");
    return find_way(format, path->key, place);
}

bool json_report_misplaced(const struct json_reader *reader,
                           const struct json_path *path, const char *nearest)
{
    struct buffer place = BUFFER_INIT;
    bool found;

    /* Another kind of object that may stand here has it. */
    if (find(tables_at(reader->format, path->parent), path->key))
        return false;
    found = find_place(reader->format, path, &place);
    if (found)
        mistake(reader->mistakes, reader->file, path,
                "unknown key here; it belongs %s%s%s%s", buffer_text(&place),
                nearest ? ", or did you mean \"" : "", nearest ? nearest : "",
                nearest ? "\"?" : "");
    buffer_free(&place);
    return found;
}
