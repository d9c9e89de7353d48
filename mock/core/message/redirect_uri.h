/*
 * Redirect URIs: which ones there can be, and which of them an app's configured
 * one allows (docs.slack.dev, "Installing with OAuth": the same URI or one in a
 * sub-directory; scheme, host and port the same; no fragment).
 */
#ifndef SLACKMOCK_REDIRECT_URI_H
#define SLACKMOCK_REDIRECT_URI_H

#include <stdbool.h>
#include <stddef.h>

enum redirect_kind {
    REDIRECT_INVALID,
    REDIRECT_HTTPS,
    REDIRECT_LOOPBACK, /* http, to localhost or a loopback address */
    REDIRECT_HTTP,     /* http, to any other host */
    REDIRECT_CUSTOM    /* a scheme of the app's own, as desktop apps have */
};

/*
 * What kind of redirect URI these bytes are. REDIRECT_INVALID for all that a
 * browser might read in two ways, or run: no absolute URI, a user before the
 * host, a fragment, a backslash, a blank, a control character or a byte beyond
 * ASCII, a segment `.` or `..`, encoded slashes, dots and control characters in
 * the path, `javascript:` and its like.
 */
enum redirect_kind redirect_uri_kind(const char *uri, size_t length);

/*
 * True if the configured URI allows this one. A configured URI with a query,
 * or with a scheme of its own, allows only itself.
 */
bool redirect_uri_matches(const char *configured, const char *uri,
                          size_t length);

/* True for an http or https URI on localhost or a loopback address. */
bool redirect_uri_is_local(const char *uri, size_t length);

#endif
