/*
 * What is behind the entrance, for the files of this folder.
 */
#ifndef SLACKMOCK_ENTRANCE_PARTS_H
#define SLACKMOCK_ENTRANCE_PARTS_H

struct entrance;
struct sandboxes;

/* One to these, which it takes over. */
struct entrance *entrance_of(struct sandboxes *sandboxes);

/* Lent. */
struct sandboxes *entrance_sandboxes(const struct entrance *entrance);

#endif
