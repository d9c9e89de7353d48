/*
 * The two pages: the question, and the refusal. Neither has a script, and all
 * that was sent is escaped.
 */
#ifndef SLACKMOCK_AUTHORIZE_PAGE_H
#define SLACKMOCK_AUTHORIZE_PAGE_H

#include "authorize/installation_request.h"
#include "call/call.h"

/* The form's parameters come back to the same path, by POST. */
void authorize_page_ask(struct call *call,
                        const struct installation_request *request);

/* Status 400; nothing in it leads back to the app. */
void authorize_page_refuse(struct call *call,
                           const struct installation_request *request);

#endif
