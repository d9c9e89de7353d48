/* What this program calls itself. */
#ifndef SLACKMOCK_VERSION_H
#define SLACKMOCK_VERSION_H

#define SLACKMOCK_VERSION "0.1.0"

#endif
