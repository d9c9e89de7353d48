/*
 * Values in a line of text, whatever bytes they hold.
 */
#ifndef SLACKMOCK_LOG_TEXT_H
#define SLACKMOCK_LOG_TEXT_H

#include "base/buffer.h"

/*
 * Adds a value with escapes, so that it ends neither its line nor the quotes
 * around it; `quote` is "" where there are none.
 */
void log_text_add_escaped(struct buffer *line, const struct buffer *value,
                          const char *quote);

/* ` name=value`, with quotes where the value needs them. */
void log_text_add_field(struct buffer *line, const char *name,
                        const struct buffer *value);

#endif
