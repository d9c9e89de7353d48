/*
 * What nobody outside Slack knows, as a scenario chooses it: a switch each.
 */
#ifndef SLACKMOCK_CHOICES_H
#define SLACKMOCK_CHOICES_H

#include <stdbool.h>

struct cJSON;
struct json_path;
struct json_reader;
struct json_writer;

struct choices {
    /* auth.test tells the seconds left of a rotated token. Its reference page
     * has the field; no live body with it was found. */
    bool auth_test_expires_in;
    /* oauth.v2.user.access: all fields that its page, its schema and live
     * reports have, or those of one alone. */
    int user_access_shape; /* enum user_access_shape */
    /* A code_challenge may be 64 hexadecimal digits, as the page's sample is.
     */
    bool hex_code_challenge;
    /* No http redirect URI but a public client's on a loopback address. */
    bool strict_redirects;
};

enum user_access_shape {
    USER_ACCESS_SUPERSET,
    USER_ACCESS_SCHEMA,
    USER_ACCESS_SAMPLE
};

/* What is chosen where a scenario says nothing. */
extern const struct choices default_choices;

/* The keys of the switches. */
extern const struct json_field *const choices_tables[];

/* Changes the switches that stand there; the target is a struct choices. */
void choices_read(const struct json_reader *reader, const struct cJSON *value,
                  const struct json_path *path, void *target);

void choices_write(struct json_writer *writer, const char *key,
                   const struct choices *choices);

#endif
