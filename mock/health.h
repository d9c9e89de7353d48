/*
 * The probe of a running server, for a container's health check: an image needs
 * no curl for it.
 */
#ifndef SLACKMOCK_HEALTH_H
#define SLACKMOCK_HEALTH_H

struct options;

/*
 * Asks for /_mock/health at the URL of the options, or where a server that was
 * started with them listens, and waits as long as --request-timeout says.
 * Returns 0 if a slackmock answers that all is well, or -1 after saying on
 * stderr why not.
 */
int health(const struct options *options);

#endif
