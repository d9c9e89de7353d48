/* How new tokens are spelt: kind by prefix, length and letters by style. */
#include <string.h>

#include "check.h"
#include "tokens/token_factory.h"

#define DIGITS "0123456789"
#define HEX    DIGITS "abcdef"
#define LETTERS                                                                \
    "abcdefghijklmnopqrstuvwxyz"                                               \
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define RUNS 200

typedef void spell(struct random *random, enum token_style style,
                   enum token_type type, char token[ISSUED_TOKEN_SIZE]);

struct row {
    const char *name;
    spell *spell;
    enum token_style style;
    enum token_type type;
    const char *prefix;
    size_t length; /* of the tail */
    const char *alphabet;
};

static void spell_refresh(struct random *random, enum token_style style,
                          enum token_type type, char token[ISSUED_TOKEN_SIZE])
{
    (void)type;
    token_factory_refresh(random, style, token);
}

static struct row rows[] = {
    {"a legacy bot token", token_factory_legacy, TOKEN_STYLE_REALISTIC,
     TOKEN_BOT, "xoxb-1234567890-2345678901-", 24, DIGITS LETTERS},
    {"a legacy user token", token_factory_legacy, TOKEN_STYLE_REALISTIC,
     TOKEN_USER, "xoxp-1234567890-2345678901-3456789012-", 32, HEX},
    {"a fake legacy user token", token_factory_legacy, TOKEN_STYLE_FAKE,
     TOKEN_USER, "xoxp-SLACKMOCKFAKE-", 24, DIGITS LETTERS},
    {"a bot's access token", token_factory_access, TOKEN_STYLE_REALISTIC,
     TOKEN_BOT, "xoxe.xoxb-1-", 164, DIGITS LETTERS},
    {"a user's access token", token_factory_access, TOKEN_STYLE_REALISTIC,
     TOKEN_USER, "xoxe.xoxp-1-", 164, DIGITS LETTERS},
    {"a refresh token", spell_refresh, TOKEN_STYLE_REALISTIC, TOKEN_BOT,
     "xoxe-1-", 146, DIGITS LETTERS},
    {"a fake refresh token", spell_refresh, TOKEN_STYLE_FAKE, TOKEN_BOT,
     "xoxe-1-SLACKMOCKFAKE", 24, DIGITS LETTERS},
};

static void it_is_spelt_so(void **state)
{
    const struct row *row = *state;
    size_t length = strlen(row->prefix);
    struct random random;
    char token[ISSUED_TOKEN_SIZE];
    int run;

    random_init(&random, 7, RANDOM_TOKENS);
    for (run = 0; run < RUNS; run++) {
        row->spell(&random, row->style, row->type, token);
        assert_memory_equal(token, row->prefix, length);
        assert_number(strlen(token + length), row->length);
        assert_number(strspn(token + length, row->alphabet), row->length);
    }
}

int main(void)
{
    struct test_list list = {.count = 0};

    add_rows(&list, it_is_spelt_so, rows);
    return run_list("token factory", &list);
}
