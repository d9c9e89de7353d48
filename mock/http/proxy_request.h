/*
 * Requests that a proxy gets, when their head is there. For the use of
 * request_reader.c alone.
 */
#ifndef SLACKMOCK_PROXY_REQUEST_H
#define SLACKMOCK_PROXY_REQUEST_H

#include <stdbool.h>

#include "control/proxy_access.h"

struct connection;

/* True if the head is one of these: see proxy_is_meant(). */
bool proxy_request_is_one(const struct connection *connection);

struct proxy_ruling proxy_request_judge(const struct connection *connection);

bool proxy_request_is_connect(const struct connection *connection);

/*
 * Tells the client that its CONNECT leads to this very server. True if the next
 * request can be read, since bytes of it are there.
 */
bool proxy_request_confirm(struct connection *connection);

/* Sends the client of a CONNECT on to another host. */
void proxy_request_tunnel(struct connection *connection,
                          const struct authority_form *target);

#endif
