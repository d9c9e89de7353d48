/*
 * A request as it reaches the core: plain values that are lent for as long as
 * it is being answered. Nothing here is decoded yet.
 */
#ifndef SLACKMOCK_REQUEST_H
#define SLACKMOCK_REQUEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum verb {
    VERB_GET,
    VERB_HEAD,
    VERB_POST,
    VERB_OPTIONS,
    VERB_PUT, /* from here on for the control API alone */
    VERB_PATCH,
    VERB_DELETE,
    VERB_OTHER /* other verbs of HTTP: answered with 405 */
};

/* The verb of that name, as HTTP spells it. */
enum verb verb_of_name(const char *name);

struct request_header {
    const char *name;
    const char *value;
};

struct request {
    enum verb verb;
    const char *verb_name; /* as it came, like the next one */
    const char *target;
    const struct request_header *headers;
    size_t header_count;
    const char *body;
    size_t body_length;
    bool is_secure; /* it came by TLS */

    /* What the entrance adds. */
    const char *method; /* after /api/ or /_mock/ in the path; "": nothing */
    const char *query;  /* after the `?`, NULL if there is none */
    size_t query_length;
    const char *sandbox; /* its name, not closed by a NUL; NULL: none */
    size_t sandbox_length;
    /* The client left, or its time was up, before the whole body had come. */
    bool cut_short;
    bool is_log_away; /* with a request for the server's health alone */
    /* The host's clock, milliseconds since 1970: what the mock's runs on. */
    int64_t host_time;
    /* Of the certificate authority, in PEM: with a request for it alone, and
     * NULL in a program without TLS. */
    const char *certificate;
};

/* The first header of that name, in any letter case; NULL if it is absent. */
const char *request_header(const struct request *request, const char *name);

/* True if one of them, a comma-separated list, has that word in any case. */
bool request_header_lists(const struct request *request, const char *name,
                          const char *word);

/* True if the origin of a page, as browsers send it, is this request's Host. */
bool request_is_at(const struct request *request, const char *origin);

struct buffer;

/*
 * Adds what this request's URLs begin with: scheme, Host, and the sandbox. A
 * Host that is absent or can be none stands as localhost.
 */
void request_add_base_url(const struct request *request, struct buffer *url);

#endif
