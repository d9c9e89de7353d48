/*
 * What Node loads before the program: many of its clients heed no proxy.
 */
#ifndef SLACKMOCK_NODE_PRELOAD_H
#define SLACKMOCK_NODE_PRELOAD_H

/* A module in CommonJS that sends TLS for Slack's hosts to SLACKMOCK_URL. */
extern const char node_preload[];

#endif
