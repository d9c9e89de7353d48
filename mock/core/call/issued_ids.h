/*
 * What a mock has given out, so that the next is new: timestamps of messages,
 * and files.
 */
#ifndef SLACKMOCK_ISSUED_IDS_H
#define SLACKMOCK_ISSUED_IDS_H

#include <stdint.h>

#define MESSAGE_TS_SIZE 32
#define FILE_ID_SIZE    32

struct issued_ids {
    int64_t message_time; /* microseconds since 1970, of the newest message */
    uint64_t files;
};

/*
 * The `ts` of a message that is sent now, in milliseconds since 1970: seconds
 * and six digits. No two are the same, and no later one is less.
 */
void issue_message_ts(struct issued_ids *issued, int64_t now,
                      char ts[MESSAGE_TS_SIZE]);

void issue_file_id(struct issued_ids *issued, char id[FILE_ID_SIZE]);

#endif
