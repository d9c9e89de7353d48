/*
 * What stands last in a body, each only when it has something to say: `warning`
 * and `response_metadata`.
 */
#ifndef SLACKMOCK_REPLY_NOTES_H
#define SLACKMOCK_REPLY_NOTES_H

struct call;

/* Writes both into call->outcome.fields, and notes the warnings in the record.
 */
void reply_notes_write(struct call *call);

#endif
