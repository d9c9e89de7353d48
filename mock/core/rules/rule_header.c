/* Checks the names of headers, whose letter case does not matter. */
#include "rules/rule_header.h"

#include <cjson/cJSON.h>
#include <string.h>

#include "base/text.h"

bool rule_headers_are_few(const struct json_reader *reader,
                          const struct cJSON *value,
                          const struct json_path *path)
{
    int count;

    if (!json_is_object(reader, value, path))
        return false;
    count = cJSON_GetArraySize(value);
    if (count <= RULE_HEADERS_MAX)
        return true;
    mistake(reader->mistakes, reader->file, path,
            "found %d headers, wanted at most %d", count, RULE_HEADERS_MAX);
    return false;
}

bool rule_header_is_name(const struct json_reader *reader,
                         const struct json_path *path)
{
    if (text_is_header_name(path->key, strlen(path->key)))
        return true;
    mistake(reader->mistakes, reader->file, path,
            "not a header name; wanted letters, digits and any of "
            "!#$%%&'*+-.^_`|~");
    return false;
}

void rule_header_note(const struct json_reader *reader,
                      const struct json_path *path, struct header_names *names)
{
    size_t number;

    for (number = 0; number < names->count; number++)
        if (text_equals_ignore_case(path->key, strlen(path->key),
                                    names->names[number]))
            mistake(reader->mistakes, reader->file, path,
                    "given twice; wanted each header once");
    names->names[names->count++] = path->key;
}
