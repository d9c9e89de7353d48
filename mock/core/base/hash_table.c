/*
 * Open addressing with linear probing, at most two thirds full. A removed entry
 * is filled by moving later ones back, so that no graves slow down the probes.
 */
#include "base/hash_table.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"

#define FIRST_CAPACITY 8

/*
 * FNV-1a's step, over eight bytes at a time: keys are tokens of up to hundreds
 * of bytes. A product's low bits depend on low bits alone, hence the shifts.
 */
static uint64_t mix(uint64_t hash, uint64_t word)
{
    hash = (hash ^ word) * 0x9e3779b97f4a7c15ULL;
    return hash ^ (hash >> 32);
}

static uint32_t hash_bytes(const char *key, size_t length)
{
    uint64_t hash = length;
    uint64_t word;

    for (; length >= sizeof word; length -= sizeof word, key += sizeof word) {
        memcpy(&word, key, sizeof word);
        hash = mix(hash, word);
    }
    word = 0;
    if (length) /* a key of no bytes may be NULL */
        memcpy(&word, key, length);
    return (uint32_t)mix(hash, word);
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

void hash_table_free(struct hash_table *table)
{
    free(table->entries);
    *table = (struct hash_table){0};
}
