/*
 * An authorization: what one team granted to one app for one bot, or for one
 * person. Its tokens form its chain, one list for each kind; bot and person
 * have a chain each (Slack's guide, "Using token rotation"). A token is dead
 * once it does not work any more: expired, revoked, or spent and past its
 * grace.
 *
 * Times are the mock's, in milliseconds since 1970.
 */
#ifndef SLACKMOCK_AUTHORIZATION_H
#define SLACKMOCK_AUTHORIZATION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tokens/directory.h"
#include "tokens/table_key.h"

enum token_kind { TOKEN_LEGACY, TOKEN_ACCESS, TOKEN_REFRESH, TOKEN_KINDS };

enum token_state {
    TOKEN_ACTIVE,
    TOKEN_EXCHANGED, /* legacy: still works, until the first refresh */
    TOKEN_SPENT,     /* refresh: used; works again within its grace */
    TOKEN_EXPIRED,
    TOKEN_REVOKED
};

enum ending { ENDING_NONE, ENDING_REVOKED, ENDING_UNINSTALLED };

#define NEVER INT64_MAX

struct authorization;

struct token {
    struct token *older; /* the next older one of its kind in its chain */
    struct authorization *authorization;
    struct token
        *successor;     /* refresh: the newest one issued for it, or NULL */
    int64_t expires_at; /* access: dead from then on; else NEVER */
    int64_t spent_at;   /* refresh: when it was used first */
    enum token_kind kind;
    enum token_state state;  /* without regard to time and refreshes */
    size_t refreshes_before; /* of its authorization, when it got the state */
    bool is_forgotten;       /* out of its chain, and about to be freed */
    char text[];
};

struct authorization {
    struct authorization *next;    /* the one made after it */
    struct authorization *sibling; /* made before it, of its app and team */
    size_t key_length;
    const struct app *app;
    const struct team *team;
    enum token_type type;
    const char *user;  /* the end of the key */
    char *texts;       /* the block of the next three, which lend from it */
    const char *scope; /* NULL: all */
    const char *user_name;
    const char *bot_id;
    enum ending ending;
    /*
     * The app was installed anew after this had ended: its tokens are unknown.
     */
    bool is_replaced;
    struct token *newest[TOKEN_KINDS];
    size_t refreshes; /* the last ends legacy tokens */
    size_t count[TOKEN_KINDS];
    size_t sweep_at[TOKEN_KINDS]; /* length that starts a sweep */
    char key[];                   /* in the token table */
};

/* What is granted, to whom, and that one's names. */
struct grant {
    const struct app *app;
    const struct team *team;
    enum token_type type;
    const char *user;  /* copied, as the others */
    const char *scope; /* NULL: all (scope.h) */
    const char *user_name;
    const char *bot_id;
};

/* A new one without tokens. The key, which ends with the user, is copied. */
struct authorization *authorization_create(const struct grant *grant,
                                           const struct table_key *key);

/* Takes over the names of a grant, but for those that are NULL. */
void authorization_describe(struct authorization *authorization,
                            const struct grant *grant);

/* These are the scopes from now on; or these are added to them. */
void authorization_set_scope(struct authorization *authorization,
                             const char *scope);
void authorization_add_scope(struct authorization *authorization,
                             const char *scope);

/* Its chains must be empty. */
void authorization_free(struct authorization *authorization);

/* Adds a token as the newest of its chain. The chain owns it. */
struct token *authorization_add(struct authorization *authorization,
                                enum token_kind kind, const char *text,
                                size_t length);

/* The state that an entry gives to its tokens. */
enum token_state token_state_of(const struct token_entry *entry);

void token_set_state(struct token *token, enum token_state state);

/*
 * The state of a token at that time; `grace` is that of a spent refresh token.
 */
enum token_state token_state_at(const struct token *token, int64_t now);
bool token_in_grace(const struct token *token, int64_t now, int64_t grace);

/*
 * False for an access or refresh token that is dead and has DEAD_TOKENS_KEPT
 * dead ones after it in its chain: it must be answered as unknown.
 */
#define DEAD_TOKENS_KEPT 16
bool token_is_remembered(const struct token *token, int64_t now, int64_t grace);

/* At most two access tokens are active: revokes the oldest beyond that. */
void authorization_revoke_surplus(struct authorization *authorization,
                                  int64_t now);

/*
 * Takes the tokens out of a chain that are not remembered, and returns them,
 * linked by `older`, so that the caller can free them. NULL if there are none,
 * or if the chain is too short for a search to pay.
 */
struct token *authorization_forget(struct authorization *authorization,
                                   enum token_kind kind, int64_t now,
                                   int64_t grace);

#endif
