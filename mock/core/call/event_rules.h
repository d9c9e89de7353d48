/*
 * Events on their way into the queue, and the rules that delay, drop, double or
 * swap them.
 */
#ifndef SLACKMOCK_EVENT_RULES_H
#define SLACKMOCK_EVENT_RULES_H

#include <stddef.h>

struct call;
struct event;

/*
 * Queues the events that one cause has; their bodies are taken over. A rule
 * that swaps one gives each the other's time.
 */
void event_rules_send(struct call *call, struct event *events, size_t count);

#endif
