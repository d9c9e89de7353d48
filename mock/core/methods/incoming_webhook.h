/*
 * The webhook of an installation that asked for one, which posts to the channel
 * that was chosen.
 */
#ifndef SLACKMOCK_INCOMING_WEBHOOK_H
#define SLACKMOCK_INCOMING_WEBHOOK_H

#include "call/call.h"

/* The object `incoming_webhook` as oauth.v2.access has it, if there is one. */
void incoming_webhook_write(struct call *call, const struct code_entry *code);

/* The same as oauth.access has it, without the channel's id. */
void incoming_webhook_write_classic(struct call *call,
                                    const struct code_entry *code);

#endif
