/* redis://[[USER]:PASSWORD@]HOST[:PORT][/DB][?key=NAME] */
#ifndef SLACKMOCK_REDIS_URL_H
#define SLACKMOCK_REDIS_URL_H

#include <stdbool.h>

#include "base/buffer.h"

struct redis_url {
    char *host;
    int port;
    char *user; /* NULL: none, as the next */
    char *password;
    int database;
    char *key;
    char *snapshot_key; /* KEY:snapshot, for a hash beside the stream */
};

/* True for what is meant as a URL and not as a path. */
bool redis_url_is_one(const char *text);

/* False with what is wrong added to `why`. End with redis_url_clear(). */
bool redis_url_parse(const char *text, struct redis_url *url,
                     struct buffer *why);

void redis_url_clear(struct redis_url *url);

#endif
