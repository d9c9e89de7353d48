/*
 * The keys of installations and of their authorizations in a hash table. A NUL
 * separates the parts: ids have none.
 */
#ifndef SLACKMOCK_TABLE_KEY_H
#define SLACKMOCK_TABLE_KEY_H

#include <stddef.h>

struct app;
struct grant;
struct team;

/* Longer keys than this are allocated: every call with a token makes one. */
#define TABLE_KEY_SHORT 256

struct table_key {
    char *bytes;
    size_t length;
    char short_bytes[TABLE_KEY_SHORT];
};

/* Each is ended by table_key_free(), and is not to be moved before that. */
void table_key_of_installation(struct table_key *key, const struct app *app,
                               const struct team *team);

/* It ends with the user. */
void table_key_of_grant(struct table_key *key, const struct grant *grant);

void table_key_free(struct table_key *key);

#endif
