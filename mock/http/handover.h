/*
 * Gives the client of a connection to the front, and the connection one end of
 * a pair of sockets in its place. For the use of connection.c and
 * request_reader.c alone.
 */
#ifndef SLACKMOCK_HANDOVER_H
#define SLACKMOCK_HANDOVER_H

#include <stdbool.h>

struct authority_form;
struct connection;

/*
 * The input begins with a hello of TLS. False, and nothing is done, if there is
 * no TLS or the connection is in TLS already.
 */
bool handover_to_tls(struct connection *connection);

/*
 * The input begins behind a CONNECT to another host. Afterwards the connection
 * reads and answers nothing; its end is the tunnel's.
 */
void handover_to_tunnel(struct connection *connection,
                        const struct authority_form *target);

/* Forgets one that is not over. */
void handover_cancel(struct connection *connection);

#endif
