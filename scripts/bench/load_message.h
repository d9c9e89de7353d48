#ifndef LOAD_MESSAGE_H
#define LOAD_MESSAGE_H

#include <stdbool.h>
#include <stddef.h>

struct load_options;

/* How much a request or a reply may take. */
enum { MESSAGE_SIZE = 4096, REFRESH_TOKEN_SIZE = 512 };

/* Each returns the length of what it wrote. */
size_t write_exchange(char request[MESSAGE_SIZE],
                      const struct load_options *options, long token);
size_t write_refresh(char request[MESSAGE_SIZE],
                     const struct load_options *options,
                     const char *refresh_token);

/* The reply ends with a NUL. `ended`: the server has closed. */
bool reply_is_whole(const char *reply, size_t length, bool ended);

/* Copies the reply's refresh token, or returns false if it has none. */
bool reply_refresh_token(const char *reply, char token[REFRESH_TOKEN_SIZE]);

#endif
