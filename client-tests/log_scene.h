/*
 * A log of --state with a bit of everything in it: what client-tests/recording
 * asks for, in the default world and in a sandbox.
 */
#ifndef CLIENT_TESTS_LOG_SCENE_H
#define CLIENT_TESTS_LOG_SCENE_H

struct server;
struct test;

/* The scenario is a path, or NULL; `options` follow --state and its file. */
struct server *log_scene_start(struct test *test, const char *scenario,
                               const char *log);

/* Sends every request of the recordings. */
void log_scene_play(struct test *test, const struct server *server);

#endif
