/* Pages, forms and redirects, a request at a time; see person.h. */
#include "person.h"

#include <string.h>

#include "check.h"
#include "http_client.h"
#include "server_fixture.h"
#include "test_case.h"

struct person person_at(struct test *test, const struct server *server)
{
    return (struct person){.test = test, .server = server};
}

/* The first link of the page, without HTML's ampersands. */
static const char *link_of(struct test *test, const char *page)
{
    const char *place = strstr(page, "href=\"http");
    const char *escaped;
    char *link;

    if (!place) {
        fail_msg("no link in %s", page);
        return NULL;
    }
    place += strlen("href=\"");
    link = test_printf(test, "%.*s", (int)strcspn(place, "\""), place);
    while ((escaped = strstr(link, "&amp;")) != NULL)
        link = test_printf(test, "%.*s&%s", (int)(escaped - link), link,
                           escaped + strlen("&amp;"));
    return link;
}

void person_adds(struct person *person, const char *app_origin)
{
    const struct http_request request = {.target = "/slack/install"};
    const struct http_reply *reply =
        http_send_to(person->test, app_origin, &request);
    const char *cookie = http_header(reply, "Set-Cookie");

    assert_number(reply->status, 200);
    assert_non_null(cookie);
    person->cookie = test_printf(person->test, "Cookie: %.*s",
                                 (int)strcspn(cookie, ";"), cookie);
    person->page = link_of(person->test, reply->body);
}

static const struct http_reply *ask_page(const struct person *person,
                                         const char *target, const char *form)
{
    const struct http_request request = {
        .target = target,
        .headers = {form ? FORM : NULL},
        .body = form,
        .proxy = person->certificate ? server_origin(person->server) : NULL,
        .certificate = person->certificate,
    };

    return http_send_to(person->test, "", &request);
}

const struct http_reply *person_looks(const struct person *person)
{
    return ask_page(person, person->page, NULL);
}

static const char *led_by(const struct http_reply *reply)
{
    const char *location = http_header(reply, "Location");

    if (reply->status != 302 || !location)
        fail_msg("led nowhere: status %d, %s", reply->status, reply->body);
    return location;
}

const char *person_is_led(const struct person *person)
{
    return led_by(person_looks(person));
}

/* The form holds what the page was asked by, the team and the button. */
const char *person_presses(const struct person *person, const char *button)
{
    size_t length = strcspn(person->page, "?");

    return led_by(ask_page(
        person, test_printf(person->test, "%.*s", (int)length, person->page),
        test_printf(person->test, "%s&team=T0TEAM&decision=%s",
                    person->page + length + 1, button)));
}

const struct http_reply *person_follows(const struct person *person,
                                        const char *url)
{
    const struct http_request request = {.target = url,
                                         .headers = {person->cookie}};

    return http_send_to(person->test, "", &request);
}
