/*
 * The control API: what a test may ask of a mock and change in it, under
 * /_mock/. Pure like the rest of the core: a request in, a JSON reply out.
 */
#ifndef SLACKMOCK_CONTROL_H
#define SLACKMOCK_CONTROL_H

#include <stdbool.h>

struct mock;
struct refusal;
struct reply;
struct request;
struct sandboxes;

/*
 * Answers a control request to one of the mocks; request->method is what
 * follows /_mock/ in the path. A refusal changes nothing.
 */
void control_handle(struct sandboxes *sandboxes, struct mock *mock,
                    const struct request *request, struct reply *reply);

/* True if such a request has a scenario for its body. */
bool control_takes_scenario(const struct request *request);

/*
 * True if such a request asks for what is the server's and no world's: its
 * health, its certificate.
 */
bool control_is_about_server(const struct request *request);

/* Answers with a refusal in the control API's form. */
void control_refuse_request(struct reply *reply, const struct refusal *refusal);

#endif
