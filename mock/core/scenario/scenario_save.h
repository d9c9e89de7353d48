/*
 * A scenario as one document, whatever files it was made of: whoever loads it
 * has the same scenario.
 */
#ifndef SLACKMOCK_SCENARIO_SAVE_H
#define SLACKMOCK_SCENARIO_SAVE_H

struct buffer;
struct json_writer;
struct scenario;

/* Adds a line of JSON, without its end. */
void scenario_save(const struct scenario *scenario, struct buffer *document);

/*
 * The same in two parts, for who has more to say: the keys of the document but
 * `world`, and the first keys of `world`.
 */
void scenario_save_keys(const struct scenario *scenario,
                        struct json_writer *writer);
void scenario_save_origins(const struct scenario *scenario,
                           struct json_writer *writer);

/*
 * What a running scenario has that the one it began with has not, or not so:
 * an object to be laid over that, under `changes`, and where its entries stood.
 * Nothing if there is no difference.
 */
void scenario_save_changes(const struct scenario *running,
                           const struct scenario *loaded,
                           struct json_writer *writer);

#define SCENARIO_SAVE_FORMAT 1

#endif
