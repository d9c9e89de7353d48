/*
 * The key `world` of a scenario that was saved: what the other keys of the
 * format cannot say.
 */
#ifndef SLACKMOCK_SCENARIO_SAVED_H
#define SLACKMOCK_SCENARIO_SAVED_H

struct cJSON;
struct mistakes;
struct scenario;

/*
 * Reads the value of `world` into a scenario that is complete. Its `state` is
 * left for a mock to read, who finds it in the scenario.
 */
void scenario_read_saved(struct scenario *scenario, const struct cJSON *value,
                         const char *file, struct mistakes *mistakes);

#endif
