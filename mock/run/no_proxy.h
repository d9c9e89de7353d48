/*
 * The list of hosts that a client reaches without its proxy, as the variable
 * NO_PROXY has it: names, domains and addresses, parted by commas or blanks.
 */
#ifndef SLACKMOCK_NO_PROXY_H
#define SLACKMOCK_NO_PROXY_H

#include "base/buffer.h"

/*
 * Adds the list (NULL: none) without what covers a host of Slack, and with this
 * machine's own names after.
 */
void no_proxy_edit(struct buffer *edited, const char *list);

#endif
