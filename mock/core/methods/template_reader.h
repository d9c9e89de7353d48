/*
 * Reads the text of a template from `*at` on, which is moved past what was
 * read. Its JSON is sound and has neither escapes nor blanks.
 */
#ifndef SLACKMOCK_TEMPLATE_READER_H
#define SLACKMOCK_TEMPLATE_READER_H

#include <stddef.h>

#include "call/call.h"

/*
 * It stands before a run of members that no call changes, with the length of
 * the run in four digits.
 */
#define TEMPLATE_RUN '\001'

/* The inside of a string. */
struct sent_text template_read_text(const char **at);

/* A number, true, false or null. */
struct sent_text template_read_word(const char **at);

/* The length of a run, which then is next. */
size_t template_read_run(const char **at);

void template_skip_value(const char **at);

#endif
