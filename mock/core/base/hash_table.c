/*
 * Open addressing with linear probing, at most two thirds full. When an entry
 * is removed later ones move back into the gap, so no markers of removed
 * entries slow down a search.
 *
 * To double a large table at once would hold up whoever waits for the next
 * reply. So it is made of parts, each a small table, which are split one after
 * the other while entries are added (linear hashing, Litwin 1980).
 */
#include "base/hash_table.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"

#define FIRST_CAPACITY 8

/* Parts are split when they hold so many on an average: so far below two thirds
 * that few of them are fuller than that, and double by themselves. */
#define PART_CAPACITY ((uint32_t)1024)
#define PART_AVERAGE  ((uint32_t)614)

/* One is split whenever so many entries were added, until all are. */
#define SPLIT_EVERY 16

/* The low bits of a hash choose the place in a part, the others the part. */
#define PLACE_BITS 12

#define PRIME       (((uint64_t)1 << 61) - 1)
#define WORD_LENGTH 7
#define WORD_MASK   (((uint64_t)1 << 8 * WORD_LENGTH) - 1)

__extension__ typedef unsigned __int128 wide;

/*
 * Behind the entries of a part stands a byte for each of them, 0 for a free
 * place, else with some bits of the hash. A search reads these first: in a
 * large table few entries but many of these bytes are in the cache.
 */
#define TAG_TAKEN 0x80
#define TAG_SHIFT 25

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
    /* A small table uses the low bits alone, so all bits are mixed into them.
     */
    hash = (hash ^ hash >> 32) * 0x9e3779b97f4a7c15ULL;
    return (uint32_t)(hash >> 32);
}

static bool holds(const struct hash_entry *entry, uint32_t hash,
                  const char *key, size_t length)
{
    return entry->hash == hash && entry->key_length == length &&
           memcmp(entry->key, key, length) == 0;
}

/* The place of that key, or the free one where it belongs. */
static size_t locate(const struct hash_part *part, uint32_t hash,
                     const char *key, size_t length)
{
    const unsigned char *tags = part->tags;
    const unsigned tag = TAG_TAKEN | hash >> TAG_SHIFT;
    size_t mask = part->capacity - 1;
    size_t place = hash & mask;

    __builtin_prefetch(&part->entries[place]); /* while the tag is waited for */
    while (tags[place] && (tags[place] != tag ||
                           !holds(&part->entries[place], hash, key, length)))
        place = (place + 1) & mask;
    return place;
}

static void fill(struct hash_part *part, size_t place,
                 const struct hash_entry *entry)
{
    part->entries[place] = *entry;
    part->tags[place] = (unsigned char)(TAG_TAKEN | entry->hash >> TAG_SHIFT);
}

/*
 * While parts are being split there are some of twice as many as there were;
 * the new ones stand behind the others, in their order.
 */
static struct hash_part *part_of(const struct hash_table *table, uint32_t hash)
{
    uint32_t mask = UINT32_MAX >> __builtin_clz(table->part_count);
    uint32_t number = hash >> PLACE_BITS & mask;

    return &table->parts[number < table->part_count ? number
                                                    : number & mask >> 1];
}

/* ---- growing ---- */

static bool has_room(uint32_t capacity, uint32_t count)
{
    return (uint64_t)count * 3 <= (uint64_t)capacity * 2;
}

static struct hash_part make_part(uint32_t capacity, uint32_t count)
{
    struct hash_part part = {.capacity = capacity};

    while (!has_room(part.capacity, count))
        part.capacity *= 2;
    part.entries = xreallocarray(NULL, part.capacity, sizeof *part.entries + 1);
    part.tags = (unsigned char *)(part.entries + part.capacity);
    memset(part.tags, 0, part.capacity);
    return part;
}

static void join(struct hash_part *part, const struct hash_entry *entry)
{
    fill(part, locate(part, entry->hash, entry->key, entry->key_length), entry);
    part->count++;
}

static void grow(struct hash_part *part)
{
    struct hash_part grown = make_part(
        part->capacity ? part->capacity * 2 : FIRST_CAPACITY, part->count);

    for (size_t place = 0; place < part->capacity; place++)
        if (part->tags[place])
            join(&grown, &part->entries[place]);
    free(part->entries);
    *part = grown;
}

/* Makes two parts of one: those whose hash has that bit go to `added`. */
static void split_part(struct hash_part *part, struct hash_part *added,
                       uint32_t bit)
{
    const struct hash_part old = *part;
    uint32_t count = 0;

    for (size_t place = 0; place < old.capacity; place++)
        count += old.tags[place] && old.entries[place].hash & bit;
    *part = make_part(PART_CAPACITY, old.count - count);
    *added = make_part(PART_CAPACITY, count);
    for (size_t place = 0; place < old.capacity; place++)
        if (old.tags[place])
            join(old.entries[place].hash & bit ? added : part,
                 &old.entries[place]);
    free(old.entries);
}

static bool is_power_of_two(uint32_t number)
{
    return (number & (number - 1)) == 0;
}

static bool split_is_due(const struct hash_table *table)
{
    if (is_power_of_two(table->part_count))
        return table->count > (uint64_t)table->part_count * PART_AVERAGE;
    return table->count % SPLIT_EVERY == 0;
}

static void split_next(struct hash_table *table)
{
    uint32_t split = table->part_count;
    uint32_t whole;

    if (is_power_of_two(split))
        table->parts = xreallocarray(table->parts, (size_t)split * 2,
                                     sizeof *table->parts);
    whole = (uint32_t)1 << (31 - __builtin_clz(split));
    split_part(&table->parts[split - whole], &table->parts[split],
               whole << PLACE_BITS);
    table->part_count++;
}

/* The part where an entry of that hash is to be put, with room for it. */
static struct hash_part *roomy_part(struct hash_table *table, uint32_t hash)
{
    struct hash_part *part;

    if (!table->parts) {
        table->parts = xcalloc(1, sizeof *table->parts);
        table->part_count = 1;
    }
    if (split_is_due(table))
        split_next(table);
    part = part_of(table, hash);
    if (!has_room(part->capacity, part->count + 1))
        grow(part);
    return part;
}

/* ---- one key ---- */

void *hash_table_find(const struct hash_table *table, const char *key,
                      size_t key_length)
{
    const struct hash_part *part;
    uint32_t hash;
    size_t place;

    if (!table->count)
        return NULL;
    hash = hash_bytes(key, key_length);
    part = part_of(table, hash);
    place = locate(part, hash, key, key_length);
    return part->tags[place] ? part->entries[place].value : NULL;
}

struct hash_entry *hash_table_claim(struct hash_table *table, const char *key,
                                    size_t key_length)
{
    uint32_t hash = hash_bytes(key, key_length);
    struct hash_part *part = roomy_part(table, hash);
    const size_t place = locate(part, hash, key, key_length);
    const struct hash_entry added = {key, NULL, hash, (uint32_t)key_length};

    if (!part->tags[place]) {
        table->count++;
        part->count++;
        fill(part, place, &added);
    }
    return &part->entries[place];
}

void hash_table_put(struct hash_table *table, const char *key,
                    size_t key_length, void *value)
{
    struct hash_entry *entry = hash_table_claim(table, key, key_length);

    entry->key = key;
    entry->value = value;
}

/*
 * Closes the gap at `gap`: an entry behind it moves back unless its own first
 * place lies after the gap, going round.
 */
static void close_gap(struct hash_part *part, size_t gap)
{
    unsigned char *tags = part->tags;
    size_t mask = part->capacity - 1;
    size_t place = gap;

    for (;;) {
        size_t first;

        place = (place + 1) & mask;
        if (!tags[place])
            break;
        first = part->entries[place].hash & mask;
        if (((place - first) & mask) >= ((place - gap) & mask)) {
            fill(part, gap, &part->entries[place]);
            gap = place;
        }
    }
    tags[gap] = 0;
}

void *hash_table_remove(struct hash_table *table, const char *key,
                        size_t key_length)
{
    struct hash_part *part;
    uint32_t hash;
    size_t place;
    void *value;

    if (!table->count)
        return NULL;
    hash = hash_bytes(key, key_length);
    part = part_of(table, hash);
    place = locate(part, hash, key, key_length);
    if (!part->tags[place])
        return NULL;
    value = part->entries[place].value;
    table->count--;
    part->count--;
    close_gap(part, place);
    return value;
}

/* ---- all of them ---- */

/* A place is the number of a part, and below it that of an entry. */
const struct hash_entry *hash_table_next_entry(const struct hash_table *table,
                                               size_t *place)
{
    uint64_t number = *place >> 32;
    uint32_t entry = (uint32_t)*place;

    for (; number < table->part_count; number++, entry = 0) {
        const struct hash_part *part = &table->parts[number];

        while (entry < part->capacity)
            if (part->tags[entry++]) {
                *place = number << 32 | entry;
                return &part->entries[entry - 1];
            }
    }
    *place = number << 32;
    return NULL;
}

void *hash_table_next(const struct hash_table *table, size_t *place)
{
    const struct hash_entry *entry = hash_table_next_entry(table, place);

    return entry ? entry->value : NULL;
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
    const struct hash_entry *entry;
    size_t count = 0;
    size_t place = 0;

    while ((entry = hash_table_next_entry(table, &place)))
        entries[count++] = entry;
    qsort(entries, count, sizeof *entries, compare_keys);
    return entries;
}

void hash_table_free(struct hash_table *table)
{
    for (size_t number = 0; number < table->part_count; number++)
        free(table->parts[number].entries);
    free(table->parts);
    *table = (struct hash_table){0};
}
