/*
 * A map from runs of bytes to pointers, at a cost that does not grow with the
 * table; nor does any one call take long because the table grows. Keys and
 * values are the caller's: a key must stay where it is while it is in the
 * table. The caller owns the struct: zero it, and end with hash_table_free().
 */
#ifndef SLACKMOCK_HASH_TABLE_H
#define SLACKMOCK_HASH_TABLE_H

#include <stddef.h>
#include <stdint.h>

struct hash_entry {
    const char *key;
    void *value;
    uint32_t hash;
    uint32_t key_length;
};

struct hash_part {
    struct hash_entry *entries;
    unsigned char *tags; /* one of each, behind them; 0: the place is free */
    uint32_t capacity;   /* a power of two, or 0 */
    uint32_t count;
};

struct hash_table {
    struct hash_part *parts;
    uint32_t part_count;
    uint32_t count; /* of all entries */
};

/*
 * Seeds the hashing of all tables; to be called while no table has an entry.
 * Without a call the seed is a constant. Whoever knows the seed can choose keys
 * that make a table slow. The seed decides nothing but the order of a walk.
 */
void hash_table_seed(uint64_t seed);

/* The value of that key, NULL if it is not there. */
void *hash_table_find(const struct hash_table *table, const char *key,
                      size_t key_length);

/* Sets the value of a key, in place of an older one. The value is not NULL. */
void hash_table_put(struct hash_table *table, const char *key,
                    size_t key_length, void *value);

/*
 * The entry of that key. If its value is NULL it was put there now: the caller
 * sets a value, and a key of the same bytes if this one does not stay. Lent
 * until the table changes.
 */
struct hash_entry *hash_table_claim(struct hash_table *table, const char *key,
                                    size_t key_length);

/* Takes the key out and returns its value, NULL if it was not there. */
void *hash_table_remove(struct hash_table *table, const char *key,
                        size_t key_length);

/*
 * Walks the table in no stated order: start with *place = 0; NULL ends it. The
 * table must not change meanwhile.
 */
void *hash_table_next(const struct hash_table *table, size_t *place);

/* The same, with the key beside the value. */
const struct hash_entry *hash_table_next_entry(const struct hash_table *table,
                                               size_t *place);

/* The entries in the order of their keys, table->count of them, in an array to
 * be freed. Entries and keys are lent until the table changes. */
const struct hash_entry **hash_table_sorted(const struct hash_table *table);

void hash_table_free(struct hash_table *table);

#endif
