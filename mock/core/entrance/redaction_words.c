/*
 * Words of secrets, and what they become. The same word becomes the same one,
 * and no two become one.
 */
#include <stdlib.h>
#include <string.h>

#include "base/sha256.h"
#include "base/text.h"
#include "entrance/redaction_parts.h"
#include "journal/mask.h"

#define TELLING        8 /* bytes: a shorter word is no secret by itself */
#define SPELLINGS_MOST 100

bool redaction_is_word_byte(char byte)
{
    return text_is_alphanumeric(byte) || byte == '-' || byte == '.' ||
           byte == '_';
}

/* A dot at the end is that of a sentence. */
size_t redaction_run(const char *text, size_t length)
{
    size_t run = 0;

    while (run < length && redaction_is_word_byte(text[run]))
        run++;
    while (run && text[run - 1] == '.')
        run--;
    return run;
}

void redaction_set_word(struct redaction *redaction, const char *word,
                        size_t length, const char *other, size_t other_length)
{
    char *key;
    char *value;

    if (hash_table_find(&redaction->words, word, length))
        return;
    key = arena_bytes(&redaction->memory, length);
    value = arena_bytes(&redaction->memory, other_length + 1);
    memcpy(key, word, length);
    memcpy(value, other, other_length);
    value[other_length] = '\0';
    hash_table_put(&redaction->words, key, length, value);
}

void redaction_keep(struct redaction *redaction, const char *word,
                    size_t length)
{
    char *key = arena_bytes(&redaction->memory, length + !length);

    memcpy(key, word, length);
    hash_table_put(&redaction->kept, key, length, key);
}

/* ---- new spellings ---- */

/* True for PREFIX-NUMBER of a scenario's generated tokens. */
static bool is_generated(const struct redaction *redaction, const char *word,
                         size_t length)
{
    size_t prefix = length;

    while (prefix && word[prefix - 1] >= '0' && word[prefix - 1] <= '9')
        prefix--;
    return prefix && prefix < length && word[prefix - 1] == '-' &&
           hash_table_find(&redaction->kept, word, prefix - 1);
}

/* A token's kind, and the numbers of team and bot after it, are no secret. */
static size_t length_kept(const char *word, size_t length)
{
    size_t kept = mask_kind_length(word, length);
    size_t digits = 0;

    if (!kept)
        return 0;
    for (size_t place = kept; place < length; place++) {
        if (word[place] >= '0' && word[place] <= '9')
            digits++;
        else if (word[place] == '-' && digits)
            kept = place + 1;
        else
            break;
    }
    return kept;
}

static char other_of(char byte, unsigned char number)
{
    static const struct {
        char first;
        char last;
    } runs[] = {{'0', '9'}, {'a', 'f'}, {'g', 'z'}, {'A', 'F'}, {'G', 'Z'}};

    for (size_t i = 0; i < sizeof runs / sizeof runs[0]; i++)
        if (byte >= runs[i].first && byte <= runs[i].last)
            return (char)(runs[i].first +
                          number % (runs[i].last - runs[i].first + 1));
    return byte;
}

/* By the digest of the word and the try, then that of the digest before. */
static void spell(const struct redaction *redaction, char *word, size_t length,
                  int tries)
{
    const size_t kept = length_kept(word, length);
    unsigned char digest[SHA256_SIZE];
    struct buffer seed = BUFFER_INIT;

    buffer_add(&seed, word, length);
    buffer_add_integer(&seed, tries);
    hmac_sha256(redaction->key, seed.data, seed.length, digest);
    buffer_free(&seed);
    for (size_t place = kept; place < length; place++) {
        const size_t number = (place - kept) % SHA256_SIZE;

        if (place > kept && !number)
            hmac_sha256(redaction->key, digest, sizeof digest, digest);
        word[place] = other_of(word[place], digest[number]);
    }
}

static bool is_telling(const char *word, size_t length)
{
    bool has_digit = false;
    bool has_letter = false;

    for (size_t i = 0; i < length; i++) {
        const bool is_digit = word[i] >= '0' && word[i] <= '9';

        has_digit = has_digit || is_digit;
        has_letter = has_letter || (!is_digit && text_is_alphanumeric(word[i]));
    }
    return length >= TELLING && has_digit && has_letter;
}

/* No two secrets may become one; of very short ones there are not that many. */
static const char *spell_anew(struct redaction *redaction, const char *word,
                              size_t length)
{
    char *key = arena_bytes(&redaction->memory, length);
    char *other = arena_bytes(&redaction->memory, length + 1);

    memcpy(key, word, length);
    other[length] = '\0';
    for (int tries = 0; tries < SPELLINGS_MOST; tries++) {
        memcpy(other, word, length);
        spell(redaction, other, length, tries);
        if (memcmp(other, word, length) != 0 &&
            !hash_table_find(&redaction->taken, other, length))
            break;
    }
    hash_table_put(&redaction->taken, other, length, other);
    hash_table_put(&redaction->spelt, key, length, other);
    return other;
}

void redaction_hide_word(struct redaction *redaction, struct buffer *output,
                         const char *word, size_t length)
{
    const char *other = hash_table_find(&redaction->words, word, length);

    if (!other)
        other = hash_table_find(&redaction->spelt, word, length);
    if (!other && (is_generated(redaction, word, length) ||
                   hash_table_find(&redaction->kept, word, length))) {
        buffer_add(output, word, length);
        return;
    }
    if (redaction->is_public) {
        redaction_keep(redaction, word, length);
        return;
    }
    if (!other)
        other = spell_anew(redaction, word, length);
    if (is_telling(word, length))
        redaction_set_word(redaction, word, length, other, strlen(other));
    buffer_add_text(output, other);
}
