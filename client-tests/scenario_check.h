/*
 * A scenario before its two judges: scenarios/schema.json, by which an editor
 * goes, and the program's --check. What is returned lives as long as the test.
 */
#ifndef CLIENT_TESTS_SCENARIO_CHECK_H
#define CLIENT_TESTS_SCENARIO_CHECK_H

struct cJSON;
struct program_run;
struct test;

/* JSON; the test fails if the text is none. */
struct cJSON *test_json(struct test *test, const char *text);

/* The text of a file of the repository. */
const char *test_read(struct test *test, const char *path);

/* JSON on one line. */
const char *scenario_text(struct test *test, const struct cJSON *json);

/* The schema; the test fails if it has a flaw. */
const struct cJSON *scenario_schema(struct test *test);

/* What --check says of a scenario in a file x.json in the test's folder. */
const struct program_run *scenario_run_check(struct test *test,
                                             const char *text);

/* Fails the test unless both judges take the scenario. */
void scenario_assert_taken(struct test *test, const struct cJSON *schema,
                           const struct cJSON *scenario);

#endif
