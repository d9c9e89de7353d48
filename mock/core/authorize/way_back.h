/*
 * The redirect that ends an authorize page.
 */
#ifndef SLACKMOCK_WAY_BACK_H
#define SLACKMOCK_WAY_BACK_H

#include "authorize/installation_request.h"

/*
 * The bot, or the person who decides: who has a token of that kind already,
 * else the usual name.
 */
const char *way_back_holder(const struct call *call,
                            const struct installation_request *request,
                            enum token_type type);

/* Issues a code and leads back with it. */
void way_back_allow(struct call *call,
                    const struct installation_request *request);

/* Leads back with access_denied; that of the classic page has no description.
 */
void way_back_deny(struct call *call,
                   const struct installation_request *request);
void way_back_deny_silently(struct call *call,
                            const struct installation_request *request);

#endif
