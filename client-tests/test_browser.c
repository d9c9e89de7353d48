/* The browser itself, with a page of its own: before a page of ours is judged
 * by it. */
#include "browser.h"
#include "check.h"
#include "test_case.h"
#include "test_groups.h"

#define PAGE                                                                   \
    "<!doctype html><html lang=en><title>A page</title><main><h1>Hello</h1>"   \
    "<label>Name <input id=name></label> <button>Greet</button><p id=said>"    \
    "</main><script>document.querySelector('button').onclick = () => {"        \
    "said.textContent = `Hello ${document.querySelector('#name').value}` }"    \
    "</script>"

static void test_drive(struct test *test)
{
    browser_open(test, browser_serve(test, PAGE));
    browser_fill(test, "#name", "Ada");
    browser_click(test, "role=button[name=\"Greet\"]");
    browser_await(test, "#said", "Hello Ada");
    assert_text(browser_text(test, "h1"), "Hello");
    assert_number(browser_count(test, "input"), 1);
    assert_json_text(browser_evaluate(test, "({title: document.title})"),
                     "title", "A page");
    browser_assert_accessible(test);
    browser_assert_quiet(test);
}

int run_browser_tests(void)
{
    static const struct test_case cases[] = {
        {"browser: it is driven, and tells what it shows", test_drive, NULL},
    };

    return test_cases_run(cases, sizeof cases / sizeof cases[0]);
}
