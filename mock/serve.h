/*
 * Serves a scenario, from the start to the signal that ends it.
 */
#ifndef SLACKMOCK_SERVE_H
#define SLACKMOCK_SERVE_H

struct options;

/*
 * Serves until SIGTERM or SIGINT, or while the command runs that was asked for.
 * Returns the exit status: 0 after a good end or the command's own; if it could
 * not start, another one, and stderr says why.
 */
int serve(struct options *options);

#endif
