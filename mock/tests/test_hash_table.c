/* The hash table against a plain array of what should be in it. */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash_table.h"
#include "base/random.h"
#include "base/xalloc.h"
#include "check.h"

#define KEYS  6000 /* in several parts */
#define STEPS 60000

struct model {
    struct hash_table table;
    char keys[KEYS][16];
    bool present[KEYS];
    size_t count;
};

static int setup(void **state)
{
    struct model *model = xcalloc(1, sizeof *model);
    size_t number;

    for (number = 0; number < KEYS; number++)
        snprintf(model->keys[number], sizeof model->keys[number], "key-%zu",
                 number);
    *state = model;
    return 0;
}

static int teardown(void **state)
{
    struct model *model = *state;

    hash_table_free(&model->table);
    free(model);
    return 0;
}

static void step(struct model *model, size_t number, bool put)
{
    char *key = model->keys[number];

    if (put) {
        hash_table_put(&model->table, key, strlen(key), key);
        model->count += !model->present[number];
    } else {
        assert_ptr_equal(hash_table_remove(&model->table, key, strlen(key)),
                         model->present[number] ? key : NULL);
        model->count -= model->present[number];
    }
    model->present[number] = put;
}

static void it_holds_what_was_put_and_not_removed(void **state)
{
    struct model *model = *state;
    struct random random;
    size_t number;

    random_init(&random, 7, RANDOM_TOKENS);
    for (number = 0; number < STEPS; number++)
        step(model, random_next(&random) % KEYS, random_next(&random) % 3);
    assert_number(model->table.count, model->count);
    for (number = 0; number < KEYS; number++) {
        char *key = model->keys[number];

        assert_ptr_equal(hash_table_find(&model->table, key, strlen(key)),
                         model->present[number] ? key : NULL);
    }
}

static void a_walk_meets_each_entry_once(void **state)
{
    struct model *model = *state;
    size_t place = 0;
    size_t met = 0;
    size_t number;

    for (number = 0; number < KEYS; number += 2)
        step(model, number, true);
    while (hash_table_next(&model->table, &place))
        met++;
    assert_number(met, KEYS / 2);
}

/* All that were put so far are there, and none of the others. */
static void check_keys(const struct model *model, size_t most)
{
    for (size_t number = 0; number < KEYS; number++) {
        const char *key = model->keys[number];

        assert_ptr_equal(hash_table_find(&model->table, key, strlen(key)),
                         number < most ? key : NULL);
    }
}

static void check_walk(const struct model *model)
{
    bool *met = xcalloc(KEYS, sizeof *met);
    const struct hash_entry *entry;
    size_t place = 0;
    size_t count = 0;

    while ((entry = hash_table_next_entry(&model->table, &place))) {
        size_t number =
            (size_t)(entry->key - model->keys[0]) / sizeof model->keys[0];

        assert_ptr_equal(entry->key, entry->value);
        assert_false(met[number]);
        met[number] = true;
        count++;
    }
    free(met);
    assert_number(count, model->table.count);
}

static void it_is_whole_while_it_grows(void **state)
{
    struct model *model = *state;
    uint32_t parts = 0;

    for (size_t number = 0; number < KEYS; number++) {
        step(model, number, true);
        if (model->table.part_count == parts && number % 512)
            continue;
        parts = model->table.part_count;
        check_keys(model, number + 1);
        check_walk(model);
    }
    assert_number(parts, 16);
}

/* No call moves more than the entries of a part. */
static void it_grows_in_small_steps(void **state)
{
    struct model *model = *state;

    for (size_t number = 0; number < KEYS; number++) {
        uint32_t before = model->table.part_count;

        step(model, number, true);
        assert_true(model->table.part_count <= before + 1);
        for (size_t part = 0; part < model->table.part_count; part++)
            assert_true(model->table.parts[part].capacity <= 2048);
    }
}

static void a_later_value_takes_the_place_of_an_earlier(void **state)
{
    struct model *model = *state;

    hash_table_put(&model->table, "a", 1, model->keys[0]);
    hash_table_put(&model->table, "a", 1, model->keys[1]);
    assert_ptr_equal(hash_table_find(&model->table, "a", 1), model->keys[1]);
    assert_number(model->table.count, 1);
}

static void a_key_is_bytes_and_may_hold_a_nul(void **state)
{
    struct model *model = *state;

    hash_table_put(&model->table, "a\0b", 3, model->keys[0]);
    assert_null(hash_table_find(&model->table, "a", 1));
    assert_null(hash_table_find(&model->table, "a\0c", 3));
    assert_ptr_equal(hash_table_find(&model->table, "a\0b", 3), model->keys[0]);
}

#define CANDIDATES 100000
#define PLACES     256

static size_t probes_of(const struct hash_part *part)
{
    size_t sum = 0;
    size_t place;

    for (place = 0; place < part->capacity; place++)
        if (part->tags[place])
            sum += (place - part->entries[place].hash) & (part->capacity - 1);
    return sum;
}

/* How many entries lie between the entries and their first places. */
static size_t probes(const struct hash_table *table)
{
    size_t sum = 0;
    size_t part;

    for (part = 0; part < table->part_count; part++)
        sum += probes_of(&table->parts[part]);
    return sum;
}

/* Adds keys that collide in a table of PLACES places under the current seed. */
static void put_those_that_meet(struct hash_table *table, char (*keys)[24])
{
    struct hash_table all = {0};
    const struct hash_entry *entry;
    size_t number;
    size_t place = 0;

    for (number = 0; number < CANDIDATES; number++) {
        snprintf(keys[number], sizeof *keys, "argument-name-%zu", number);
        hash_table_put(&all, keys[number], strlen(keys[number]), keys[number]);
    }
    while ((entry = hash_table_next_entry(&all, &place)))
        if (entry->hash % PLACES == 0)
            hash_table_put(table, entry->key, entry->key_length, entry->value);
    hash_table_free(&all);
}

static void a_key_is_claimed_once(void **state)
{
    struct model *model = *state;
    char sought[] = "key-7";
    struct hash_entry *entry;
    size_t number;

    entry = hash_table_claim(&model->table, sought, strlen(sought));
    assert_null(entry->value);
    entry->key = model->keys[7];
    entry->value = model;
    memset(sought, 'x', strlen(sought));
    for (number = 0; number < KEYS; number++) {
        char *key = model->keys[number];

        entry = hash_table_claim(&model->table, key, strlen(key));
        assert_ptr_equal(entry->value, number == 7 ? model : NULL);
        entry->value = key;
    }
    assert_number(model->table.count, KEYS);
    check_keys(model, KEYS);
}

static void keys_that_meet_under_one_seed_part_under_another(void **state)
{
    char(*keys)[24] = xcalloc(CANDIDATES, sizeof *keys);
    struct hash_table aimed = {0};
    struct hash_table other = {0};
    size_t place = 0;
    char *key;

    (void)state;
    hash_table_seed(UINT64_C(0x123456789abcdef0));
    put_those_that_meet(&aimed, keys);
    assert_true(aimed.count > CANDIDATES / PLACES / 2);
    assert_true(probes(&aimed) > aimed.count * aimed.count / 16);
    hash_table_seed(UINT64_C(0xfedcba9876543210));
    while ((key = hash_table_next(&aimed, &place)))
        hash_table_put(&other, key, strlen(key), key);
    assert_number(other.count, aimed.count);
    assert_true(probes(&other) < 4 * other.count);
    hash_table_free(&aimed);
    hash_table_free(&other);
    free(keys);
}

static void sorted_entries_are_in_the_order_of_their_bytes(void **state)
{
    static const char *const keys[] = {"b", "ab", "a", "", "ba"};
    struct model *model = *state;
    const struct hash_entry **sorted;
    size_t number;
    char order[16] = "";

    for (number = 0; number < sizeof keys / sizeof *keys; number++)
        hash_table_put(&model->table, keys[number], strlen(keys[number]),
                       model);
    sorted = hash_table_sorted(&model->table);
    for (number = 0; number < model->table.count; number++) {
        strncat(order, sorted[number]->key, sorted[number]->key_length);
        strncat(order, ".", 2);
    }
    free(sorted);
    assert_string_equal(order, ".a.ab.b.ba.");
}

#define ADD(function) add_test_with(&list, function, setup, teardown)

int main(void)
{
    struct test_list list = {.count = 0};

    ADD(it_holds_what_was_put_and_not_removed);
    ADD(a_walk_meets_each_entry_once);
    ADD(it_is_whole_while_it_grows);
    ADD(it_grows_in_small_steps);
    ADD(a_later_value_takes_the_place_of_an_earlier);
    ADD(a_key_is_bytes_and_may_hold_a_nul);
    ADD(a_key_is_claimed_once);
    ADD(keys_that_meet_under_one_seed_part_under_another);
    ADD(sorted_entries_are_in_the_order_of_their_bytes);
    return run_list("hash table", &list);
}
