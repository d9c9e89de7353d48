/* Spells a token: a prefix that tells its kind, and a random tail. */
#include "tokens/token_factory.h"

#include <string.h>

#define FAKE_MARK                "SLACKMOCKFAKE"
#define FAKE_RANDOM_LENGTH       24
#define LEGACY_RANDOM_LENGTH     24
#define LEGACY_USER_HEX_LENGTH   32
#define REALISTIC_ACCESS_LENGTH  176
#define REALISTIC_REFRESH_LENGTH 153

static const char alphabet[] = "0123456789abcdefghijklmnopqrstuvwxyz"
                               "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

static void spell_of(struct random *random, const char *letters,
                     const char *prefix, size_t length, char *token)
{
    size_t prefix_length = strlen(prefix);

    memcpy(token, prefix, prefix_length);
    random_text(random, letters, token + prefix_length, length - prefix_length);
    token[length] = '\0';
}

static void spell(struct random *random, const char *prefix, size_t length,
                  char *token)
{
    spell_of(random, alphabet, prefix, length, token);
}

void token_factory_access(struct random *random, enum token_style style,
                          enum token_type type, char token[ISSUED_TOKEN_SIZE])
{
    static const char *const prefixes[2][2] = {
        [TOKEN_STYLE_FAKE] = {[TOKEN_BOT] = "xoxe.xoxb-1-" FAKE_MARK,
                              [TOKEN_USER] = "xoxe.xoxp-1-" FAKE_MARK},
        [TOKEN_STYLE_REALISTIC] =
            {[TOKEN_BOT] = "xoxe.xoxb-1-", [TOKEN_USER] = "xoxe.xoxp-1-"},
    };
    const char *prefix = prefixes[style][type];

    spell(random, prefix,
          style == TOKEN_STYLE_FAKE ? strlen(prefix) + FAKE_RANDOM_LENGTH
                                    : REALISTIC_ACCESS_LENGTH,
          token);
}

void token_factory_legacy(struct random *random, enum token_style style,
                          enum token_type type, char token[ISSUED_TOKEN_SIZE])
{
    static const char *const prefixes[2][2] = {
        [TOKEN_STYLE_FAKE] = {[TOKEN_BOT] = "xoxb-" FAKE_MARK "-",
                              [TOKEN_USER] = "xoxp-" FAKE_MARK "-"},
        [TOKEN_STYLE_REALISTIC] = {[TOKEN_BOT] = "xoxb-1234567890-2345678901-",
                                   [TOKEN_USER] = "xoxp-1234567890-2345678901-"
                                                  "3456789012-"},
    };
    const char *prefix = prefixes[style][type];

    if (style == TOKEN_STYLE_REALISTIC && type == TOKEN_USER)
        spell_of(random, "0123456789abcdef", prefix,
                 strlen(prefix) + LEGACY_USER_HEX_LENGTH, token);
    else
        spell(random, prefix, strlen(prefix) + LEGACY_RANDOM_LENGTH, token);
}

void token_factory_refresh(struct random *random, enum token_style style,
                           char token[ISSUED_TOKEN_SIZE])
{
    const char *prefix =
        style == TOKEN_STYLE_FAKE ? "xoxe-1-" FAKE_MARK : "xoxe-1-";

    spell(random, prefix,
          style == TOKEN_STYLE_FAKE ? strlen(prefix) + FAKE_RANDOM_LENGTH
                                    : REALISTIC_REFRESH_LENGTH,
          token);
}
