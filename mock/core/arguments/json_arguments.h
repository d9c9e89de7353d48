/*
 * A JSON body read as arguments, for the methods that take one.
 */
#ifndef SLACKMOCK_JSON_ARGUMENTS_H
#define SLACKMOCK_JSON_ARGUMENTS_H

#include <stdbool.h>
#include <stddef.h>

#include "arguments/arguments.h"
#include "base/charset.h"
#include "message/slack_error.h"

/*
 * Adds the members of a JSON object: texts as they are, numbers and booleans as
 * JSON spells them, objects and arrays as their JSON and marked as structures;
 * null is an absent argument. An empty body has no arguments. Deeper nesting
 * than `depth` is no valid JSON here.
 * Returns SLACK_OK, SLACK_INVALID_JSON or SLACK_JSON_NOT_OBJECT.
 */
enum slack_error json_arguments_decode(const char *bytes, size_t length,
                                       enum charset charset, size_t depth,
                                       struct arguments *arguments);

/* True if the body, which decoded, has that argument as null. */
bool json_arguments_have_null(const char *bytes, size_t length,
                              enum charset charset, size_t depth,
                              const char *name);

#endif
