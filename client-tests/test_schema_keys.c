/*
 * Which keys there are: for every object of the format the program,
 * scenarios/schema.json and scenarios/README.md know the same ones.
 */
#include <cjson/cJSON.h>
#include <stdbool.h>
#include <string.h>

#include "check.h"
#include "program_run.h"
#include "scenario_check.h"
#include "scenario_places.h"
#include "test_case.h"
#include "test_groups.h"

#define OFFERED_MAX 128

/* The reference's table and the schema's properties name the same keys. */
static void test_reference_has_the_keys(struct test *test)
{
    const struct scenario_place *place = test_row(test);
    const cJSON *properties =
        scenario_place_properties(scenario_schema(test), place);
    const char *keys[SCENARIO_KEYS_MAX];
    size_t count = scenario_place_keys(test, place, keys);

    for (size_t i = 0; i < count; i++)
        if (!cJSON_GetObjectItemCaseSensitive(properties, keys[i]))
            fail_msg("%s: the schema has no %s", place->heading, keys[i]);
    assert_number(cJSON_GetArraySize(properties), count);
}

/*
 * Asked with a slip in it, the program names the very key. The schema lets no
 * such key pass.
 */
static void test_slips(struct test *test)
{
    const struct scenario_place *place = test_row(test);
    const char *keys[SCENARIO_KEYS_MAX];
    size_t count = scenario_place_keys(test, place, keys);
    cJSON *object;
    cJSON *scenario = scenario_place_build(test, place, &object);
    const char *slips[SCENARIO_KEYS_MAX];
    const char *text;
    const char *complaint;
    const char *said;

    for (size_t i = 0; i < count; i++) {
        /* Its last letter twice: never a key of its own. */
        slips[i] =
            test_printf(test, "%s%s", keys[i], keys[i] + strlen(keys[i]) - 1);
        scenario_set_key(object, slips[i], cJSON_CreateNull());
    }
    text = scenario_text(test, scenario);
    said = scenario_run_check(test, text)->err;
    for (size_t i = 0; i < count; i++)
        assert_contains(
            said,
            test_printf(test, ": %s.%s: unknown key; did you mean \"%s\"?\n",
                        place->path, slips[i], keys[i]));
    if (scenario_fits(test, text, &complaint))
        fail_msg("%s: the schema takes unknown keys", place->heading);
}

/* The keys that are put into an object to see which of them it takes. */
struct offer {
    cJSON *object;
    const char *misfit;
    const char *keys[OFFERED_MAX];
    size_t count;
};

/* Those that it has already were taken before. */
static void offer_key(struct offer *offer, const char *key)
{
    if (cJSON_GetObjectItemCaseSensitive(offer->object, key) ||
        (offer->misfit && strcmp(key, offer->misfit) == 0))
        return;
    if (offer->count == OFFERED_MAX)
        fail_msg("more keys than the test has room for");
    scenario_set_key(offer->object, key, cJSON_CreateString("x"));
    offer->keys[offer->count++] = key;
}

static void offer_all_keys(struct test *test, struct offer *offer)
{
    const char *keys[SCENARIO_KEYS_MAX];

    for (size_t i = 0; i < scenario_place_count; i++) {
        size_t count = scenario_place_keys(test, &scenario_places[i], keys);

        for (size_t j = 0; j < count; j++)
            offer_key(offer, keys[j]);
    }
}

/* Of all keys, the program knows here what the schema has, and no other. */
static void test_program_has_the_keys(struct test *test)
{
    const struct scenario_place *place = test_row(test);
    const cJSON *properties =
        scenario_place_properties(scenario_schema(test), place);
    struct offer offer = {.misfit = place->misfit};
    cJSON *scenario = scenario_place_build(test, place, &offer.object);
    const char *said;

    offer_all_keys(test, &offer);
    said = scenario_run_check(test, scenario_text(test, scenario))->err;
    for (size_t i = 0; i < offer.count; i++) {
        const char *key = offer.keys[i];
        bool refused = strstr(said, test_printf(test, ": %s.%s: unknown key",
                                                place->path, key)) != NULL;

        if (refused == !!cJSON_GetObjectItemCaseSensitive(properties, key))
            fail_msg("%s: the program %s %s, and the schema does not",
                     place->heading, refused ? "refuses" : "knows", key);
    }
}

static const struct test_case cases[] = {
    {"the reference lists its keys", test_reference_has_the_keys, NULL},
    {"a slip in a key names the key", test_slips, NULL},
    {"the program knows its keys", test_program_has_the_keys, NULL},
};

int run_schema_keys_tests(void)
{
    return scenario_places_run(cases, sizeof cases / sizeof cases[0]);
}
