/* SHA-256 and HMAC against the examples of FIPS 180-4, RFC 4231 and Slack. */
#include <stdio.h>
#include <string.h>

#include "base/base64.h"
#include "base/sha256.h"
#include "check.h"

struct row {
    const char *name;
    const char *key; /* NULL: a hash without a key */
    const char *text;
    const char *hex;
};

/* 131 bytes, RFC 4231 4.7 */
#define TEN_AA "\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa"
#define LONG_KEY                                                               \
    TEN_AA TEN_AA TEN_AA TEN_AA TEN_AA TEN_AA TEN_AA TEN_AA TEN_AA TEN_AA      \
        TEN_AA TEN_AA TEN_AA "\xaa"

/* docs.slack.dev, "Verifying requests from Slack" */
#define SLACK_BODY                                                             \
    "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow" \
    "&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name="   \
    "roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2F"  \
    "hooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F"                 \
    "96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121."            \
    "803a0bc887a14d10d2c447fce8b6703c"

static struct row rows[] = {
    {"nothing", NULL, "",
     "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
    {"one block", NULL, "abc",
     "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
    {"two blocks", NULL,
     "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
     "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
    {"a short key", "Jefe", "what do ya want for nothing?",
     "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"},
    {"a key longer than a block", LONG_KEY,
     "Test Using Larger Than Block-Size Key - Hash Key First",
     "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"},
    {"Slack's example", "8f742231b10e8888abcd99yyyzzz85a5",
     "v0:1531420618:" SLACK_BODY,
     "a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503"},
};

static void it_is_the_digest(void **state)
{
    const struct row *row = *state;
    unsigned char digest[SHA256_SIZE];
    char hex[SHA256_HEX_SIZE];

    if (row->key)
        hmac_sha256(row->key, row->text, strlen(row->text), digest);
    else
        sha256(row->text, strlen(row->text), digest);
    sha256_to_hex(digest, hex);
    assert_string_equal(hex, row->hex);
}

/* docs.slack.dev, "Using PKCE" */
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

    add_rows(&list, it_is_the_digest, rows);
    add_test(&list, slacks_verifier_has_slacks_challenge);
    return run_list("sha256", &list);
}
