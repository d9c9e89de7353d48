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

/* The row of every method that a scenario has a stub for. */
extern const struct method method_stub;

/*
 * Of what is documented of a method (call->sent.facts): the rows of all that do
 * no more, those that want a token and those that want none, and of one that
 * does.
 */
extern const struct method method_data;
extern const struct method method_open_data;
extern const struct method method_api_test;

/* The row of a method that has none of its own. */
struct method_facts;
const struct method *method_of_facts(const struct method_facts *facts);

/* The method of that name, exact in letter case; NULL if it has no row. */
const struct method *method_find(const char *name);

#endif
