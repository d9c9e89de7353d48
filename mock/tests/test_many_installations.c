/*
 * Ten thousand installations over a month of mock time, refreshed every ten
 * hours: memory must stop growing once each chain remembers all that it may.
 * And one that is refreshed in a loop.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "check.h"
#include "tokens/token_table.h"

#define INSTALLATIONS 10000
#define TEN_HOURS_MS  (INT64_C(36000) * 1000)
#define MONTH_ROUNDS  72
#define FULL_ROUND    40 /* by then 16 dead tokens of each kind are there */

struct month {
    struct token_table table;
    struct directory directory;
    struct app app;
    struct team team;
    char (*refresh)[32]; /* the newest refresh token of each installation */
    int64_t now;
};

static int setup(void **state)
{
    struct month *month = xcalloc(1, sizeof *month);

    month->app.id = "A0APP";
    month->team.id = "T0TEAM";
    month->refresh = xcalloc(INSTALLATIONS, sizeof *month->refresh);
    token_table_init(&month->table, &month->directory, 60000, 0);
    *state = month;
    return 0;
}

static int teardown(void **state)
{
    struct month *month = *state;

    token_table_free(&month->table);
    free(month->refresh);
    free(month);
    return 0;
}

/* The next pair of an installation, spelt by its number and round. */
static struct token_pair spell(struct month *month, int number, int round,
                               char access[32])
{
    snprintf(access, 32, "xoxe.xoxb-1-%d-%d", number, round);
    snprintf(month->refresh[number], sizeof month->refresh[number],
             "xoxe-1-%d-%d", number, round);
    return (struct token_pair){access, month->refresh[number],
                               month->now + INT64_C(43200) * 1000};
}

static void install(struct month *month, int number)
{
    char user[16], access[32];
    const struct grant grant = {
        .app = &month->app,
        .team = &month->team,
        .type = TOKEN_BOT,
        .user = user,
        .scope = "commands",
        .user_name = "bot",
        .bot_id = "B0BOT",
    };
    struct token_pair pair = spell(month, number, 0, access);

    snprintf(user, sizeof user, "U%d", number);
    token_table_install(&month->table, &grant, &pair, month->now);
}

static void refresh(struct month *month, int number, int round)
{
    char used[32], access[32];
    struct token_facts facts;
    struct token_pair pair;

    memcpy(used, month->refresh[number], sizeof used);
    assert_true(token_table_find(&month->table, used, strlen(used), month->now,
                                 &facts));
    assert_number(facts.state, TOKEN_ACTIVE);
    pair = spell(month, number, round, access);
    token_table_refresh(&month->table, &facts, &pair, month->now);
}

static void memory_is_flat_over_a_month(void **state)
{
    struct month *month = *state;
    size_t tokens_when_full = 0;
    int number, round;

    for (number = 0; number < INSTALLATIONS; number++)
        install(month, number);
    for (round = 1; round <= MONTH_ROUNDS; round++) {
        month->now += TEN_HOURS_MS;
        for (number = 0; number < INSTALLATIONS; number++)
            refresh(month, number, round);
        if (round == FULL_ROUND)
            tokens_when_full = month->table.tokens.count;
    }
    /* 2 live and 16 dead access tokens, a live, a spent and 16 dead refresh. */
    assert_true(tokens_when_full <= (size_t)INSTALLATIONS * 36);
    assert_number(month->table.tokens.count, tokens_when_full);
    assert_number(month->table.authorizations.count, INSTALLATIONS);
}

/* A loop fills a chain with tokens in their grace; they go when that is over.
 */
static void a_chain_grown_within_the_grace_shrinks_after_it(void **state)
{
    struct month *month = *state;
    int round;

    install(month, 0);
    for (round = 1; round <= 1000; round++)
        refresh(month, 0, round);
    assert_true(month->table.tokens.count > 1000);
    for (; round <= 2100; round++) {
        month->now += TEN_HOURS_MS;
        refresh(month, 0, round);
    }
    assert_true(month->table.tokens.count <= 36);
}

/* ---- work that does not grow with what is there ---- */

#define LEGACY_TOKENS 20000

static struct grant grant_to(struct month *month, struct team *team,
                             const char *user)
{
    return (struct grant){.app = &month->app,
                          .team = team,
                          .type = TOKEN_BOT,
                          .user = user,
                          .scope = "commands",
                          .user_name = "bot",
                          .bot_id = "B0BOT"};
}

/* Spells the legacy token of that number. */
static size_t spell_legacy(char text[32], int number)
{
    return (size_t)snprintf(text, 32, "xoxb-%d", number);
}

static struct token_facts legacy_token(struct month *month, int number)
{
    static char text[32];
    size_t length = spell_legacy(text, number);
    struct token_facts facts;

    assert_true(
        token_table_find(&month->table, text, length, month->now, &facts));
    return facts;
}

/* Installs and exchanges it, as all others, for the same bot. */
static void exchange_legacy(struct month *month, int number)
{
    const struct grant grant = grant_to(month, &month->team, "U0BOT");
    char legacy[32], access[32];
    const struct token_pair alone = {.access = legacy};
    struct token_facts facts;
    struct token_pair pair;

    (void)spell_legacy(legacy, number);
    token_table_install(&month->table, &grant, &alone, month->now);
    facts = legacy_token(month, number);
    pair = spell(month, 0, number, access);
    token_table_exchange(&month->table, &facts, &pair, month->now);
}

static void a_refresh_touches_no_legacy_token(void **state)
{
    struct month *month = *state;
    int number;

    for (number = 0; number < LEGACY_TOKENS; number++)
        exchange_legacy(month, number);
    assert_number(legacy_token(month, 0).state, TOKEN_EXCHANGED);
    refresh(month, 0, LEGACY_TOKENS);
    for (number = 0; number < LEGACY_TOKENS; number++) {
        struct token_facts facts = legacy_token(month, number);

        assert_number(facts.state, TOKEN_EXPIRED);
        assert_number(facts.token->state, TOKEN_EXCHANGED);
    }
    exchange_legacy(month, LEGACY_TOKENS);
    assert_number(legacy_token(month, LEGACY_TOKENS).state, TOKEN_EXCHANGED);
    refresh(month, 0, LEGACY_TOKENS + 1);
    assert_number(legacy_token(month, LEGACY_TOKENS).state, TOKEN_EXPIRED);
}

static struct authorization *authorization_of(struct month *month, int number)
{
    struct token_facts facts;

    assert_true(token_table_find(&month->table, month->refresh[number],
                                 strlen(month->refresh[number]), month->now,
                                 &facts));
    return facts.token->authorization;
}

static void an_uninstallation_walks_its_own_authorizations(void **state)
{
    struct month *month = *state;
    struct team other = {.id = "T0OTHER"};
    const struct grant grant = grant_to(month, &other, "U0BOT");
    const struct authorization *authorization;
    char access[32];
    struct token_pair pair;
    int number;

    for (number = 1; number < INSTALLATIONS; number++)
        install(month, number);
    pair = spell(month, 0, 0, access);
    token_table_install(&month->table, &grant, &pair, month->now);
    authorization = authorization_of(month, 0);
    assert_null(authorization->sibling);
    token_table_uninstall(&month->table, &month->app, &other);
    assert_number(authorization->ending, ENDING_UNINSTALLED);
    authorization = authorization_of(month, INSTALLATIONS - 1);
    assert_number(authorization->ending, ENDING_NONE);
    token_table_uninstall(&month->table, &month->app, &month->team);
    for (number = 0; authorization; authorization = authorization->sibling) {
        assert_number(authorization->ending, ENDING_UNINSTALLED);
        number++;
    }
    assert_number(number, INSTALLATIONS - 1);
}

int main(void)
{
    struct test_list list = {.count = 0};

    add_test_with(&list, memory_is_flat_over_a_month, setup, teardown);
    add_test_with(&list, a_chain_grown_within_the_grace_shrinks_after_it, setup,
                  teardown);
    add_test_with(&list, a_refresh_touches_no_legacy_token, setup, teardown);
    add_test_with(&list, an_uninstallation_walks_its_own_authorizations, setup,
                  teardown);
    return run_list("many installations", &list);
}
