/* What the tests of the live page share; see page.h. */
#include "page.h"

#include "browser.h"
#include "http_client.h"
#include "server_fixture.h"
#include "test_case.h"

void page_open_as(struct test *test, const struct server *server,
                  const char *place, const struct browser_view *view)
{
    browser_open_as(
        test, test_printf(test, "%s%s", server_origin(server), place), view);
    browser_await(test, "#link", "live");
}

void page_open(struct test *test, const struct server *server,
               const char *place)
{
    page_open_as(test, server, place, &(struct browser_view){0});
}

void page_feed(struct test *test, const struct server *server, int count)
{
    const struct http_request request = {
        .target = "/api/auth.test",
        .headers = {FORM, "Authorization: Bearer xoxb-nobody"},
        .body = "",
    };

    for (int i = 0; i < count; i++)
        (void)http_send(test, server, &request);
}

void page_await_count(struct test *test, const char *text)
{
    browser_await(test, "#shown", text);
}

void page_press(struct test *test, const char *label)
{
    browser_click(test, test_printf(test, "role=button[name=\"%s\"]", label));
}
