/*
 * The success of a method as its documentation has it, with what the call and
 * the world put in: how values are spelt there is told in
 * methods/data/README.md.
 */
#ifndef SLACKMOCK_TEMPLATE_H
#define SLACKMOCK_TEMPLATE_H

struct call;

/*
 * Writes the fields of call->sent.facts into call->outcome.fields. A field that
 * has the name of an argument has its value; so has the `id` or the `value` of
 * an object of that name. JSON of an argument lies over an object.
 */
void template_write(struct call *call);

#endif
