/* A log without the secrets that are in it, to be given away. */
#ifndef SLACKMOCK_REDACT_H
#define SLACKMOCK_REDACT_H

struct options;

/*
 * Prints the log of options->replay.path with its secrets replaced; it replays
 * as that does. Returns the exit status.
 */
int redact(struct options *options);

#endif
