/* Compares what a log began with and what its server would have. */
#include "log/log_start.h"

void log_start_compare(const struct log_start *start,
                       const struct log_head *head, const char *name,
                       const char *way_out)
{
    struct buffer why = BUFFER_INIT;

    if (start->takes_any)
        return;
    buffer_clear(start->difference); /* a stream can begin anew on the way */
    if (log_head_has_other_scenario(head, start->own, &why))
        buffer_printf(start->difference, "%s: %s%s", name, why.data, way_out);
    buffer_free(&why);
}
