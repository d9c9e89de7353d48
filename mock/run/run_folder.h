/*
 * The private folder with the files that a command's clients read. Every create
 * is paired with a free, which removes it.
 */
#ifndef SLACKMOCK_RUN_FOLDER_H
#define SLACKMOCK_RUN_FOLDER_H

#include "base/buffer.h"

struct command_places;
struct run_folder;
struct variables;

/*
 * Trusts `certificate`, in PEM, beside the system's and those that `variables`
 * name. Returns NULL with the reason added to `why`.
 */
struct run_folder *run_folder_create(const char *certificate,
                                     const struct variables *variables,
                                     struct buffer *why);

/* Sets the paths in `places`, lent. */
void run_folder_place(const struct run_folder *folder,
                      struct command_places *places);

void run_folder_free(struct run_folder *folder);

#endif
