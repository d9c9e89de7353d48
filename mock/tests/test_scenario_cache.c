/* Which scenarios that came over HTTP are kept, and which make room. */
#include <stdio.h>
#include <string.h>

#include "base/buffer.h"
#include "check.h"
#include "scenario/scenario.h"
#include "scenario/scenario_cache.h"
#include "scenario/scenario_load.h"
#include "scenario/shipped_scenarios.h"

#define LARGE ((size_t)64 * 1024)

static struct scenario *load(struct scenario_cache *cache, const char *text)
{
    struct buffer mistakes = BUFFER_INIT;
    struct scenario *scenario =
        scenario_cache_load(cache, text, strlen(text), &mistakes);

    assert_string_equal(buffer_text(&mistakes), "");
    buffer_free(&mistakes);
    return scenario;
}

/* A text of so many bytes, with blanks after it, for each number another. */
static struct scenario *load_number(struct scenario_cache *cache, int number,
                                    size_t length)
{
    struct buffer text = BUFFER_INIT;
    struct scenario *scenario;

    buffer_printf(
        &text, "{\"description\":\"%d\",\"extends\":\"default.json\"}", number);
    while (text.length < length)
        buffer_add_byte(&text, ' ');
    scenario = load(cache, text.data);
    buffer_free(&text);
    return scenario;
}

/* True if that text's scenario was kept since. */
static bool is_kept(struct scenario_cache *cache, int number, size_t length,
                    const struct scenario *first)
{
    struct scenario *again = load_number(cache, number, length);
    bool is_same = again == first;

    scenario_release(again);
    return is_same;
}

static void every_shipped_scenario_has_room(void **state)
{
    struct scenario_cache cache = {.count = 0};

    (void)state;
    for (int round = 0; round < 2; round++)
        for (size_t i = 0; i < shipped_scenario_count; i++) {
            char text[256];
            struct scenario *scenario;

            snprintf(text, sizeof text,
                     "{\"description\":\"d\",\"extends\":\"%s\"}",
                     shipped_scenarios[i].name);
            scenario = load(&cache, text);
            /* The cache is the other holder, from the first time on. */
            assert_number(scenario->holders, 2);
            scenario_release(scenario);
            assert_number(cache.count, round ? shipped_scenario_count : i + 1);
        }
    scenario_cache_free(&cache);
}

/* Loads one, then so many more, and the last again; which of both is kept? */
static void crowd(size_t length, int more)
{
    struct scenario_cache cache = {.count = 0};
    struct scenario *first = load_number(&cache, 0, length);
    struct scenario *last = NULL;

    for (int number = 1; number <= more; number++) {
        assert_true(is_kept(&cache, 0, length, first));
        scenario_release(last);
        last = load_number(&cache, number, length);
    }
    assert_true(is_kept(&cache, more, length, last));
    assert_false(is_kept(&cache, 0, length, first));
    scenario_release(first);
    scenario_release(last);
    scenario_cache_free(&cache);
}

static void the_oldest_of_many_goes(void **state)
{
    (void)state;
    crowd(100, CACHED_SCENARIOS);
}

static void large_texts_are_kept_in_smaller_number(void **state)
{
    (void)state;
    crowd(LARGE, 16);
}

static void what_is_too_large_is_not_kept(void **state)
{
    struct scenario_cache cache = {.count = 0};

    (void)state;
    scenario_release(load_number(&cache, 1, LARGE + 1));
    assert_number(cache.count, 0);
}

int main(void)
{
    struct test_list list = {.count = 0};

    add_test(&list, every_shipped_scenario_has_room);
    add_test(&list, the_oldest_of_many_goes);
    add_test(&list, large_texts_are_kept_in_smaller_number);
    add_test(&list, what_is_too_large_is_not_kept);
    return run_list("scenario_cache", &list);
}
