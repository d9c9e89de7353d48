/* The shared assertions of the unit tests; see check.h. */
#include "check.h"

#include <string.h>

void check_number(long long got, long long wanted, const char *what,
                  const char *file, int line)
{
    if (got == wanted)
        return;
    print_error("%s is %lld, wanted %lld\n", what, got, wanted);
    _fail(file, line);
}

void check_bytes(const char *got, size_t length, const char *wanted,
                 const char *what, const char *file, int line)
{
    if (got && length == strlen(wanted) && memcmp(got, wanted, length) == 0)
        return;
    print_error("%s is \"%.*s\" (%zu bytes), wanted \"%s\"\n", what,
                (int)length, got ? got : "", length, wanted);
    _fail(file, line);
}
