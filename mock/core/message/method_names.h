/*
 * The names of Slack's methods that the mock answers by code of its own. They
 * stand below the methods themselves, since a scenario is checked against them
 * without running one.
 */
#ifndef SLACKMOCK_METHOD_NAMES_H
#define SLACKMOCK_METHOD_NAMES_H

#include <stdbool.h>
#include <stddef.h>

#define METHOD_OAUTH_V2_EXCHANGE        "oauth.v2.exchange"
#define METHOD_OAUTH_V2_ACCESS          "oauth.v2.access"
#define METHOD_AUTH_TEST                "auth.test"
#define METHOD_AUTH_REVOKE              "auth.revoke"
#define METHOD_APPS_UNINSTALL           "apps.uninstall"
#define METHOD_AUTH_TEAMS_LIST          "auth.teams.list"
#define METHOD_OAUTH_ACCESS             "oauth.access"
#define METHOD_OAUTH_V2_USER_ACCESS     "oauth.v2.user.access"
#define METHOD_OPENID_CONNECT_TOKEN     "openid.connect.token"
#define METHOD_OPENID_CONNECT_USER_INFO "openid.connect.userInfo"
#define METHOD_TOOLING_TOKENS_ROTATE    "tooling.tokens.rotate"

extern const char *const method_names[];
extern const size_t method_name_count;

/* True for one of these names, exact in letter case. */
bool method_name_is_known(const char *name);

#endif
