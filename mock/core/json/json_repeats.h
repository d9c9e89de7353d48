/*
 * Members of one name. JSON allows several, and every reader but cJSON takes
 * the last.
 */
#ifndef SLACKMOCK_JSON_REPEATS_H
#define SLACKMOCK_JSON_REPEATS_H

struct cJSON;

/* In all objects of a tree the last of each name stays; NULL is ignored. */
void json_drop_repeats(struct cJSON *tree);

#endif
