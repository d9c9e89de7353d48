/*
 * Somebody who installs an app and has no browser: reads the pages, presses a
 * button by the form behind it, follows where that leads and brings back the
 * cookie of the app. A failure of any of these functions fails the test.
 */
#ifndef CLIENT_TESTS_PERSON_H
#define CLIENT_TESTS_PERSON_H

struct http_reply;
struct server;
struct test;

struct person {
    struct test *test;
    const struct server *server;
    /* Of the server's authority, to reach slack.com through the server by; NULL
     * where no page lies there. */
    const char *certificate;
    const char *page;   /* the URL of the authorize page */
    const char *cookie; /* the header; NULL for none */
};

struct person person_at(struct test *test, const struct server *server);

/* Goes to the app's own page and notes where "Add to Slack" leads. */
void person_adds(struct person *person, const char *app_origin);

/* What is at the authorize page. */
const struct http_reply *person_looks(const struct person *person);

/* Where the page leads by itself, or by "allow" or "cancel". */
const char *person_is_led(const struct person *person);
const char *person_presses(const struct person *person, const char *button);

/* What the app shows there. */
const struct http_reply *person_follows(const struct person *person,
                                        const char *url);

#endif
