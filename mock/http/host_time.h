/*
 * The host's clock: what the mock's runs on, and what the log shows.
 */
#ifndef SLACKMOCK_HOST_TIME_H
#define SLACKMOCK_HOST_TIME_H

#include <stdint.h>

/* Milliseconds since 1970. */
int64_t host_time(void);

#endif
