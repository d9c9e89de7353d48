/*
 * What RFC 9112 lets a server refuse in the head of a request and libevent
 * lets through: once it has parsed a head, no trace of these is left.
 */
#ifndef SLACKMOCK_HEAD_CHECK_H
#define SLACKMOCK_HEAD_CHECK_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Looks at a head as raw bytes, up to and with its empty line. Returns what is
 * wrong with it, as a phrase that lives for ever; NULL if nothing is, and then
 * sets whether the body is chunked.
 */
const char *head_check(const char *bytes, size_t length, bool *is_chunked);

#endif
