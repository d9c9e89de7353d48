/*
 * The answers while the ordered log is away: nothing is applied, and no world
 * is asked.
 */
#ifndef SLACKMOCK_PUT_OFF_H
#define SLACKMOCK_PUT_OFF_H

struct reply;

/* Slack's service_unavailable; the message becomes the log line's hint. */
void put_off_call(struct reply *reply, const char *message);

/* 503, with the message. */
void put_off_control(struct reply *reply, const char *message);

#endif
