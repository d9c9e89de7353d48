/*
 * An answer that the scenario gives, of a stub or of a method that it
 * describes.
 */
#ifndef SLACKMOCK_GIVEN_ANSWER_H
#define SLACKMOCK_GIVEN_ANSWER_H

struct cJSON;
struct call;

/* Writes the fields of a success, or of the failure that they name. */
void given_answer_write(struct call *call, const struct cJSON *fields);

#endif
