/*
 * The two character sets that Slack takes in a POST (the errors page of
 * oauth.v2.exchange, invalid_charset), and checks of UTF-8.
 */
#ifndef SLACKMOCK_CHARSET_H
#define SLACKMOCK_CHARSET_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"

enum charset {
    CHARSET_NONE, /* none was named: read as UTF-8 */
    CHARSET_UTF_8,
    CHARSET_ISO_8859_1,
    CHARSET_OTHER
};

/* The charset of this name, in any letter case; CHARSET_OTHER if unknown. */
enum charset charset_from_name(const char *name, size_t length);

/* How many bytes there are up to the first that is not well-formed UTF-8. */
size_t charset_utf8_run(const char *bytes, size_t length);

/* True for well-formed UTF-8: no overlong form, surrogate or cut character. */
bool charset_is_utf8(const char *bytes, size_t length);

/*
 * Adds the text to `output` as UTF-8. Returns 0, or -1 if it is not valid in
 * its charset (then nothing is added); CHARSET_OTHER is never valid.
 */
int charset_to_utf8(enum charset charset, const char *bytes, size_t length,
                    struct buffer *output);

/* What a JSON text is in whose characters have two or four bytes: UTF-16 or
 * UTF-32; NULL for others. */
const char *charset_of_wide_json(const char *bytes, size_t length);

#endif
