/*
 * The one method without a state that does more than its documented answer.
 */
#ifndef SLACKMOCK_API_TEST_H
#define SLACKMOCK_API_TEST_H

#define METHOD_API_TEST "api.test"

struct call;

/* Writes what it answers into call->outcome.fields. */
void api_test_answer(struct call *call);

#endif
