/*
 * The control API: what a test may ask of the mock and change in it, under
 * /_mock/. Pure like the rest of the core: a request in, a JSON reply out.
 */
#ifndef SLACKMOCK_CONTROL_H
#define SLACKMOCK_CONTROL_H

struct mock;
struct reply;
struct request;

/*
 * Answers a control request; request->method is what follows /_mock/ in the
 * path. A refusal changes nothing.
 */
void control_handle(struct mock *mock, const struct request *request,
                    struct reply *reply);

#endif
