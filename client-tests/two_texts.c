/* Compares texts byte by byte, or word by word; see two_texts.h. */
#include "two_texts.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "test_case.h"

void assert_same_text(const char *got, const char *wanted)
{
    size_t line = 1;
    size_t start = 0;

    for (size_t i = 0; got[i] == wanted[i]; i++) {
        if (!got[i])
            return;
        if (got[i] == '\n') {
            line++;
            start = i + 1;
        }
    }
    fail_msg("line %zu\nwanted: %.*s\n   got: %.*s", line,
             (int)strcspn(wanted + start, "\n"), wanted + start,
             (int)strcspn(got + start, "\n"), got + start);
}

struct renaming {
    const char *word;
    size_t length;
    const char *other;
    size_t other_length;
};

#define RENAMINGS_MOST 4096
#define SHORT          8 /* bytes */

struct renamings {
    struct renaming list[RENAMINGS_MOST];
    size_t count;
};

static int release(void *thing)
{
    free(thing);
    return 0;
}

static size_t word_length(const char *text)
{
    size_t length = 0;

    while (isalnum((unsigned char)text[length]) ||
           (text[length] && strchr("-._%", text[length])))
        length++;
    return length;
}

/*
 * False if the word has stood for another one. A short word may be a secret in
 * one place, and in another none.
 */
static bool rename_is_known(struct renamings *renamings, struct renaming next)
{
    if (next.length < SHORT)
        return next.other_length == next.length;
    for (size_t i = 0; i < renamings->count; i++) {
        const struct renaming *known = &renamings->list[i];

        if (known->length == next.length &&
            memcmp(known->word, next.word, next.length) == 0)
            return known->other_length == next.other_length &&
                   memcmp(known->other, next.other, next.other_length) == 0;
    }
    assert_true(renamings->count < RENAMINGS_MOST);
    renamings->list[renamings->count++] = next;
    return true;
}

void assert_renamed_text(struct test *test, const char *got, const char *wanted)
{
    struct renamings *renamings = calloc(1, sizeof *renamings);

    if (!renamings)
        abort();
    test_keep(test, renamings, release);
    while (*got || *wanted) {
        struct renaming next = {wanted, word_length(wanted), got,
                                word_length(got)};

        if (next.length
                ? !next.other_length || !rename_is_known(renamings, next)
                : *got != *wanted)
            fail_msg("wanted: %.200s\n   got: %.200s", wanted, got);
        wanted += next.length ? next.length : 1;
        got += next.length ? next.other_length : 1;
    }
}
