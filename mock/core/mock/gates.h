/*
 * What a call must pass before its method sees it, in the order in which
 * slackmock's design gives them.
 */
#ifndef SLACKMOCK_GATES_H
#define SLACKMOCK_GATES_H

#include "message/slack_error.h"

struct call;

/*
 * The gates before the rules: the body's arrival, the Content-Type, the
 * method's name, the arguments' syntax. Fills call->sent and call->caller.
 * Returns the error of the first gate that objects, or SLACK_OK.
 */
enum slack_error gates_before_rules(struct call *call);

/*
 * The gates after the rules: the caller's token, if the method wants one, and
 * the arguments that it requires. The token comes first: a call with nothing at
 * all is not_authed on the live service.
 */
enum slack_error gates_after_rules(struct call *call);

/* The one of how many arguments there may be. */
enum slack_error gates_argument_count(struct call *call);

/*
 * For a call that was refused before its arguments were read: reads what it
 * carried, for the log and the journal, and for `pretty`. The refusal stands.
 */
void gates_read_refused(struct call *call);

#endif
