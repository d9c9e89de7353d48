/* When events are due, and which are under way. */
#include "entrance/entrance.h"
#include "entrance/entrance_parts.h"
#include "mock/outbox.h"
#include "mock/sandboxes.h"

size_t entrance_tickets(const struct entrance *entrance, uint64_t *tickets,
                        size_t most)
{
    return outbox_tickets(sandboxes_outbox(entrance_sandboxes(entrance)),
                          tickets, most);
}

bool entrance_due_has_changed(struct entrance *entrance)
{
    struct outbox *outbox = sandboxes_outbox(entrance_sandboxes(entrance));
    bool has_changed = outbox->has_changed;

    outbox->has_changed = false;
    return has_changed;
}

int64_t entrance_next_due(const struct entrance *entrance, int64_t host_time)
{
    return outbox_next_due(sandboxes_outbox(entrance_sandboxes(entrance)),
                           host_time);
}
