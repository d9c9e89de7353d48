/*
 * One after another, every method that is answered from what Slack documents of
 * it, in a world with a token of each kind.
 */
#ifndef SLACKMOCK_TESTS_EVERY_METHOD_H
#define SLACKMOCK_TESTS_EVERY_METHOD_H

#include "base/buffer.h"
#include "check.h"
#include "life.h"
#include "message/method_facts.h"

#define ALL_BOT   "xoxb-all"
#define ALL_USER  "xoxp-all"
#define NONE_BOT  "xoxb-none"
#define NONE_USER "xoxp-none"
#define ORG_BOT   "xoxb-org"
#define DEAD_BOT  "xoxb-dead"
#define ALL_APP   "xapp-all"
#define NONE_APP  "xapp-none"

/* A configuration token is known by its scopes. */
#define ALL_CONFIGURATION  "xoxe.xoxp-all"
#define READ_CONFIGURATION "xoxe.xoxp-read"
#define READ_SCOPES        "identify,app_configurations:read"
#define ALL_SCOPES         READ_SCOPES ",app_configurations:write"

/* A life in that world. */
int every_method_setup(void **state);

/* Lets it begin anew. */
void every_method_begin(struct life *life);

typedef void check_method(struct life *life, const struct method_facts *facts);

/* Of each method that has no code of its own. */
void check_each(struct life *life, check_method *check);

/* A token that the method takes, with all scopes; NULL: it wants none, or one
 * that a scenario cannot have. */
const char *token_for(const struct method_facts *facts);

/* The method's body. */
const char *call_method(struct life *life, const struct method_facts *facts,
                        const char *token, const char *form);

void assert_begins(const char *body, const char *start,
                   const struct method_facts *facts);

/* Adds all that the method wants, team_id first. */
void add_required(struct buffer *form, const struct method_facts *facts);

#endif
