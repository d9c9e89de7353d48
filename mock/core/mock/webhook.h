/*
 * POST /services/...: incoming webhooks and response URLs. They answer with a
 * plain text, `ok` or the name of an error of Slack's page "Sending messages
 * using incoming webhooks", "Handling errors"; nothing is posted anywhere.
 */
#ifndef SLACKMOCK_WEBHOOK_H
#define SLACKMOCK_WEBHOOK_H

struct mock;
struct reply;
struct request;

/* Answers and journals one; request->method is what stands behind /services/.
 */
void webhook_handle(struct mock *mock, const struct request *request,
                    struct reply *reply);

#endif
