/*
 * How a file is laid over the one that it extends: which objects merge key by
 * key, which are replaced, and what is said when the base does not load.
 */
#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "check.h"
#include "scenario/scenario.h"
#include "scenario/scenario_load.h"
#include "scenario/shipped_scenarios.h"

/* `child.json`, which is loaded, and `./base.json`. */
struct pair {
    const char *child;
    const char *base; /* NULL: there is none */
};

static int find(void *context, const char *name, const char *named_by,
                struct scenario_text *text, struct buffer *why)
{
    const struct pair *pair = context;
    bool is_base = named_by && strcmp(name, "./base.json") == 0;
    const char *found = named_by ? pair->base : pair->child;

    if (named_by && !is_base && shipped_scenario_read(name, text))
        return 0;
    if ((named_by && !is_base) || !found) {
        buffer_add_text(why, "no such scenario");
        return -1;
    }
    *text =
        (struct scenario_text){xstrdup(named_by ? "base.json" : "child.json"),
                               xstrdup(found), strlen(found)};
    return 0;
}

struct loaded {
    struct scenario *scenario;
    struct buffer mistakes;
};

static int set_up(void **state)
{
    *state = xcalloc(1, sizeof(struct loaded));
    return 0;
}

static int tear_down(void **state)
{
    struct loaded *loaded = *state;

    scenario_release(loaded->scenario);
    buffer_free(&loaded->mistakes);
    free(loaded);
    return 0;
}

#define CHILD(keys)                                                            \
    "{\"description\":\"c\",\"extends\":\"./base.json\"," keys "}"
#define BASE(keys)                                                             \
    "{\"description\":\"b\",\"extends\":\"default.json\"," keys "}"

static void load(struct loaded *loaded, const char *base, const char *child)
{
    struct pair pair = {child, base};

    loaded->scenario =
        scenario_load("child.json", find, &pair, &loaded->mistakes);
}

static const struct scenario *merge(struct loaded *loaded, const char *base,
                                    const char *child)
{
    load(loaded, base, child);
    assert_string_equal(buffer_text(&loaded->mistakes), "");
    assert_non_null(loaded->scenario);
    return loaded->scenario;
}

/* ---- what merges ---- */

static const struct rate_limit *limit_of(const struct scenario *scenario)
{
    return hash_table_find(&scenario->rate_limits, "auth.test", 9);
}

#define LIMIT(keys) "\"rate_limits\":{\"auth.test\":{" keys "}}"

static void a_burst_joins_its_number(void **state)
{
    const struct rate_limit *limit = limit_of(merge(
        *state, BASE(LIMIT("\"per_minute\":5")), CHILD(LIMIT("\"burst\":9"))));

    assert_number(limit->per_minute, 5);
    assert_number(limit->burst, 9);
    assert_string_equal(limit->file, "child.json");
}

static void a_number_keeps_its_burst(void **state)
{
    const struct rate_limit *limit =
        limit_of(merge(*state, BASE(LIMIT("\"per_minute\":5,\"burst\":9")),
                       CHILD(LIMIT("\"per_minute\":7"))));

    assert_number(limit->per_minute, 7);
    assert_number(limit->burst, 9);
}

static void a_tier_replaces_numbers(void **state)
{
    const struct rate_limit *limit =
        limit_of(merge(*state, BASE(LIMIT("\"per_minute\":5,\"burst\":9")),
                       CHILD(LIMIT("\"tier\":2"))));

    assert_number(limit->per_minute, 20);
    assert_number(limit->burst, 0);
}

static void a_number_replaces_a_tier(void **state)
{
    const struct rate_limit *limit = limit_of(merge(
        *state, BASE(LIMIT("\"tier\":2")), CHILD(LIMIT("\"per_minute\":5"))));

    assert_number(limit->per_minute, 5);
    assert_number(limit->tier, 0);
}

#define CLOCK(value) "\"clock\":" value
#define AT           "\"at\":\"2026-01-01T00:00:00Z\""

static void a_clock_keeps_its_time(void **state)
{
    const struct scenario *scenario =
        merge(*state, BASE(CLOCK("{" AT ",\"frozen\":true}")),
              CHILD(CLOCK("{\"frozen\":false}")));

    assert_true(scenario->has_clock);
    assert_false(scenario->clock_frozen);
    assert_number(scenario->clock_start, INT64_C(1767225600000));
}

static void a_clock_stays_frozen(void **state)
{
    const struct scenario *scenario =
        merge(*state, BASE(CLOCK("{" AT ",\"frozen\":true}")),
              CHILD(CLOCK("{\"at\":\"2026-01-02T00:00:00Z\"}")));

    assert_true(scenario->clock_frozen);
    assert_number(scenario->clock_start, INT64_C(1767312000000));
}

static void a_time_alone_is_a_clock_that_runs(void **state)
{
    assert_false(merge(*state, BASE(CLOCK("{" AT ",\"frozen\":true}")),
                       CHILD(CLOCK("\"2026-01-02T00:00:00Z\"")))
                     ->clock_frozen);
}

#define TEAM(enterprise)                                                       \
    "\"teams\":[{\"id\":\"T0TEAM\",\"enterprise\":" enterprise "}]"

static void an_enterprise_keeps_its_id(void **state)
{
    const struct scenario *scenario =
        merge(*state, BASE(TEAM("{\"id\":\"E1\",\"name\":\"Old\"}")),
              CHILD(TEAM("{\"name\":\"New\"}")));
    const struct team *team =
        directory_team_by_id(&scenario->directory, "T0TEAM");

    assert_string_equal(team->enterprise_id, "E1");
    assert_string_equal(team->enterprise_name, "New");
}

#define CODE(keys)                                                             \
    "\"codes\":[{\"code\":\"c\",\"app\":\"A0APP\",\"team\":\"T0TEAM\"," keys   \
    "}]"

static void a_code_keeps_its_user(void **state)
{
    const struct scenario *scenario =
        merge(*state, BASE(CODE("\"bot\":{\"user\":\"U1\",\"scope\":\"a\"}")),
              CHILD(CODE("\"bot\":{\"scope\":\"zz\"}")));
    const struct code_entry *code = scenario->directory.codes[0];

    assert_string_equal(code->bot.user, "U1");
    assert_string_equal(code->bot.scope, "zz");
}

/* A stub is the body of a reply, not a setting. */
static void a_stub_is_replaced_whole(void **state)
{
    const struct scenario *scenario =
        merge(*state, BASE("\"stubs\":{\"a.b\":{\"x\":1},\"c.d\":{}}"),
              CHILD("\"stubs\":{\"a.b\":{\"y\":2}}"));
    const cJSON *stub = hash_table_find(&scenario->stubs, "a.b", 3);

    assert_null(cJSON_GetObjectItemCaseSensitive(stub, "x"));
    assert_non_null(cJSON_GetObjectItemCaseSensitive(stub, "y"));
    assert_number(scenario->stubs.count, 2);
}

/* ---- mistakes ---- */

struct row {
    const char *name;
    const char *base;
    const char *child;
    const char *mistakes;
};

#define NO_BASE                                                                \
    "child.json: $.extends: found \"./base.json\": no such scenario\n"

static struct row rows[] = {
    {"a burst over a tier", BASE(LIMIT("\"tier\":2")),
     CHILD(LIMIT("\"burst\":9")),
     "child.json: $.rate_limits[\"auth.test\"]: missing \"per_minute\"\n"},
    {"a clock without a time", BASE("\"seed\":1"),
     CHILD(CLOCK("{\"frozen\":true}")),
     "child.json: $.clock: missing \"at\"\n"},
    {"an enterprise without an id", BASE("\"seed\":1"),
     CHILD(TEAM("{\"name\":\"New\"}")),
     "child.json: $.teams[0].enterprise: missing \"id\"\n"},
    {"an enterprise that was taken away", BASE(TEAM("null")), CHILD(TEAM("{}")),
     "child.json: $.teams[0].enterprise: missing \"id\"\n"
     "child.json: $.teams[0].enterprise: missing \"name\"\n"},
    {"a code that gives a person a scope alone",
     BASE(CODE("\"bot\":{\"user\":\"U1\",\"scope\":\"a\"}")),
     CHILD(CODE("\"user\":{\"scope\":\"zz\"}")),
     "child.json: $.codes[0].user: missing \"user\"\n"},

    {"what needs no base is said without one", NULL,
     CHILD("\"apps\":[{\"id\":\"A1\",\"client_id\":\"1.1\"},"
           "{\"id\":\"A2\",\"client_id\":\"1.1\"}],"
           "\"tokens\":[{\"token\":\"abc\",\"bot_user\":\"U\",\"user\":\"U\"},"
           "{\"token\":\"xoxe.xoxb-1\",\"refresh_token\":\"r\"},"
           "{\"token\":\"xoxe.xoxb-2\",\"refresh_token\":\"r\"}]"),
     NO_BASE
     "child.json: $.apps[1].client_id: found \"1.1\", which app \"A1\" has; "
     "wanted one of its own\n"
     "child.json: $.tokens[0]: found \"bot_user\" and \"user\", wanted one of "
     "them\n"
     "child.json: $.tokens[2].refresh_token: found \"r\", which another entry "
     "has; wanted one of its own\n"},
    {"what the base may have is not said without one", NULL,
     CHILD(CLOCK("{\"frozen\":true}") "," TEAM("{\"name\":\"n\"}") "," LIMIT(
         "\"burst\":9") ",\"apps\":[{\"id\":\"A0APP\"}],"
                        "\"tokens\":[{\"token\":\"abc\",\"app\":\"A9\"},"
                        "{\"token\":\"xoxe.xoxb-1\"}],"
                        "\"codes\":[{\"code\":\"c\",\"bot\":{\"scope\":\"\"}},"
                        "{\"code\":\"d\"}]"),
     NO_BASE},
    {"nor with one that is broken", "[]",
     CHILD("\"tokens\":[{\"token\":\"abc\",\"app\":\"A9\"}]"),
     "base.json: $: found an array, wanted an object\n"},
};

static void the_mistakes_are(void **state)
{
    static struct loaded loaded;
    const struct row *row = *state;
    char said[1024];

    load(&loaded, row->base, row->child);
    snprintf(said, sizeof said, "%s", buffer_text(&loaded.mistakes));
    buffer_free(&loaded.mistakes);
    assert_null(loaded.scenario);
    assert_string_equal(said, row->mistakes);
}

#define ADD(function) add_test_with(&list, function, set_up, tear_down)

int main(void)
{
    struct test_list list = {.count = 0};

    ADD(a_burst_joins_its_number);
    ADD(a_number_keeps_its_burst);
    ADD(a_tier_replaces_numbers);
    ADD(a_number_replaces_a_tier);
    ADD(a_clock_keeps_its_time);
    ADD(a_clock_stays_frozen);
    ADD(a_time_alone_is_a_clock_that_runs);
    ADD(an_enterprise_keeps_its_id);
    ADD(a_code_keeps_its_user);
    ADD(a_stub_is_replaced_whole);
    add_rows(&list, the_mistakes_are, rows);
    return run_list("extends", &list);
}
