/* Reports a key that is missing from all documents of a scenario. */
#include "scenario/scenario_parts.h"

void scenario_require(const struct json_reader *reader,
                      const struct json_path *path, const char *key,
                      bool is_there)
{
    const struct scenario *scenario = reader->context;

    if (!is_there && !scenario->is_partial)
        mistake(reader->mistakes, reader->file, path, "missing \"%s\"", key);
}
