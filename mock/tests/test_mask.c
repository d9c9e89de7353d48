/* What of a secret still shows, and where secrets are found. */
#include <string.h>

#include "buffer.h"
#include "check.h"
#include "mask.h"

struct mask_row {
    const char *name;
    const char *text;
    const char *wanted;
};

static struct shown show(struct buffer *masked)
{
    struct shown shown = {""};

    shown_add(&shown, buffer_text(masked), masked->length);
    buffer_free(masked);
    return shown;
}

static void masks_token(void **state)
{
    const struct mask_row *row = *state;
    struct buffer masked = BUFFER_INIT;

    mask_token(&masked, row->text, strlen(row->text));
    assert_string_equal(show(&masked).text, row->wanted);
}

static struct mask_row token_rows[] = {
    {"a long token shows four bytes",
     "xoxb-17653672481-19874698323-pdFZKVeTuE8sk7oOcHrzqqgy", "xoxb-...qqgy"},
    {"a token of 24 bytes shows a third", "xoxb-12345-67890-abcdefg",
     "xoxb-...efg"},
    {"a short token shows its kind alone", "xoxb-1", "xoxb-..."},
    {"an access token shows version and kind",
     "xoxe.xoxb-1-abcdefghijklmnopqrstuvwxyz0123456789", "xoxe.xoxb-1-...6789"},
    {"a refresh token shows version and kind",
     "xoxe-1-abcdefghijklmnopqrstuvwxyz0123", "xoxe-1-...0123"},
    {"an app-level token is one", "xapp-1-A0APP-1234567890-abcdefghijklmnopq",
     "xapp-1-...nopq"},
    {"a team's number is no version", "xoxp-12345-67890-1928471-abcdefg",
     "xoxp-...defg"},
    {"what is no Slack token has no kind", "hunter2-hunter2-hunter2",
     "...ter2"},
    {"a word shows nothing but its last letter", "abc", "...c"},
    {"two letters show nothing", "ab", "..."},
    {"nothing shows nothing", "", "..."},
};

static void masks_text(void **state)
{
    const struct mask_row *row = *state;
    struct buffer masked = BUFFER_INIT;

    mask_text(&masked, row->text, strlen(row->text));
    assert_string_equal(show(&masked).text, row->wanted);
}

static struct mask_row text_rows[] = {
    {"a path without secrets stays", "/api/auth.test?pretty=1&x=%20",
     "/api/auth.test?pretty=1&x=%20"},
    {"a token in the path", "/api/xoxb-12345-67890-abcdefg/x",
     "/api/xoxb-...efg/x"},
    {"a token amid letters", "/axoxb-12345-67890-abcdefg", "/axoxb-...efg"},
    {"a token with encoded dashes", "/xoxb%2D12345%2d67890%2Dabcdefg",
     "/xoxb-...efg"},
    {"a token with encoded letters", "/%78ox%62-12345-67890-abcdefg",
     "/xoxb-...efg"},
    {"a token encoded twice", "/xoxb%252D12345-67890-abcdefg", "/xoxb-...efg"},
    {"a percent sign without digits", "/100%/%4/%zz/%", "/100%/%4/%zz/%"},
    {"the value of client_secret", "/a?client_secret=0123456789&b=c",
     "/a?client_secret=...&b=c"},
    {"the value of code", "/a?b=c&code=123.456", "/a?b=c&code=..."},
    {"the value of refresh_token", "/a?refresh_token=abcdef",
     "/a?refresh_token=..."},
    {"a value of token that is none", "/a?token=abcdef", "/a?token=..."},
    {"a value of token that is one", "/a?token=xoxb-12345-67890-abcdefg&b=c",
     "/a?token=xoxb-...efg&b=c"},
    {"what follows a token in its value", "/a?token=xoxb-1%20secret&b",
     "/a?token=xoxb-...&b"},
    {"an encoded name", "/a?client%5Fsecret=abc", "/a?client%5Fsecret=..."},
    {"an encoded equals sign", "/a?token%3Dabc", "/a?token%3D..."},
    {"a name with brackets", "/a?token[]=abc&token%5B0%5D=def",
     "/a?token[]=...&token%5B0%5D=..."},
    {"an empty value stays empty", "/a?token=&code=", "/a?token=&code="},
    {"a longer name is another", "/a?barcode=1&code_verifier=2&tokens=3",
     "/a?barcode=1&code_verifier=2&tokens=3"},
    {"a name without a value", "/a?token&code", "/a?token&code"},
    {"a secret in a sentence", "sent client_secret=abc as a token",
     "sent client_secret=... as a token"},
    {"the start of a text", "token=abc", "token=..."},
};

static void a_nul_is_a_byte_like_any(void **state)
{
    struct buffer masked = BUFFER_INIT;

    (void)state;
    mask_text(&masked, "a\0xoxb-12345-67890-abcdefg", 26);
    assert_string_equal(show(&masked).text, "a\\x00xoxb-...efg");
}

int main(void)
{
    struct test_list list = {.count = 0};

    add_rows(&list, masks_token, token_rows);
    add_rows(&list, masks_text, text_rows);
    add_test(&list, a_nul_is_a_byte_like_any);
    return run_list("mask", &list);
}
