/*
 * What a call must pass whose method is answered by data: the kind of its
 * token, its scopes, its arguments, in the order in which the live service
 * looks at them.
 */
#ifndef SLACKMOCK_METHOD_GATES_H
#define SLACKMOCK_METHOD_GATES_H

#include "message/slack_error.h"

struct call;

/* For a call whose token, if the method wants one, is alive. */
enum slack_error method_gates_check(struct call *call);

#endif
