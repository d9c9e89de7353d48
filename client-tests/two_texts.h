/* Two long texts that are to be equal, or to differ in secrets alone. */
#ifndef CLIENT_TESTS_TWO_TEXTS_H
#define CLIENT_TESTS_TWO_TEXTS_H

struct test;

/* Fails with the first line in which they differ. */
void assert_same_text(const char *got, const char *wanted);

/*
 * Each word of the one stands for one word of the other, everywhere if it has
 * eight bytes, and all between the words is equal. Fails with the first place
 * where not.
 */
void assert_renamed_text(struct test *test, const char *got,
                         const char *wanted);

#endif
