/*
 * An authority in files: ca.pem for everybody, ca.key for its owner.
 */
#ifndef SLACKMOCK_AUTHORITY_FILES_H
#define SLACKMOCK_AUTHORITY_FILES_H

#include "authority.h"

enum authority_files { FILES_READ, FILES_ABSENT, FILES_BAD };

/*
 * Takes key and certificate from the directory, if they are there. FILES_BAD
 * comes with the reason added to `why`: they cannot be read, are damaged, do
 * not belong together or have expired.
 */
enum authority_files authority_files_read(struct authority *authority,
                                          const char *directory,
                                          struct buffer *why);

/*
 * Writes both, and makes the directory if it is not there. The key appears
 * first and readable by its owner alone. Returns 0, or -1 with the reason added
 * to `why`.
 */
int authority_files_write(struct authority *authority, const char *directory,
                          struct buffer *why);

#endif
