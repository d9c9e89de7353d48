/*
 * The last keys of a body, each only if it is needed: `warning` and
 * `response_metadata`.
 */
#ifndef SLACKMOCK_REPLY_NOTES_H
#define SLACKMOCK_REPLY_NOTES_H

struct call;

/* Writes both into call->outcome.fields, and notes the warnings in the record.
 */
void reply_notes_write(struct call *call);

#endif
