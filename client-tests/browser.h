/*
 * Chromium, driven by client-tests/clients/browser as a person would: its
 * README.md says what can be asked. A target is a selector of Playwright, such
 * as `#allow`, `text=Rules` or `role=button[name="Copy"]`, that must name one
 * element; each call waits for it. A failure of any of these functions fails
 * the test, and tells what the page shows. What is returned lives as long as
 * the test.
 *
 * A browser that is missing skips the test, or fails it where CI=true.
 */
#ifndef CLIENT_TESTS_BROWSER_H
#define CLIENT_TESTS_BROWSER_H

struct cJSON;
struct test;

struct browser_view {
    int width;          /* 0: 1400 */
    const char *scheme; /* "light" or "dark"; NULL: light */
    const char *zone;   /* a time zone; NULL: UTC */
    const char *proxy;  /* for other machines, of any authority; NULL: none */
};

/* Opens an address with a profile of its own; closes what was open before. */
void browser_open(struct test *test, const char *url);
void browser_open_as(struct test *test, const char *url,
                     const struct browser_view *view);

/* Goes there with the profile that is open. */
void browser_goto(struct test *test, const char *url);
void browser_reload(struct test *test);

void browser_click(struct test *test, const char *target);
void browser_fill(struct test *test, const char *target, const char *text);
void browser_choose(struct test *test, const char *target, const char *option);

/* A key as Playwright spells it: `j`, `Enter`, `Escape`. */
void browser_press(struct test *test, const char *key);

/* Waits until it can be seen, with that text in it unless it is NULL. */
void browser_await(struct test *test, const char *target, const char *text);
/* Waits until it cannot. */
void browser_await_gone(struct test *test, const char *target);

const char *browser_text(struct test *test, const char *target);
int browser_count(struct test *test, const char *target);
const char *browser_url(struct test *test);
const char *browser_clipboard(struct test *test);

/* The value of an expression of JavaScript in the page, awaited. */
const struct cJSON *browser_evaluate(struct test *test, const char *script);

/* Serves a page as another site does; returns its address. */
const char *browser_serve(struct test *test, const char *html);

/* Writes a PNG of what can be seen; the folder is made. */
void browser_screenshot(struct test *test, const char *path);

/* axe-core finds nothing wrong. */
void browser_assert_accessible(struct test *test);

/* Neither the page nor its Content-Security-Policy complained of anything. */
void browser_assert_quiet(struct test *test);

/* Ends it; -1 if it does not exit with status 0. */
int browser_end(void);

#endif
