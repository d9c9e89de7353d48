/*
 * What the fuzz drivers share. A driver is one LLVMFuzzerTestOneInput(), which
 * libFuzzer calls with mutated bytes and replay.c with those of the corpus.
 */
#ifndef SLACKMOCK_FUZZ_H
#define SLACKMOCK_FUZZ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"

struct cJSON;
struct reply;
struct scenario;

/* NOLINTNEXTLINE(readability-identifier-naming): libFuzzer's name */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Ends the process with this text: what must hold does not. */
void fuzz_fail(const char *format, ...)
    __attribute__((noreturn, format(printf, 1, 2)));

#define fuzz_require(condition)                                                \
    ((void)((condition) ||                                                     \
            (fuzz_fail("%s:%d: not so: %s", __FILE__, __LINE__, #condition),   \
             0)))

/* What is left of an input. */
struct fuzz_input {
    const char *bytes;
    size_t length;
};

struct fuzz_input fuzz_input(const uint8_t *data, size_t size);

/* Takes one byte, NUL if none is left. */
char fuzz_byte(struct fuzz_input *input);

/* Takes what stands before the next `end`, and that byte too. */
struct fuzz_input fuzz_until(struct fuzz_input *input, char end);

/* A copy as a C string, which a NUL in it ends early. To be freed. */
char *fuzz_text(struct fuzz_input piece);

/*
 * Loads a scenario of these bytes, which may extend shipped ones. NULL after
 * mistakes.
 */
struct scenario *fuzz_load(struct fuzz_input text, struct buffer *mistakes);

/* 2026-01-01T00:00:00Z: the host's time where a driver needs one. */
#define FUZZ_TIME INT64_C(1767225600000)

/* The same, laid over another one. */
struct scenario *fuzz_load_over(const struct scenario *base,
                                struct fuzz_input text,
                                struct buffer *mistakes);

/* A scenario of a text that must load. */
struct scenario *fuzz_load_text(const char *text);

/* The default world, with a seed. */
struct scenario *fuzz_default(void);

/*
 * The body of a reply, to be freed with cJSON_Delete(): valid JSON with `ok`
 * first, true or false. The reply must have a Content-Type.
 */
struct cJSON *fuzz_body(const struct reply *reply);

/* True if Slack documents it, of all methods or of one. */
bool fuzz_error_is_documented(const char *name);

#endif
