/*
 * The objects that a scenario file is made of, and where each of them is: in a
 * scenario, in scenarios/schema.json and in scenarios/README.md.
 */
#ifndef CLIENT_TESTS_SCENARIO_PLACES_H
#define CLIENT_TESTS_SCENARIO_PLACES_H

#include <stddef.h>

struct cJSON;
struct test;
struct test_case;

struct scenario_place {
    const char *heading;    /* in the reference, above the table of its keys */
    const char *definition; /* in the schema's $defs; NULL: the whole schema */
    const char *path;       /* of the object, as slackmock spells it */
    const char *scenario;   /* a small one, without mistakes, that holds it */
    const char *misfit;     /* a key that makes it another object; or NULL */
};

extern const struct scenario_place scenario_places[];
extern const size_t scenario_place_count;

/*
 * Its small scenario, which lives as long as the test, and in `object` the
 * object in question.
 */
struct cJSON *scenario_place_build(struct test *test,
                                   const struct scenario_place *place,
                                   struct cJSON **object);

/* Gives a key of an object a value, which the object then owns. */
void scenario_set_key(struct cJSON *object, const char *key,
                      struct cJSON *value);

/* What the schema says of its keys. */
const struct cJSON *
scenario_place_properties(const struct cJSON *schema,
                          const struct scenario_place *place);

#define SCENARIO_REFERENCE "scenarios/README.md"
#define SCENARIO_KEYS_MAX  64

/*
 * The keys of it that the reference lists, with a NULL after the last. Returns
 * how many there are. They live as long as the test.
 */
size_t scenario_place_keys(struct test *test,
                           const struct scenario_place *place,
                           const char *keys[SCENARIO_KEYS_MAX]);

/* Runs each of these for each place, which is their row. Returns failures. */
int scenario_places_run(const struct test_case *cases, size_t count);

#endif
