/*
 * application/x-www-form-urlencoded, in a body or in a query.
 */
#ifndef SLACKMOCK_FORM_H
#define SLACKMOCK_FORM_H

#include <stddef.h>

#include "arguments/arguments.h"
#include "base/charset.h"

/*
 * Adds the form's fields to `arguments`: pieces between `&`, `+` is a space,
 * %XX a byte, a piece without `=` has an empty value, an empty piece is no
 * argument. Decoded bytes are text in `charset` and become UTF-8.
 * Returns 0, or -1 for a bad percent escape or text invalid in its charset;
 * the arguments read before the bad piece are then still there.
 */
int form_decode(const char *bytes, size_t length, enum charset charset,
                struct arguments *arguments);

struct buffer;

/*
 * Decodes one value into `raw`, in place of what it held. Returns 0, or -1 for
 * a bad percent escape.
 */
int form_unescape(const char *bytes, size_t length, struct buffer *raw);

#endif
