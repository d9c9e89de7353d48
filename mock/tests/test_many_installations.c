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

int main(void)
{
    struct test_list list = {.count = 0};

    add_test_with(&list, memory_is_flat_over_a_month, setup, teardown);
    add_test_with(&list, a_chain_grown_within_the_grace_shrinks_after_it, setup,
                  teardown);
    return run_list("many installations", &list);
}
