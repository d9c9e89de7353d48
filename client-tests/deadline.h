/*
 * How long the tests wait. Everything that is waited for has a deadline, and
 * all deadlines come from one constant, times SLACKMOCK_TEST_TIMEOUT_FACTOR
 * from the environment (for slow machines; fractions allowed).
 */
#ifndef CLIENT_TESTS_DEADLINE_H
#define CLIENT_TESTS_DEADLINE_H

#include <stdbool.h>
#include <stdint.h>

/* A moment on the monotonic clock, in milliseconds. */
typedef int64_t deadline;

/* What the clock says; for how long something took at the least. */
deadline deadline_clock(void);

deadline deadline_from_now(void);

/* For what compiles or installs: much longer. */
deadline deadline_of_build(void);

bool deadline_is_over(deadline end);

/* What is left, for poll(); 0 when the deadline is over. */
int deadline_left(deadline end);

/*
 * Lets a moment pass between two looks at a fact that nothing announces, such
 * as a file that is to appear. False when the deadline is over.
 */
bool deadline_look_again(deadline end);

#endif
