/*
 * Bytes from one side of a link to the other, and the end of both. For the use
 * of this folder. After each of these but link_is_flushed() and link_send_now()
 * the link may be gone.
 */
#ifndef SLACKMOCK_PASS_H
#define SLACKMOCK_PASS_H

#include "link.h"

#define LINK_FULL 65536 /* bytes in a buffer */

/* What has come from one side goes to the other, as far as it takes it. */
void link_pass_in(struct front_link *link);
void link_pass_out(struct front_link *link);

/*
 * A reset follows, and what was said before it shall precede it, as far as the
 * kernel takes it now.
 */
void link_send_now(struct front_link *link);

bool link_is_flushed(struct bufferevent *side);

/* All that the client gets has left. */
void link_finish(struct front_link *link);

void link_drop_by_reset(struct front_link *link);

/* The owner has left. */
void link_free(struct front_link *link);

#endif
