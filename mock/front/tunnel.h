/*
 * Digs the tunnel of a link that goes to another host. For the use of this
 * folder.
 */
#ifndef SLACKMOCK_TUNNEL_H
#define SLACKMOCK_TUNNEL_H

struct tunnel;

/* Gives up what is not dug yet; does nothing to NULL. */
void tunnel_free(struct tunnel *tunnel);

#endif
