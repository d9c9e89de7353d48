/*
 * The framing of a chunked body (RFC 9112 7.1), checked byte by byte as it
 * comes. evhttp reads `+3`, `0x3` and lines without CR as sizes too, so that it
 * and a proxy could see two different bodies; and it refuses the extensions
 * that a server must ignore.
 */
#ifndef SLACKMOCK_CHUNK_CHECK_H
#define SLACKMOCK_CHUNK_CHECK_H

#include <stddef.h>
#include <stdint.h>

enum chunk_place {
    CHUNK_SIZE, /* within the digits */
    CHUNK_EXTENSION,
    CHUNK_SIZE_END, /* its LF is next */
    CHUNK_DATA,
    CHUNK_DATA_CR, /* its CR is next */
    CHUNK_DATA_LF,
    CHUNK_TRAILER, /* at the start of a line */
    CHUNK_TRAILER_NAME,
    CHUNK_TRAILER_VALUE,
    CHUNK_TRAILER_LF,
    CHUNK_LAST_LF,
    CHUNK_END
};

/* Zero it before the first byte of a body. */
struct chunk_check {
    enum chunk_place place;
    uint64_t size; /* of the chunk, as far as it is read; then what is left */
    size_t digits; /* of the size so far */
    uint64_t body; /* all sizes so far, which no data need have followed */
};

/*
 * Goes on with more bytes of the body, and stops at its end. An extension is
 * cut off: its `;` becomes the blank at which evhttp stops reading. Returns
 * NULL, or what is wrong, as a phrase that lives for ever.
 */
const char *chunk_check(struct chunk_check *check, char *bytes, size_t length);

#endif
