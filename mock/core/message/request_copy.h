/* A request that outlives what it was lent from. */
#ifndef SLACKMOCK_REQUEST_COPY_H
#define SLACKMOCK_REQUEST_COPY_H

struct request;

/*
 * All that came with it, in one block that is the caller's to free(). What the
 * entrance adds is not there yet.
 */
struct request *request_copy(const struct request *request);

#endif
