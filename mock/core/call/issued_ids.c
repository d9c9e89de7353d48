/* Counts on from the last one where the clock does not. */
#include "call/issued_ids.h"

#include <stdio.h>

#define SECOND 1000000

void issue_message_ts(struct issued_ids *issued, int64_t now,
                      char ts[MESSAGE_TS_SIZE])
{
    int64_t time = now * 1000;

    if (time <= issued->message_time)
        time = issued->message_time + 1;
    issued->message_time = time;
    snprintf(ts, MESSAGE_TS_SIZE, "%lld.%06lld", (long long)(time / SECOND),
             (long long)(time % SECOND));
}

void issue_file_id(struct issued_ids *issued, char id[FILE_ID_SIZE])
{
    snprintf(id, FILE_ID_SIZE, "F%09llu", (unsigned long long)++issued->files);
}
