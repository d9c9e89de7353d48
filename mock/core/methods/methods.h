/*
 * Slack's methods: one row and one file in this folder for each that does
 * more than its documentation tells.
 */
#ifndef SLACKMOCK_METHODS_H
#define SLACKMOCK_METHODS_H

#include "call/method.h"

extern const struct method method_oauth_v2_exchange;
extern const struct method method_oauth_v2_access;
extern const struct method method_auth_test;
extern const struct method method_auth_revoke;
extern const struct method method_apps_uninstall;
extern const struct method method_auth_teams_list;
extern const struct method method_oauth_access;
extern const struct method method_oauth_v2_user_access;
extern const struct method method_openid_connect_token;
extern const struct method method_openid_connect_user_info;
extern const struct method method_tooling_tokens_rotate;

/* The row of every method that a scenario has a stub for. */
extern const struct method method_stub;

/*
 * The rows of all methods that are answered by data, of a scenario
 * (call->sent.described) or of what is documented (call->sent.facts): those
 * that want a token, and those that want none.
 */
extern const struct method method_data;
extern const struct method method_open_data;

/* The method of that name, exact in letter case; NULL if it has no row. */
const struct method *method_find(const char *name);

#endif
