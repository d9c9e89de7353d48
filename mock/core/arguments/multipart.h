/*
 * multipart/form-data (RFC 7578), read as a form: each part is an argument.
 */
#ifndef SLACKMOCK_MULTIPART_H
#define SLACKMOCK_MULTIPART_H

#include <stddef.h>

#include "arguments/arguments.h"
#include "base/charset.h"

/*
 * Adds each part to `arguments` under the `name` of its Content-Disposition.
 * Text is in the part's own charset if its Content-Type names one (Apache's
 * HTTP client does so), else in `charset`, and becomes UTF-8. A part with a
 * `filename`, be it empty, is a file (RFC 7578 4.2): its bytes are not judged,
 * and its value is its description: {"name":…,"type":…,"size":…}.
 *
 * A delimiter is a whole line, `--boundary` or `--boundary--`, blanks allowed
 * after it; what stands before the first and after the last is ignored.
 *
 * Returns 0, or -1: no boundary, no part, a part without a name or without the
 * empty line after its header fields, the last delimiter missing, text invalid
 * in its charset.
 */
int multipart_decode(const char *bytes, size_t length, const char *boundary,
                     enum charset charset, struct arguments *arguments);

#endif
