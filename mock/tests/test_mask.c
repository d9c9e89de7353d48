/* What of a secret still shows, and where secrets are found. */
#include <string.h>

#include "base/buffer.h"
#include "check.h"
#include "journal/mask.h"

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
    {"a webhook's path shows the end of its secret",
     "POST /services/T0/B0/XXXXXXXXXXXXXXXXXXXXabcd 200",
     "POST /services/T0/B0/...abcd 200"},
    {"a webhook's path with a slash too many",
     "POST /services//T0//B0/XXXXXXXXXXXXXXXXXXXXabcd 404",
     "POST /services//T0//B0/...abcd 404"},
    {"a webhook's path that is escaped", "a=%2Fservices%2FT0%2FB0%2Fabcdef",
     "a=%2Fservices%2FT0%2FB0%2F...ef"},
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
    {"a longer name is another", "/a?barcode=1&code_name=2&tokens=3",
     "/a?barcode=1&code_name=2&tokens=3"},
    {"the secret of PKCE", "/a?code_verifier=2", "/a?code_verifier=..."},
    {"a name without a value", "/a?token&code", "/a?token&code"},
    {"a secret in a sentence", "sent client_secret=abc as a token",
     "sent client_secret=... as a token"},
    {"the start of a text", "token=abc", "token=..."},
    {"names in other spellings",
     "/a?client-secret=abc&clientSecret=abc&CLIENT_SECRET=abc&ToKen=abc",
     "/a?client-secret=...&clientSecret=...&CLIENT_SECRET=...&ToKen=..."},
    {"other secrets and tokens", "/a?secret=abc&bot_token=abc",
     "/a?secret=...&bot_token=..."},
    {"nested brackets", "/a?token[a][b]=abc&x[code]=abc&x[y]=abc",
     "/a?token[a][b]=...&x[code]=...&x[y]=abc"},
    {"a blank in brackets", "/a?code[a%20b]=abc&c=d", "/a?code[a%20b]=...&c=d"},
    {"a quote in a value", "/a?client_secret=abc\"def&b=c",
     "/a?client_secret=...&b=c"},
    {"a hash in a value", "/a?client_secret=abc#def&b=c",
     "/a?client_secret=...&b=c"},
    {"a byte beyond ASCII in a value",
     "/a?client_secret=abc\xe9"
     "def&b=c",
     "/a?client_secret=...&b=c"},
    {"an equals sign in a value", "/a?client_secret=abc=def",
     "/a?client_secret=..."},
    {"a client id", "/a?client_id=123.456&client_id=123%2E456",
     "/a?client_id=123.456&client_id=123%2E456"},
    {"a secret in the place of a client id", "/a?client_id=e1b9&ClientId=1.2.3",
     "/a?client_id=...&ClientId=..."},
    {"a URL's user and password",
     "POST http://user:hunter2@slack.com/api/x 400",
     "POST http://...@slack.com/api/x 400"},
    {"a user without a password", "https://hunter2@slack.com",
     "https://...@slack.com"},
    {"a password with an at sign and colons", "ftp://u:a@b:c@slack.com?x=@",
     "ftp://...@slack.com?x=@"},
    {"an at sign after the host stays",
     "http://localhost:3000/@a http://b?c@d http://e#f@g http://h i@j",
     "http://localhost:3000/@a http://b?c@d http://e#f@g http://h i@j"},
    {"a URL in percent-encoding", "/a?x=http%3A%2F%2Fu%3Ahunter2%40h%2F%40",
     "/a?x=http%3A%2F%2F...%40h%2F%40"},
    {"a password with encoded delimiters", "http://u:p%2Fq%20r%23@h/%40",
     "http://...@h/%40"},
    {"a token as a URL's user", "http://xoxb-12345-67890-abcdefg@slack.com",
     "http://...@slack.com"},
    {"a URL with escaped slashes", "{\"url\":\"http:\\/\\/u:p@h\\/@\"}",
     "{\"url\":\"http:\\/\\/...@h\\/@\"}"},
    {"a half of a client id", "client_id=123. client_id=.456 client_id=",
     "client_id=... client_id=... client_id="},
};

static struct mask_row json_rows[] = {
    {"a string", "{\"client_secret\":\"abc\",\"x\":\"y\"}",
     "{\"client_secret\":\"...\",\"x\":\"y\"}"},
    {"a token", "{\"token\": \"xoxb-12345-67890-abcdefg\"}",
     "{\"token\": \"xoxb-...efg\"}"},
    {"an empty string", "{\"code\":\"\"}", "{\"code\":\"\"}"},
    {"a quote in a string", "{\"code\":\"a\\\"b c\",\"x\":1}",
     "{\"code\":\"...\",\"x\":1}"},
    {"a string that never ends", "{\"code\":\"a b", "{\"code\":\"..."},
    {"a number and a word", "{\"code\":12,\"token\":true}",
     "{\"code\":...,\"token\":...}"},
    {"an array", "{\"code\":[\"a b\",\"c\"],\"x\":1}", "{\"code\":..."},
    {"an object", "{\"token\": {\"a\": \"b\"}}", "{\"token\": ..."},
    {"JSON in JSON", "{\"a\":\"{\\\"code\\\":\\\"b c\\\",\\\"x\\\":1}\"}",
     "{\"a\":\"{\\\"code\\\":\\\"...\\\",\\\"x\\\":1}\"}"},
    {"an escape in a name", "{\"\\u0074oken\":\"abc\",\"x\":1}",
     "{\"\\u0074oken\":\"...\",\"x\":1}"},
    {"escapes in a name of JSON in JSON",
     "{\"a\":\"{\\\"to\\\\u006Ben\\\":\\\"b c\\\",\\\"x\\\":1}\"}",
     "{\"a\":\"{\\\"to\\\\u006Ben\\\":\\\"...\\\",\\\"x\\\":1}\"}"},
    {"an escape in a name, in percent-encoding", "%22%5Cu0074oken%22:%22a%22",
     "%22%5Cu0074oken%22:%22...%22"},
    {"an escaped quote in a value", "{\"token\":\"ab\\u0022cd\",\"x\":1}",
     "{\"token\":\"...\",\"x\":1}"},
    {"escaped quotes around a value",
     "{\"a\":\"{\\u0022code\\u0022:\\u0022b\\\\u0022c\\u0022,\\u0022x\"}",
     "{\"a\":\"{\\u0022code\\u0022:\\u0022...\\u0022,\\u0022x\"}"},
    {"an escape in a token", "{\"a\":\"xoxb\\u002d12345-67890-abcdefg\"}",
     "{\"a\":\"xoxb-...efg\"}"},
    {"a half of an escape", "{\"\\u007token\":1,\"\\u00e9\":\"\\u00",
     "{\"\\u007token\":...,\"\\u00e9\":\"\\u00"},
    {"JSON in percent-encoding", "%22code%22%3A%22a%20b%22%2C%22x%22",
     "%22code%22%3A%22...%22%2C%22x%22"},
    {"a client id", "{\"client_id\":\"1.2\",\"client_id\":\"e1b9\"}",
     "{\"client_id\":\"1.2\",\"client_id\":\"...\"}"},
    {"a sentence is no JSON", "token: abc", "token: abc"},
    {"other names stay", "{\"codes\":\"a\",\"text\":\"token\"}",
     "{\"codes\":\"a\",\"text\":\"token\"}"},
};

struct value_row {
    const char *name; /* of the row, and of the value */
    const char *value;
    const char *wanted;
};

static void masks_value(void **state)
{
    const struct value_row *row = *state;
    struct buffer masked = BUFFER_INIT;

    mask_value(&masked, row->name, strlen(row->name), row->value,
               strlen(row->value));
    assert_string_equal(show(&masked).text, row->wanted);
}

static struct value_row value_rows[] = {
    {"Client-Secret", "0123456789ab", "...89ab"},
    {"token[a]", "xoxb-12345-67890-abcdefg", "xoxb-...efg"},
    {"CODE", "", "..."},
    {"client_id", "4123121235.9872358710", "4123121235.9872358710"},
    {"clientId", "0123456789ab", "...89ab"},
    {"text", "see token=abc", "see token=..."},
    {"barcode", "abc", "abc"},
    {"a\xc3\xa9"
     "code",
     "abc", "...c"},
};

/* ---- how much work it is ---- */

#define MEGABYTE ((size_t)1 << 20)

/*
 * Of each a megabyte is masked: seconds if that is linear, and hours if any
 * part of it is looked at once for every other.
 */
static struct mask_row long_rows[] = {
    {"brackets that never close", "code[", NULL},
    {"brackets behind brackets", "[", NULL},
    {"names without an end", "refresh_token[x", NULL},
    {"one name", "token", NULL},
    {"dashes in a name", "-", NULL},
    {"equals signs", "=", NULL},
    {"secrets", "token=a&", NULL},
    {"a secret that never ends", "token=", NULL},
    {"client ids", "client_id=1.1&", NULL},
    {"a client id that never ends", "client_id=1", NULL},
    {"token kinds", "xoxb-", NULL},
    {"halves of token kinds", "xoxe.xox", NULL},
    {"escaped percent signs", "%25", NULL},
    {"percent signs escaped ever deeper", "25", NULL},
    {"JSON names", "\"code\":", NULL},
    {"JSON strings that never end", "\"code\":\"\\", NULL},
    {"backslashes", "\\", NULL},
    {"escapes", "\\u0074", NULL},
    {"escaped backslashes", "\\u005c", NULL},
    {"URLs", "http://a@", NULL},
    {"a URL's user that never ends", "://@:", NULL},
    {"JSON numbers", "\"client_id\":1.1,", NULL},
    {"JSON arrays", "\"code\":[", NULL},
    {"blanks", " ", NULL},
};

static void masks_a_megabyte(void **state)
{
    const struct mask_row *row = *state;
    struct buffer text = BUFFER_INIT;
    struct buffer masked = BUFFER_INIT;

    buffer_add_text(&text, "\"token\":%");
    while (text.length < MEGABYTE)
        buffer_add_text(&text, row->text);
    mask_text(&masked, text.data, text.length);
    mask_text(&masked, text.data + strlen("\"token\":"),
              text.length - strlen("\"token\":"));
    assert_true(masked.length > 0);
    buffer_free(&text);
    buffer_free(&masked);
}

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
    add_rows(&list, masks_text, json_rows);
    add_rows(&list, masks_value, value_rows);
    add_rows(&list, masks_a_megabyte, long_rows);
    add_test(&list, a_nul_is_a_byte_like_any);
    return run_list("mask", &list);
}
