/*
 * A refusal that is slackmock's own and not Slack's, such as 404 for a path
 * outside the API: an HTTP status, an error name and a message for people.
 */
#ifndef SLACKMOCK_REFUSAL_H
#define SLACKMOCK_REFUSAL_H

struct refusal {
    int status; /* 0: there is none */
    const char *error;
    const char *message;
};

#endif
