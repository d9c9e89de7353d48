/* A disk that fills up under a server. */
#ifndef CLIENT_TESTS_FULL_DISK_H
#define CLIENT_TESTS_FULL_DISK_H

struct server;
struct test;

/*
 * From so many bytes on a write to a file of the server fails, as on a full
 * disk; `unlimited` makes room again.
 */
void full_disk_limit(struct test *test, const struct server *server,
                     const char *bytes);

#endif
