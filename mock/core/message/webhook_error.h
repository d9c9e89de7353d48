/*
 * The errors of incoming webhooks, which Slack answers as plain text
 * (docs.slack.dev, "Sending messages using incoming webhooks", "Handling
 * errors").
 */
#ifndef SLACKMOCK_WEBHOOK_ERROR_H
#define SLACKMOCK_WEBHOOK_ERROR_H

#include <stddef.h>

struct webhook_error {
    const char *name;
    int status; /* of HTTP */
};

#define WEBHOOK_ERROR_COUNT 17

extern const struct webhook_error webhook_errors[WEBHOOK_ERROR_COUNT];

/* The one of that name; NULL: none is documented. */
const struct webhook_error *webhook_error_find(const char *name);

#endif
