/* Three servers with one log in a Redis of their own. */
#ifndef CLIENT_TESTS_REPLICAS_H
#define CLIENT_TESTS_REPLICAS_H

#define REPLICAS 3

struct http_reply;
struct redis_server;
struct server;
struct test;

struct replicas {
    struct test *test;
    struct redis_server *redis;
    const char *scenario;
    const char *request_timeout; /* seconds, as the option has it */
    struct server *servers[REPLICAS];
};

/* Starts them all on a scenario, a file's path; a call waits for two seconds
 * where Redis is away. */
struct replicas replicas_start(struct test *test, const char *scenario);

/* The same with another time to wait. */
struct replicas replicas_start_patient(struct test *test, const char *scenario,
                                       const char *request_timeout);

/* One more, or one in the place of another that was killed. */
struct server *replicas_join(const struct replicas *replicas);

const struct http_reply *replicas_get(struct test *test,
                                      const struct server *server,
                                      const char *target);

/* Awaits what /_mock/health?ready=1 of it says. */
void replicas_await(struct test *test, const struct server *server, int status,
                    const char *state);

/* All of them answer the target with the same. */
void replicas_check_same(const struct replicas *replicas, const char *target);

/* All of them have the same journal and sandboxes. */
void replicas_check_equal(const struct replicas *replicas);

#endif
