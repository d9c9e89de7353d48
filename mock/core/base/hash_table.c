/*
 * Open addressing with linear probing, at most two thirds full. When an entry
 * is removed later ones move back into the gap, so no markers of removed
 * entries slow down a search.
 */
#include "base/hash_table.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"

#define FIRST_CAPACITY 8

#define PRIME       (((uint64_t)1 << 61) - 1)
#define WORD_LENGTH 7
#define WORD_MASK   (((uint64_t)1 << 8 * WORD_LENGTH) - 1)

__extension__ typedef unsigned __int128 wide;

/* One for all tables; set by hash_table_seed(). */
static uint64_t multiplier = 0x0123456789abcdef;

void hash_table_seed(uint64_t seed)
{
    multiplier = seed >> 4;
}

/* With a multiplier below 2^60 it leaves less than 2^62: nothing overflows. */
static uint64_t step(uint64_t hash, uint64_t word)
{
    wide product = (wide)(hash + word) * multiplier;

    return (uint64_t)(product & PRIME) + (uint64_t)(product >> 61);
}

/*
 * The key read as a polynomial, evaluated at a secret point modulo a prime
 * (Carter and Wegman 1979). Two keys of n bytes have the same value at no more
 * than n of the 2^60 points: whoever does not know the point cannot choose keys
 * that collide.
 */
static uint32_t hash_bytes(const char *key, size_t length)
{
    uint64_t hash = length;
    uint64_t word = 0;

    if (length < sizeof word) {
        if (length) /* a key of no bytes may be NULL */
            memcpy(&word, key, length);
        hash = step(hash, word);
    } else {
        const char *last = key + length - sizeof word;

        for (; key < last; key += WORD_LENGTH) {
            memcpy(&word, key, sizeof word);
            hash = step(hash, word & WORD_MASK);
        }
        /* The last word may overlap the one before it, which does no harm. */
        memcpy(&word, last, sizeof word);
        hash = step(step(hash, word >> 32), (uint32_t)word);
    }
    /* The table uses the low bits alone, so all bits are mixed into them. */
    hash = (hash ^ hash >> 32) * 0x9e3779b97f4a7c15ULL;
    return (uint32_t)(hash >> 32);
}

static bool holds(const struct hash_entry *entry, uint32_t hash,
                  const char *key, size_t length)
{
    return entry->hash == hash && entry->key_length == length &&
           memcmp(entry->key, key, length) == 0;
}

/* The entry of that key, or the free one where it belongs. */
static struct hash_entry *locate(const struct hash_table *table, uint32_t hash,
                                 const char *key, size_t length)
{
    size_t mask = table->capacity - 1;
    size_t place = hash & mask;

    while (table->entries[place].key &&
           !holds(&table->entries[place], hash, key, length))
        place = (place + 1) & mask;
    return &table->entries[place];
}

static void grow(struct hash_table *table)
{
    struct hash_table grown = {0};
    size_t place;

    grown.capacity = table->capacity ? table->capacity * 2 : FIRST_CAPACITY;
    grown.entries = xcalloc(grown.capacity, sizeof *grown.entries);
    grown.count = table->count;
    for (place = 0; place < table->capacity; place++) {
        const struct hash_entry *entry = &table->entries[place];

        if (entry->key)
            *locate(&grown, entry->hash, entry->key, entry->key_length) =
                *entry;
    }
    free(table->entries);
    *table = grown;
}

void *hash_table_find(const struct hash_table *table, const char *key,
                      size_t key_length)
{
    if (!table->count)
        return NULL;
    return locate(table, hash_bytes(key, key_length), key, key_length)->value;
}

void hash_table_put(struct hash_table *table, const char *key,
                    size_t key_length, void *value)
{
    uint32_t hash = hash_bytes(key, key_length);
    struct hash_entry *entry;

    if ((table->count + 1) * 3 > table->capacity * 2)
        grow(table);
    entry = locate(table, hash, key, key_length);
    if (!entry->key)
        table->count++;
    *entry = (struct hash_entry){key, value, hash, (uint32_t)key_length};
}

/*
 * Closes the gap at `gap`: an entry behind it moves back unless its own first
 * place lies after the gap, going round.
 */
static void close_gap(struct hash_table *table, size_t gap)
{
    size_t mask = table->capacity - 1;
    size_t place = gap;

    for (;;) {
        size_t first;

        place = (place + 1) & mask;
        if (!table->entries[place].key)
            break;
        first = table->entries[place].hash & mask;
        if (((place - first) & mask) >= ((place - gap) & mask)) {
            table->entries[gap] = table->entries[place];
            gap = place;
        }
    }
    table->entries[gap] = (struct hash_entry){0};
}

void *hash_table_remove(struct hash_table *table, const char *key,
                        size_t key_length)
{
    struct hash_entry *entry;
    void *value;

    if (!table->count)
        return NULL;
    entry = locate(table, hash_bytes(key, key_length), key, key_length);
    value = entry->value;
    if (!entry->key)
        return NULL;
    table->count--;
    close_gap(table, (size_t)(entry - table->entries));
    return value;
}

void *hash_table_next(const struct hash_table *table, size_t *place)
{
    while (*place < table->capacity) {
        const struct hash_entry *entry = &table->entries[(*place)++];

        if (entry->key)
            return entry->value;
    }
    return NULL;
}

/* Byte by byte; of two that begin alike the shorter first. */
static int compare_keys(const void *left, const void *right)
{
    const struct hash_entry *one = *(const struct hash_entry *const *)left;
    const struct hash_entry *other = *(const struct hash_entry *const *)right;
    size_t both = one->key_length < other->key_length ? one->key_length
                                                      : other->key_length;
    int order = both ? memcmp(one->key, other->key, both) : 0;

    if (order)
        return order;
    return (one->key_length > other->key_length) -
           (one->key_length < other->key_length);
}

const struct hash_entry **hash_table_sorted(const struct hash_table *table)
{
    const struct hash_entry **entries = xcalloc(table->count, sizeof *entries);
    size_t count = 0;
    size_t place;

    for (place = 0; place < table->capacity; place++)
        if (table->entries[place].key)
            entries[count++] = &table->entries[place];
    qsort(entries, count, sizeof *entries, compare_keys);
    return entries;
}

void hash_table_free(struct hash_table *table)
{
    free(table->entries);
    *table = (struct hash_table){0};
}
