/* What this program calls itself. */
#ifndef SLACKMOCK_VERSION_H
#define SLACKMOCK_VERSION_H

#define SLACKMOCK_VERSION "0.2.0"

#endif
