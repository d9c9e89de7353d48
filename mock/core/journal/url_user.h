/*
 * The user and password of a URL that stands somewhere in a text.
 */
#ifndef SLACKMOCK_URL_USER_H
#define SLACKMOCK_URL_USER_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Given the place after a colon: true if that is a scheme's, and a user or a
 * password follows. They stand from `*start` to the `@` at `*end`.
 */
bool url_user_find(const char *text, size_t length, size_t place, size_t *start,
                   size_t *end);

#endif
