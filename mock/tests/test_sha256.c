/* SHA-256 by the vectors of FIPS 180-4, and of Slack's page about PKCE. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/base64.h"
#include "base/sha256.h"
#include "check.h"

struct row {
    const char *name; /* the message */
    const char *digest;
};

static struct row rows[] = {
    {"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
    {"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
    {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
     "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
    {"abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmno"
     "ijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
     "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"},
};

static void the_digest_is_that_of_the_standard(void **state)
{
    const struct row *row = *state;
    unsigned char digest[SHA256_SIZE];
    char text[2 * SHA256_SIZE + 1];
    size_t place;

    sha256(row->name, strlen(row->name), digest);
    for (place = 0; place < SHA256_SIZE; place++)
        snprintf(text + 2 * place, 3, "%02x", digest[place]);
    assert_string_equal(text, row->digest);
}

static void slacks_verifier_has_slacks_challenge(void **state)
{
    struct buffer challenge = BUFFER_INIT;
    unsigned char digest[SHA256_SIZE];
    char shown[64];

    (void)state;
    sha256("secretpassword", strlen("secretpassword"), digest);
    base64_url_encode(digest, sizeof digest, &challenge);
    snprintf(shown, sizeof shown, "%s", buffer_text(&challenge));
    buffer_free(&challenge);
    assert_string_equal(shown, "ldMBaaWcQYtSATMV_IG8mf3wp7A6EW80arYoSW80ntU");
}

int main(void)
{
    struct test_list list = {.count = 0};

    add_rows(&list, the_digest_is_that_of_the_standard, rows);
    add_test(&list, slacks_verifier_has_slacks_challenge);
    return run_list("SHA-256", &list);
}
