/* The documents that it was loaded from, in one array, base last. */
#include "scenario/scenario_save.h"

#include "base/buffer.h"
#include "scenario/scenario.h"

void scenario_save(const struct scenario *scenario, struct buffer *document)
{
    buffer_add_text(document, scenario->source);
}
