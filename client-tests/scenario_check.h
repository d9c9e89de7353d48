/*
 * A scenario before its two judges: scenarios/schema.json, by which an editor
 * goes, and the program, whether it starts or runs. What is returned lives as
 * long as the test.
 */
#ifndef CLIENT_TESTS_SCENARIO_CHECK_H
#define CLIENT_TESTS_SCENARIO_CHECK_H

#include <stdbool.h>

struct cJSON;
struct program_run;
struct server;
struct test;

/* JSON; the test fails if the text is none. */
struct cJSON *test_json(struct test *test, const char *text);

/* The text of a file of the repository. */
const char *test_read(struct test *test, const char *path);

/* JSON on one line. */
const char *scenario_text(struct test *test, const struct cJSON *json);

/* The schema, for what it says of keys. */
const struct cJSON *scenario_schema(struct test *test);

/*
 * True if the schema takes a scenario, which is JSON on one line; else
 * `complaint` is `$.PLACE: WHAT IS WRONG`. Of alternatives that all fail, the
 * one that fails furthest inside speaks.
 */
bool scenario_fits(struct test *test, const char *text, const char **complaint);

/* What --check says of a scenario in a file x.json in the test's folder. */
const struct program_run *scenario_run_check(struct test *test,
                                             const char *text);

/*
 * The mistakes that a server finds in a scenario that is to be its world, a
 * line each, as --check has them after the file's name; "" if it takes it.
 */
const char *scenario_mistakes(struct test *test, const struct server *server,
                              const char *text);

/* Fails the test unless schema and --check take the scenario. */
void scenario_assert_taken(struct test *test, const struct cJSON *scenario);

/* Ends the validator; -1 if it does not exit with status 0. */
int scenario_check_end(void);

#endif
