/* Spells the digest of a verifier both ways, and compares. */
#include "methods/pkce.h"

#include <stdio.h>
#include <string.h>

#include "base/base64.h"
#include "base/sha256.h"
#include "base/text.h"

#define BASE64_LENGTH 43
#define HEX_LENGTH    (2 * SHA256_SIZE)

static bool is_base64_url(struct sent_text challenge)
{
    size_t place;

    for (place = 0; place < challenge.length; place++)
        if (!text_is_alphanumeric(challenge.bytes[place]) &&
            challenge.bytes[place] != '-' && challenge.bytes[place] != '_')
            return false;
    return challenge.length == BASE64_LENGTH;
}

static bool is_hex(struct sent_text challenge)
{
    size_t place;

    for (place = 0; place < challenge.length; place++)
        if (text_hex_digit(challenge.bytes[place]) < 0)
            return false;
    return challenge.length == HEX_LENGTH;
}

bool pkce_challenge_is_valid(struct sent_text challenge, bool takes_hex)
{
    return is_base64_url(challenge) || (takes_hex && is_hex(challenge));
}

bool pkce_fits(const char *challenge, struct sent_text verifier)
{
    unsigned char digest[SHA256_SIZE];
    struct buffer encoded = BUFFER_INIT;
    char hex[HEX_LENGTH + 1];
    size_t place;
    bool fits;

    sha256(verifier.bytes, verifier.length, digest);
    base64_url_encode(digest, sizeof digest, &encoded);
    for (place = 0; place < SHA256_SIZE; place++)
        snprintf(hex + 2 * place, 3, "%02x", digest[place]);
    fits = strcmp(challenge, buffer_text(&encoded)) == 0 ||
           text_equals_ignore_case(challenge, strlen(challenge), hex);
    buffer_free(&encoded);
    return fits;
}
