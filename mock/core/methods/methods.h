/*
 * Slack's methods: one row and one file in this folder for each.
 */
#ifndef SLACKMOCK_METHODS_H
#define SLACKMOCK_METHODS_H

#include "call/method.h"

extern const struct method method_oauth_v2_exchange;
extern const struct method method_oauth_v2_access;
extern const struct method method_auth_test;
extern const struct method method_auth_revoke;
extern const struct method method_apps_uninstall;
extern const struct method method_api_test;
extern const struct method method_auth_teams_list;
extern const struct method method_oauth_access;
extern const struct method method_oauth_v2_user_access;
extern const struct method method_openid_connect_token;
extern const struct method method_openid_connect_user_info;
extern const struct method method_tooling_tokens_rotate;

/* The row of every method that a scenario has a stub for. */
extern const struct method method_stub;

/* The same for methods that the scenario describes, with and without a token.
 */
extern const struct method method_described;
extern const struct method method_open;

/* The method of that name, exact in letter case; NULL if it is not mocked. */
const struct method *method_find(const char *name);

#endif
