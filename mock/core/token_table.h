/*
 * What became of every token: the legacy ones of the directory, of which only
 * the changed ones are kept here, and those that were issued since. Looking one
 * up costs the same however many there are.
 */
#ifndef SLACKMOCK_TOKEN_TABLE_H
#define SLACKMOCK_TOKEN_TABLE_H

#include <stdbool.h>
#include <stddef.h>

#include "directory.h"
#include "hash_table.h"

struct authorization;

enum token_kind { TOKEN_LEGACY, TOKEN_ACCESS, TOKEN_REFRESH };
enum token_state { TOKEN_ACTIVE, TOKEN_EXCHANGED, TOKEN_REVOKED };

/* A token as it stands at this moment. All of it is lent. */
struct token_facts {
    const char *text; /* as it was looked up, not closed by a NUL */
    size_t length;
    enum token_kind kind;
    enum token_state state;
    enum token_type type;
    const struct app *app;
    const struct team *team;
    const char *user; /* the bot's user id, or the person's */
    const char *scope;
    /* False once what the team granted to the app was taken back. */
    bool authorization_alive;
    struct legacy_token legacy; /* of kind TOKEN_LEGACY; holds its user */
};

struct token_table {
    const struct directory *directory;
    struct hash_table tokens;         /* by their spelling */
    struct hash_table authorizations; /* by app, team and user */
};

/* The directory must stay as long as the table. */
void token_table_init(struct token_table *table,
                      const struct directory *directory);

/* Fills `facts` and returns true; false for a token that nobody knows. */
bool token_table_find(const struct token_table *table, const char *token,
                      size_t length, struct token_facts *facts);

/*
 * The exchange: marks a legacy token, whose facts these are, as exchanged, and
 * records the pair that takes its place. All of it or, as memory never runs
 * out, nothing less.
 */
void token_table_exchange(struct token_table *table,
                          const struct token_facts *facts,
                          const char *access_token, const char *refresh_token);

void token_table_free(struct token_table *table);

#endif
