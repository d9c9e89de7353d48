/* The hash table against a plain array of what should be in it. */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash_table.h"
#include "base/random.h"
#include "base/xalloc.h"
#include "check.h"

#define KEYS  2000
#define STEPS 40000

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

#define ADD(function) add_test_with(&list, function, setup, teardown)

int main(void)
{
    struct test_list list = {.count = 0};

    ADD(it_holds_what_was_put_and_not_removed);
    ADD(a_walk_meets_each_entry_once);
    ADD(a_later_value_takes_the_place_of_an_earlier);
    ADD(a_key_is_bytes_and_may_hold_a_nul);
    return run_list("hash table", &list);
}
