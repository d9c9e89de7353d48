/*
 * The arguments of a call against what its method documents: which are absent,
 * and which are not of their type. Slack looks at no values here.
 */
#ifndef SLACKMOCK_ARGUMENT_CHECK_H
#define SLACKMOCK_ARGUMENT_CHECK_H

#include <stddef.h>

struct call;
struct json_writer;

/*
 * How much is wrong with the arguments of a call whose method is known by its
 * facts: first what is absent, in Slack's order, then what has a wrong type.
 */
size_t argument_check(const struct call *call);

/* Adds a message for each, in the words of Slack's invalid_arguments. */
void argument_check_write(const struct call *call, struct json_writer *writer);

#endif
