/*
 * Reads what a client sends, in place of the bufferevent. That one asks the
 * kernel how much there is before it reads, and evhttp turns it off and on with
 * each request, which tells the kernel twice what it knows.
 */
#ifndef SLACKMOCK_CONNECTION_INPUT_H
#define SLACKMOCK_CONNECTION_INPUT_H

struct connection;

/* Once, when the connection is there. */
void connection_input_start(struct connection *connection);

/* Reads on. To be called after whatever may have turned the bufferevent's own
 * reading on. */
void connection_input_resume(struct connection *connection);

/* Reads nothing until it is resumed. */
void connection_input_pause(struct connection *connection);

#endif
