/*
 * A scenario as one document, whatever files it was made of: whoever loads it
 * has the same scenario.
 */
#ifndef SLACKMOCK_SCENARIO_SAVE_H
#define SLACKMOCK_SCENARIO_SAVE_H

struct buffer;
struct json_writer;
struct scenario;

/*
 * Adds a line of JSON, without its end. A scenario that was saved with a world
 * still has that, until a mock has taken it.
 */
void scenario_save(const struct scenario *scenario, struct buffer *document);

/*
 * The same for a running world, whose state the caller writes between these
 * two, as the value of the key `state`. `running` may be another scenario by
 * now than the one that was loaded.
 */
void scenario_save_begin(const struct scenario *loaded,
                         const struct scenario *running,
                         struct json_writer *writer);
void scenario_save_end(struct json_writer *writer);

#endif
