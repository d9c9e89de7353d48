/*
 * A test of the packages that `make packages` made, in lines of sh.
 * SLACKMOCK_PACKAGES names their folder, build/packages without it. Where they
 * were not made the tests are skipped visibly, and fail with CI=true.
 */
#ifndef CLIENT_TESTS_PACKAGE_CHECK_H
#define CLIENT_TESTS_PACKAGE_CHECK_H

struct test;

struct package_check {
    const char *tool; /* that the lines need; NULL: what every machine has */
    /* They end with the first that fails. $P is the folder of the packages, $T
     * the test's own, $V the version, $S the static programs: whole paths; $1
     * is the program under test. */
    const char *lines;
    const char *out; /* what they print, among other things */
};

/* Lines that make these kinds again and compare: "same". */
#define MADE_AGAIN(kinds)                                                      \
    "export SOURCE_DATE_EPOCH=$(cat $P-parts/epoch)\n"                         \
    "KINDS='" kinds "' scripts/packages/build $T/again $S \"$1\" "             \
    "$(cat $P-parts/architectures) >&2\n"                                      \
    "rm $T/again/SHA256SUMS; cd $T/again\n"                                    \
    "find . -type f -exec sha256sum {} + >$T/sums\n"                           \
    "cd $P && sha256sum --strict --quiet --check $T/sums && echo same"

/* Runs the test's row. Exit status 127 says that the tool is missing. */
void package_check_run(struct test *test);

#endif
