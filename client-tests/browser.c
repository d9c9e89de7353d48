/* One line to the driver of the browser for each call; see browser.h. */
#include "browser.h"

#include <cjson/cJSON.h>
#include <stdlib.h>

#include "check.h"
#include "line_client.h"
#include "test_case.h"

/* A browser takes long to start, so it outlives the tests. */
static struct line_client driver = LINE_CLIENT("browser", "browser", NULL);

/* ---- asking ---- */

static cJSON *request_create(const char *action)
{
    cJSON *request = cJSON_CreateObject();

    if (!request)
        abort();
    (void)cJSON_AddStringToObject(request, "do", action);
    return request;
}

static void add_text(cJSON *request, const char *key, const char *text)
{
    if (text)
        (void)cJSON_AddStringToObject(request, key, text);
}

static int release_text(void *text)
{
    cJSON_free(text);
    return 0;
}

/* Frees the request. Returns the value of what was done. */
static const cJSON *ask(struct test *test, cJSON *request)
{
    char *line = cJSON_PrintUnformatted(request);
    const cJSON *answer;
    const char *failure;

    cJSON_Delete(request);
    test_keep(test, line, release_text);
    answer = line_client_ask(test, &driver, line);
    failure = cJSON_GetStringValue(
        cJSON_GetObjectItemCaseSensitive(answer, "failure"));
    if (failure)
        fail_msg("the browser was asked %s: %s", line, failure);
    return cJSON_GetObjectItemCaseSensitive(answer, "done");
}

static const cJSON *ask_with(struct test *test, const char *action,
                             const char *key, const char *text)
{
    cJSON *request = request_create(action);

    add_text(request, key, text);
    return ask(test, request);
}

static void ask_of_target(struct test *test, const char *action,
                          const char *target, const char *text)
{
    cJSON *request = request_create(action);

    add_text(request, "target", target);
    add_text(request, "text", text);
    (void)ask(test, request);
}

/* ---- going somewhere ---- */

void browser_open(struct test *test, const char *url)
{
    browser_open_as(test, url, &(struct browser_view){0});
}

void browser_open_as(struct test *test, const char *url,
                     const struct browser_view *view)
{
    cJSON *request = request_create("open");

    add_text(request, "url", url);
    add_text(request, "scheme", view->scheme);
    add_text(request, "zone", view->zone);
    add_text(request, "proxy", view->proxy);
    if (view->width)
        (void)cJSON_AddNumberToObject(request, "width", view->width);
    (void)ask(test, request);
}

void browser_goto(struct test *test, const char *url)
{
    (void)ask_with(test, "goto", "url", url);
}

void browser_reload(struct test *test)
{
    (void)ask(test, request_create("reload"));
}

/* ---- doing something ---- */

void browser_click(struct test *test, const char *target)
{
    ask_of_target(test, "click", target, NULL);
}

void browser_fill(struct test *test, const char *target, const char *text)
{
    ask_of_target(test, "fill", target, text);
}

void browser_choose(struct test *test, const char *target, const char *option)
{
    ask_of_target(test, "choose", target, option);
}

void browser_press(struct test *test, const char *key)
{
    (void)ask_with(test, "press", "key", key);
}

void browser_screenshot(struct test *test, const char *path)
{
    (void)ask_with(test, "screenshot", "path", path);
}

/* ---- looking ---- */

void browser_await(struct test *test, const char *target, const char *text)
{
    ask_of_target(test, "await", target, text);
}

void browser_await_gone(struct test *test, const char *target)
{
    ask_of_target(test, "gone", target, NULL);
}

static const char *text_of(const cJSON *answer)
{
    const char *text = cJSON_GetStringValue(answer);

    if (!text)
        fail_msg("the browser answered no text");
    return text;
}

const char *browser_text(struct test *test, const char *target)
{
    return text_of(ask_with(test, "text", "target", target));
}

int browser_count(struct test *test, const char *target)
{
    return (int)cJSON_GetNumberValue(ask_with(test, "count", "target", target));
}

const char *browser_url(struct test *test)
{
    return text_of(ask(test, request_create("url")));
}

const char *browser_clipboard(struct test *test)
{
    return text_of(ask(test, request_create("clipboard")));
}

const cJSON *browser_evaluate(struct test *test, const char *script)
{
    return ask_with(test, "evaluate", "script", script);
}

const char *browser_serve(struct test *test, const char *html)
{
    return text_of(ask_with(test, "serve", "html", html));
}

/* ---- judging ---- */

static void assert_none(const cJSON *complaints, const char *who)
{
    const cJSON *complaint;

    cJSON_ArrayForEach (complaint, complaints)
        print_error("%s: %s\n", who, cJSON_GetStringValue(complaint));
    if (!cJSON_IsArray(complaints) || cJSON_GetArraySize(complaints))
        fail_msg("%s complains", who);
}

void browser_assert_accessible(struct test *test)
{
    assert_none(ask(test, request_create("judge")), "axe-core");
}

void browser_assert_quiet(struct test *test)
{
    assert_none(ask(test, request_create("complaints")), "the page");
}

int browser_end(void)
{
    return line_client_end(&driver) == 0 ? 0 : -1;
}
