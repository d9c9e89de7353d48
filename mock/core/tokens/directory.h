/*
 * Who exists: the apps, the teams, and the legacy tokens that were issued
 * before token rotation. It is filled while a scenario loads and never changes
 * afterwards; what happens to a token later is the token table's matter.
 *
 * All of it lives in the scenario's arena and is lent to readers.
 */
#ifndef SLACKMOCK_DIRECTORY_H
#define SLACKMOCK_DIRECTORY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/hash_table.h"
#include "json/json_fields.h"
#include "json/mistakes.h"

struct arena;
struct buffer;

enum token_type { TOKEN_BOT, TOKEN_USER, TOKEN_APP, TOKEN_TYPE_UNSET };
enum team_state { TEAM_ACTIVE, TEAM_MIGRATING };
enum legacy_state { LEGACY_ACTIVE, LEGACY_EXCHANGED, LEGACY_REVOKED };

/* The keys of a token's entry that may change while the token is in use. */
enum token_key {
    TOKEN_KEY_STATE = 1,
    TOKEN_KEY_EXPIRES_IN = 2,
    TOKEN_KEY_SCOPE = 4,
    TOKEN_KEY_USER_NAME = 8,
    TOKEN_KEY_BOT_ID = 16
};

/* Where an app takes its events. */
struct event_target {
    const char *url; /* NULL: it takes none */
    const char *signing_secret;
    bool retries;
};

struct app {
    const char *id;
    const char *name;
    const char *client_id;
    const char *client_secret;
    bool token_rotation;
    long long expires_in;
    struct event_target events;
    struct text_list redirect_uris;
    bool pkce;
    bool distributed;
    struct text_list scopes;
    struct text_list bot_optional; /* a person may leave these out */
    struct text_list user_optional;
    struct origin origin;
};

struct team {
    const char *id;
    const char *name;
    const char *domain;
    const char *enterprise_id; /* NULL: not part of an organisation */
    const char *enterprise_name;
    struct text_list forbidden_scopes; /* in all of the organisation */
    struct text_list approved_scopes;  /* none: all but those */
    bool is_enterprise_install;        /* all of the organisation has the app */
    int state;                         /* enum team_state */
    struct origin origin;
};

/*
 * One legacy token, or `count` of them spelt PREFIX-1 to PREFIX-count; or the
 * access token of an installation that is rotated already.
 */
struct token_entry {
    const char *token;         /* the prefix, if count is not 0 */
    const char *refresh_token; /* not NULL: a rotated token, no legacy one */
    long long expires_in;      /* of a rotated token: seconds left */
    long long count;
    const char *app_id;
    const char *team_id;
    const struct app *app;
    const struct team *team;
    const char *scope;    /* NULL: all (scope.h) */
    const char *bot_user; /* NULL, like the next three: the default */
    const char *bot_id;
    const char *user;
    const char *user_name;
    const char
        *default_user; /* the user if the entry gives none; NULL: the default */
    /* Of a run: how many uninstallations had happened when it was added. */
    size_t ends_before;
    unsigned given; /* the keys that a document gave: bits of enum token_key */
    int type;       /* enum token_type */
    int state;      /* enum legacy_state */
    struct origin origin;
};

/* One legacy token, as found: the user is its own if it is a generated one. */
#define USER_ID_SIZE 24
struct legacy_token {
    const struct token_entry *entry;
    char user[USER_ID_SIZE]; /* "" : the entry's bot_user or user */
};

/* What a code gives to the bot, or to the person who installed the app. */
struct code_part {
    const char *user;  /* NULL: nothing */
    const char *scope; /* NULL: all (scope.h) */
};

/* The page that a code came from, which tells the method that redeems it. */
enum authorize_flow {
    AUTHORIZE_ANY, /* a scenario's code: every method takes it */
    AUTHORIZE_V2,
    AUTHORIZE_V2_USER,
    AUTHORIZE_V1,
    AUTHORIZE_OPENID
};

/* The single-use code at the end of an installation. */
struct code_entry {
    const char *code;
    const char *app_id;
    const char *team_id;
    const struct app *app;
    const struct team *team;
    struct code_part bot;
    struct code_part user;
    long long expires_in;       /* seconds; 0: the app's */
    const char *redirect_uri;   /* that it went to; NULL: not known */
    const char *code_challenge; /* NULL: none */
    enum authorize_flow flow;
    const char *nonce;   /* OpenID's, NULL: none */
    const char *channel; /* of the incoming webhook, NULL: none was asked for */
    bool redirect_was_sent; /* else the configured one was taken */
    int64_t dies_at;        /* milliseconds since 1970; 0: never */
    struct origin origin;
};

/* A pair that some exchange, refresh or installation is to give. */
struct given_pair {
    const char *access_token;
    const char *refresh_token;
    int type; /* enum token_type; TOKEN_TYPE_UNSET: whoever comes first */
    struct origin origin;
};

struct directory {
    struct app **apps;
    struct team **teams;
    struct token_entry **tokens;
    struct code_entry **codes;
    size_t app_count, team_count, token_count, code_count;
    struct hash_table apps_by_id, apps_by_client_id, teams_by_id;
    struct hash_table tokens_by_text;
    /*
     * What the last PATCH said of tokens that calls issued: they are not
     * listed.
     */
    struct hash_table issued_by_text;
    struct hash_table runs_by_prefix; /* with its dash */
    struct hash_table codes_by_text;
    struct given_pair *pairs; /* in the order in which they are given */
    size_t pair_count;
    bool renews_pairs; /* a change put them in the place of all before */
    struct hash_table pairs_by_text; /* by either token */
};

/*
 * The entry of that identity, made if there is none yet. Its origin's file is
 * NULL while it is new.
 */
struct app *directory_app(struct directory *directory, struct arena *arena,
                          const char *id);
struct team *directory_team(struct directory *directory, struct arena *arena,
                            const char *id);
struct token_entry *directory_token(struct directory *directory,
                                    struct arena *arena, const char *token,
                                    bool is_prefix);

/* The entry that was made last; NULL: none. */
const struct token_entry *
directory_last_token(const struct directory *directory);

struct code_entry *directory_code(struct directory *directory,
                                  struct arena *arena, const char *code);

const struct app *directory_app_by_id(const struct directory *directory,
                                      const char *id);
const struct app *directory_app_by_client_id(const struct directory *directory,
                                             const char *client_id,
                                             size_t length);
const struct team *directory_team_by_id(const struct directory *directory,
                                        const char *id);

const struct code_entry *directory_find_code(const struct directory *directory,
                                             const char *code, size_t length);

/*
 * Finds a legacy token by its spelling. Returns true and fills `found`, or
 * false if no entry stands for it.
 */
bool directory_find_token(const struct directory *directory, const char *token,
                          size_t length, struct legacy_token *found);

/* The same among generated tokens, also those with an entry of their own. */
bool directory_find_generated(const struct directory *directory,
                              const char *token, size_t length,
                              struct legacy_token *found);

/* True for the spelling of an access token that came from an exchange. */
bool token_is_rotated(const char *token);

/* What an entry gives, or the default: the bot's user or the person. */
const char *token_entry_user(const struct token_entry *entry);
const char *token_entry_user_name(const struct token_entry *entry);
const char *token_entry_bot_id(const struct token_entry *entry);

/*
 * The spelling of the legacy token that the entry has for a user, in `text`.
 * False if it has none.
 */
bool token_entry_spell(const struct token_entry *entry, const char *user,
                       struct buffer *text);

/* The user of a legacy token: a bot's or a person's. Lent by `token`. */
const char *legacy_token_user(const struct legacy_token *token);

void directory_free(struct directory *directory);

#endif
