/* The rows of the method table, each defined in the file of its name. */
#ifndef SLACKMOCK_METHODS_H
#define SLACKMOCK_METHODS_H

#include "method.h"

extern const struct method method_oauth_v2_exchange;
extern const struct method method_oauth_v2_access;
extern const struct method method_auth_test;
extern const struct method method_auth_revoke;
extern const struct method method_apps_uninstall;

#endif
