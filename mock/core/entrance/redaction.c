/*
 * Secrets are found as the log of the program finds them, by mask_text_by().
 * Each run of letters and digits in one is replaced for itself, so that its
 * spelling, encoded or not, does not matter. What is known to be a
 * secret is replaced wherever else it stands too.
 */
#include "entrance/redaction.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "base/xalloc.h"
#include "entrance/redaction_parts.h"
#include "journal/glyph.h"
#include "journal/mask.h"
#include "message/reply.h"

/* ---- secrets as they stand in a text ---- */

/* Reads the bytes of a word, decoded; returns how many they are in the text. */
static size_t read_word(const char *text, size_t length, struct buffer *word)
{
    size_t place = 0;

    buffer_clear(word);
    while (place < length) {
        const struct glyph glyph = glyph_at(text, length, place);

        if (!redaction_is_word_byte(glyph.byte))
            break;
        buffer_add_byte(word, glyph.byte);
        place += glyph.written;
    }
    return place;
}

static bool is_escape(const char *text, size_t length)
{
    size_t digits = 2;

    if (text[1] != 'u')
        return strchr("\"\\/bfnrt", text[1]) != NULL;
    while (digits < length && digits < 6 && text_hex_digit(text[digits]) >= 0)
        digits++;
    return digits == 6;
}

/* How many bytes are JSON's escape, or one that is part of no word. */
static size_t pass(const char *text, size_t length)
{
    size_t written = 1;

    if (*text == '\\' && length > 1 && text[1] && is_escape(text, length))
        written = text[1] == 'u' ? 6 : 2;
    else if (*text == '%')
        written = glyph_at(text, length, 0).written;
    return written;
}

/* What stays of a word stays as it was written. */
static void add_spelt(struct buffer *output, const char *text, size_t read,
                      const struct buffer *word, const struct buffer *other)
{
    size_t place = 0;

    for (size_t i = 0; i < other->length; i++) {
        size_t length = 0;

        if (i < word->length)
            length = glyph_at(text, read, place).written;
        if (i < word->length && word->data[i] == other->data[i])
            buffer_add(output, text + place, length);
        else
            buffer_add_byte(output, other->data[i]);
        place += length;
    }
}

/* Returns how many bytes of the text that took; 0 if no word begins there. */
static size_t hide_run(struct redaction *redaction, struct buffer *output,
                       const char *text, size_t length)
{
    struct buffer word = BUFFER_INIT;
    struct buffer other = BUFFER_INIT;
    size_t read = read_word(text, length, &word);
    const size_t run = redaction_run(buffer_text(&word), word.length);

    if (run) {
        redaction_hide_word(redaction, &other, word.data, run);
        buffer_add(&other, word.data + run, word.length - run);
        add_spelt(output, text, read, &word, &other);
    }
    buffer_free(&word);
    buffer_free(&other);
    return run ? read : 0;
}

void redaction_hide(struct redaction *redaction, struct buffer *output,
                    const char *secret, size_t length)
{
    while (length) {
        size_t read = hide_run(redaction, output, secret, length);

        if (!read) {
            read = pass(secret, length);
            buffer_add(output, secret, read);
        }
        secret += read;
        length -= read;
    }
}

/* ---- texts ---- */

static void hide(void *context, struct buffer *output, const char *secret,
                 size_t length)
{
    redaction_hide(context, output, secret, length);
}

/*
 * What is known to be a secret is none less where nothing says so. Returns how
 * many bytes of the text that took.
 */
static size_t add_word(const struct redaction *redaction, struct buffer *output,
                       const char *text, size_t length)
{
    struct buffer word = BUFFER_INIT;
    struct buffer other = BUFFER_INIT;
    size_t read = read_word(text, length, &word);
    const size_t run = redaction_run(buffer_text(&word), word.length);
    const char *known =
        run ? hash_table_find(&redaction->words, word.data, run) : NULL;

    if (!read)
        read = pass(text, length);
    if (known) {
        buffer_add_text(&other, known);
        buffer_add(&other, word.data + run, word.length - run);
        add_spelt(output, text, read, &word, &other);
    } else {
        buffer_add(output, text, read);
    }
    buffer_free(&word);
    buffer_free(&other);
    return read;
}

static void add_words(const struct redaction *redaction, const char *text,
                      size_t length, struct buffer *output)
{
    while (length) {
        const size_t read = add_word(redaction, output, text, length);

        text += read;
        length -= read;
    }
}

void redaction_add_text(struct redaction *redaction, const char *text,
                        size_t length, struct buffer *output)
{
    const struct secret_hider hider = {hide, redaction};
    struct buffer hidden = BUFFER_INIT;

    mask_text_by(&hider, &hidden, text, length);
    add_words(redaction, buffer_text(&hidden), hidden.length, output);
    buffer_free(&hidden);
}

/* ---- what both were answered ---- */

static bool learn_text(struct redaction *redaction, const char *text,
                       size_t length, const char *other, size_t other_length)
{
    while (length && other_length) {
        size_t run = redaction_run(text, length);
        size_t other_run = redaction_run(other, other_length);

        if (!run && !other_run) {
            if (*text != *other)
                return false;
            run = other_run = 1;
        } else if (!run || !other_run) {
            return false;
        } else if (run != other_run || memcmp(text, other, run) != 0) {
            redaction_set_word(redaction, text, run, other, other_run);
        }
        text += run;
        length -= run;
        other += other_run;
        other_length -= other_run;
    }
    return !length && !other_length;
}

static bool learn_header(struct redaction *redaction,
                         const struct reply_header *header,
                         const struct reply_header *other)
{
    return learn_text(redaction, header->value, header->value_length,
                      other->value, other->value_length);
}

bool redaction_learn(struct redaction *redaction, const struct reply *original,
                     const struct reply *copy)
{
    bool is_alike = original->status == copy->status &&
                    original->header_count == copy->header_count;

    for (size_t i = 0; is_alike && i < original->header_count; i++)
        is_alike =
            learn_header(redaction, &original->headers[i], &copy->headers[i]);
    return is_alike && learn_text(redaction, buffer_text(&original->body),
                                  original->body.length,
                                  buffer_text(&copy->body), copy->body.length);
}
