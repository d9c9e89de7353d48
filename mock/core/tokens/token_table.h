/*
 * What became of every token: the legacy ones of the directory, of which only
 * the changed ones are kept here, and those that were issued since. Looking one
 * up costs the same however many there are.
 *
 * The rules are those of Slack's guide, "Using token rotation"; where it is
 * silent, they are slackmock's choice and said so at the function.
 */
#ifndef SLACKMOCK_TOKEN_TABLE_H
#define SLACKMOCK_TOKEN_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/hash_table.h"
#include "tokens/authorization.h"
#include "tokens/directory.h"
#include "tokens/installations.h"
#include "tokens/issued_codes.h"
#include "json/mistakes.h"

struct arena;
struct token_change;
struct token_changes;

/* A token as it stands at some moment. All of it is lent until a change. */
struct token_facts {
    const char *text; /* as it was looked up, not closed by a NUL */
    size_t length;
    enum token_kind kind;
    enum token_state state;
    int64_t expires_at; /* an access token; else NEVER */
    bool in_grace;      /* a spent refresh token that still works */
    enum ending ending; /* of its authorization */
    enum token_type type;
    const struct app *app;
    const struct team *team;
    const char *user; /* the bot's user id, or the person's */
    const char *user_name;
    const char *bot_id;
    const char *scope;
    struct token *token;        /* NULL: a legacy one, untouched so far */
    struct legacy_token legacy; /* then: where it stands in the directory */
};

/* A new pair, spelt by the caller. */
struct token_pair {
    const char *access;
    const char *refresh;
    int64_t expires_at;
};

/* How long refresh tokens of public clients live (Slack's guide, "Using
 * PKCE"); all others live for ever. */
#define PUBLIC_REFRESH_LIFE (INT64_C(30) * 24 * 3600 * 1000)

struct token_table {
    const struct directory *directory;
    int64_t refresh_grace;            /* milliseconds */
    struct hash_table tokens;         /* struct token by its spelling */
    struct hash_table authorizations; /* by app, team, type and user */
    struct authorization *oldest;     /* of all, in the order of their making */
    struct authorization *newest;
    struct installations installations;
    struct hash_table redeemed; /* codes of the directory */
    struct issued_codes codes;  /* of authorize pages */
    bool *given;                /* of the directory's pairs, in their order */
    size_t first_left;          /* all pairs before that one are given */
};

/*
 * The directory must stay as long as the table. Installations that are rotated
 * already are issued now.
 */
void token_table_init(struct token_table *table,
                      const struct directory *directory, int64_t refresh_grace,
                      int64_t now);

/* Fills `facts` and returns true; false for a token that nobody knows. */
bool token_table_find(const struct token_table *table, const char *token,
                      size_t length, int64_t now, struct token_facts *facts);

/*
 * True if one is spelt so that was issued here, or that something happened to,
 * or that is in a pair of the directory.
 */
bool token_table_has(const struct token_table *table, const char *token);

/*
 * The next pair of the directory for a bot or a person, which is given then;
 * NULL if none is left.
 */
const struct given_pair *token_table_take_pair(struct token_table *table,
                                               enum token_type type);

/*
 * The exchange: a legacy token, whose facts these are, is exchanged from now
 * on, and the pair stands beside it.
 */
void token_table_exchange(struct token_table *table,
                          const struct token_facts *facts,
                          const struct token_pair *pair, int64_t now);

/*
 * The refresh: the refresh token, whose facts these are, is spent, and the
 * legacy token it all began with expires. A refresh token used again within its
 * grace gives another pair, and the refresh token it gave before is revoked
 * (slackmock's choice: live reports say only that one of the two dies).
 */
void token_table_refresh(struct token_table *table,
                         const struct token_facts *facts,
                         const struct token_pair *pair, int64_t now);

/* A code, of a page or of the directory; NULL if it is unknown or dead. */
const struct code_entry *token_table_find_code(const struct token_table *table,
                                               const char *code, size_t length,
                                               int64_t now);

/* Redeems a code. False if it was redeemed before. */
bool token_table_take_code(struct token_table *table,
                           const struct code_entry *code);
bool token_table_code_is_taken(const struct token_table *table,
                               const struct code_entry *code);

/*
 * An installation through a code. The scopes of earlier ones stay, and their
 * refresh tokens die. After an ending everything before becomes unknown.
 * Without a refresh token, `pair` is one legacy token.
 */
void token_table_install(struct token_table *table, const struct grant *grant,
                         const struct token_pair *pair, int64_t now);

/*
 * The same without rotation, of a holder who has a legacy token that is alive
 * and was not exchanged: it stays the one, and gets the scopes too (live
 * reports; Slack promises nothing). Returns its spelling, lent until a change;
 * NULL if there is no such token, and nothing was done.
 */
const char *token_table_reinstall(struct token_table *table,
                                  const struct grant *grant, int64_t now);

/* True if the holder has all the scopes of the grant by an earlier one. */
bool token_table_has_granted(struct token_table *table,
                             const struct grant *grant, int64_t now);

/*
 * auth.revoke: a rotated token dies alone, a legacy token takes the whole
 * authorization with it.
 */
void token_table_revoke(struct token_table *table,
                        const struct token_facts *facts);

/* apps.uninstall: all that the team granted to the app ends. */
void token_table_uninstall(struct token_table *table, const struct app *app,
                           const struct team *team);

/* Fills in what the entry of a change leaves out, from the table. */
void token_table_fill_change(const struct token_table *table,
                             struct arena *arena, struct token_change *change);

/* Reports changes that are not possible to a token in use. */
void token_table_check_changes(const struct token_table *table,
                               const struct directory *directory,
                               const struct token_changes *changes,
                               struct mistakes *mistakes);

/*
 * Goes on with another directory, which has at least the apps and teams of the
 * one before. Its tokens stand as they did, but for the changes; NULL: none.
 */
void token_table_change_directory(struct token_table *table,
                                  const struct directory *directory,
                                  const struct token_changes *changes,
                                  int64_t now);

void token_table_free(struct token_table *table);

#endif
