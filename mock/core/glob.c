/*
 * Going back to the last `*` alone is enough, so the cost is at most the
 * product of the two lengths.
 */
#include "glob.h"

bool glob_matches(const char *glob, const char *text, size_t length)
{
    const char *star = NULL; /* what follows the last `*` */
    size_t star_at = 0;      /* where that part was tried last */
    size_t at = 0;

    while (at < length) {
        if (*glob == '*') {
            star = ++glob;
            star_at = at;
        } else if (*glob && (*glob == '?' || *glob == text[at])) {
            glob++;
            at++;
        } else if (star) {
            glob = star;
            at = ++star_at;
        } else {
            return false;
        }
    }
    while (*glob == '*')
        glob++;
    return *glob == '\0';
}
