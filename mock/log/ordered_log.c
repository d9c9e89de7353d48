/* Every log, however it is kept. */
#include "log/ordered_log.h"

#include <stddef.h>

void log_start(struct ordered_log *log, struct event_base *base,
               const struct log_handler *handler)
{
    log->handler = *handler;
    log->engine->start(log, base);
}

void log_append(struct ordered_log *log, const struct input *input, bool reads,
                struct log_asker *asker)
{
    log->engine->append(log, input, reads, asker);
}

bool log_is_away(const struct ordered_log *log)
{
    return log->engine->is_away && log->engine->is_away(log);
}

void log_forget(struct log_asker *asker)
{
    if (asker->place)
        asker->place->asker = NULL;
    asker->place = NULL;
}

void log_close(struct ordered_log *log)
{
    if (log)
        log->engine->close(log);
}
