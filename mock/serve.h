/*
 * Serves a scenario, from the start to the signal that ends it.
 */
#ifndef SLACKMOCK_SERVE_H
#define SLACKMOCK_SERVE_H

struct options;

/*
 * Serves until SIGTERM or SIGINT. Returns 0 after a good end, or -1 if it could
 * not start; then stderr says why.
 */
int serve(const struct options *options);

#endif
