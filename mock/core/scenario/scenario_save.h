/*
 * A scenario as one text, whatever files it was made of: whoever loads it has
 * the same scenario.
 */
#ifndef SLACKMOCK_SCENARIO_SAVE_H
#define SLACKMOCK_SCENARIO_SAVE_H

struct buffer;
struct scenario;

/* Adds a line of JSON, without its end. */
void scenario_save(const struct scenario *scenario, struct buffer *document);

#endif
