/*
 * Redirect URIs: the configured one up to a newline, then the one that is asked
 * for. What is allowed stays on the configured scheme, and can be sent in a
 * header.
 */
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "message/redirect_uri.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fuzz_input input = fuzz_input(data, size);
    char *configured = fuzz_text(fuzz_until(&input, '\n'));
    enum redirect_kind kind = redirect_uri_kind(input.bytes, input.length);
    size_t place;

    for (place = 0; kind != REDIRECT_INVALID && place < input.length; place++)
        fuzz_require(input.bytes[place] > ' ' && input.bytes[place] <= '~' &&
                     !strchr("\\#\"<>", input.bytes[place]));
    if (redirect_uri_matches(configured, input.bytes, input.length)) {
        fuzz_require(kind == redirect_uri_kind(configured, strlen(configured)));
        fuzz_require(kind != REDIRECT_INVALID);
    }
    fuzz_require(!redirect_uri_is_local(input.bytes, input.length) ||
                 kind == REDIRECT_HTTPS || kind == REDIRECT_LOOPBACK);
    free(configured);
    return 0;
}
