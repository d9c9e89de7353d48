/* The live page of a server in the browser of the tests. */
#ifndef CLIENT_TESTS_PAGE_H
#define CLIENT_TESTS_PAGE_H

struct browser_view;
struct server;
struct test;

/*
 * Opens it at a place, such as "/" or "/sandbox/a/#view=rules", and waits until
 * it is told of what happens.
 */
void page_open(struct test *test, const struct server *server,
               const char *place);
void page_open_as(struct test *test, const struct server *server,
                  const char *place, const struct browser_view *view);

/* Makes that many calls of auth.test, with a token that nobody knows. */
void page_feed(struct test *test, const struct server *server, int count);

/* Waits until the list says that: "2 of 2, 1 mistakes". */
void page_await_count(struct test *test, const char *text);

/* Presses the button of that label. */
void page_press(struct test *test, const char *label);

#endif
