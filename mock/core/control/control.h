/*
 * The control API: what a test may ask of a mock and change in it, under
 * /_mock/. Pure like the rest of the core: a request in, a JSON reply out.
 */
#ifndef SLACKMOCK_CONTROL_H
#define SLACKMOCK_CONTROL_H

struct mock;
struct reply;
struct request;
struct sandboxes;

/*
 * Answers a control request to one of the mocks; request->method is what
 * follows /_mock/ in the path. A refusal changes nothing.
 */
void control_handle(struct sandboxes *sandboxes, struct mock *mock,
                    const struct request *request, struct reply *reply);

/*
 * Writes a refusal in the control API's form: an HTTP status, an error name and
 * a message for people.
 */
void control_refuse_request(struct reply *reply, int status, const char *error,
                            const char *message);

#endif
