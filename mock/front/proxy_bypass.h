/*
 * The hosts that are reached without a proxy, as NO_PROXY lists them.
 */
#ifndef SLACKMOCK_PROXY_BYPASS_H
#define SLACKMOCK_PROXY_BYPASS_H

#include <stdbool.h>

struct authority_form;

/*
 * True if one of the entries, which commas or blanks part, covers the target: a
 * name and all below it, an address, a network such as 10.0.0.0/8, each with
 * a port or for all, or `*`. NULL is a list without entries.
 */
bool proxy_bypass_covers(const char *list, const struct authority_form *target);

#endif
