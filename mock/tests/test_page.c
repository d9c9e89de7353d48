/* Who gets the live page, in which form, and who is told why not. */
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "door.h"
#include "page/page_file.h"

#define BROWSER                                                                \
    {                                                                          \
        "Accept", "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8"            \
    }

/* Has a request with these headers answered, up to one without a name. */
static const char *get(struct door *door, const char *target,
                       const struct request_header *headers)
{
    struct input input = door_input(door, INPUT_REQUEST, VERB_GET, target);

    input.request.headers = headers;
    while (headers && headers[input.request.header_count].name)
        input.request.header_count++;
    return door_take(door, &input);
}

static void assert_header(const struct door *door, const char *name,
                          const char *wanted)
{
    const char *value = reply_header(&door->reply, name);

    assert_non_null(value);
    assert_string_equal(value, wanted);
}

static void assert_is_page(const struct door *door)
{
    assert_number(door->reply.status, 200);
    assert_header(door, "Content-Type", "text/html; charset=utf-8");
    assert_non_null(strstr(buffer_text(&door->reply.body), "<!doctype html>"));
}

static void a_browser_gets_the_page(void **state)
{
    static const struct request_header browser[] = {BROWSER, {NULL, NULL}};
    struct door *door = *state;

    get(door, "/", browser);
    assert_is_page(door);
    door_ask(door, VERB_PUT, "/_mock/sandboxes/s");
    get(door, "/sandbox/s/?filter=error:x", browser);
    assert_is_page(door);
    assert_non_null(
        strstr(door_ask(door, VERB_GET, "/_mock/requests"), "\"requests\":[]"));
}

struct other {
    const char *name;
    struct request_header header;
};

static struct other others[] = {
    {"anything", {"Accept", "*/*"}},
    {"JSON", {"Accept", "application/json"}},
    {"no HTML", {"Accept", "text/html;q=0, */*"}},
    {"no HTML, with blanks", {"Accept", "text/html ; q=0.0"}},
    {"something that begins so", {"Accept", "text/html5"}},
    {"nothing", {"Accept", ""}},
};

static void others_get_what_they_always_got(void **state)
{
    const struct other *other = *state;
    const struct request_header headers[] = {other->header, {NULL, NULL}};
    void *place;
    struct door *door;
    struct shown body = {""};
    int status;

    door_setup(&place);
    door = place;
    get(door, "/", headers);
    status = door->reply.status;
    shown_add(&body, door->reply.body.data, door->reply.body.length);
    door_teardown(&place);
    assert_number(status, 404);
    assert_non_null(strstr(body.text, "no such path"));
}

static void only_looking_shows_it(void **state)
{
    static const struct request_header headers[] = {BROWSER};
    struct door *door = *state;
    struct input input = door_input(door, INPUT_REQUEST, VERB_POST, "/");

    input.request.headers = headers;
    input.request.header_count = 1;
    door_take(door, &input);
    assert_number(door->reply.status, 404);
    input.request.verb = VERB_HEAD;
    door_take(door, &input);
    assert_is_page(door);
}

static void it_is_compressed_for_who_takes_that(void **state)
{
    static const struct request_header takes[] = {
        {"accept-encoding", "br, gzip;q=0.5"}, {NULL, NULL}};
    static const struct request_header refuses[] = {
        {"Accept-Encoding", "gzip;q=0, identity"}, {NULL, NULL}};
    struct door *door = *state;
    const struct page_file *file = page_file_find("index.html");

    get(door, "/_mock/page/index.html", takes);
    assert_header(door, "Content-Encoding", "gzip");
    assert_header(door, "ETag", file->gzip_tag);
    assert_number(door->reply.body.length, file->gzip_length);
    assert_memory_equal(door->reply.body.data, "\x1f\x8b", 2);
    get(door, "/_mock/page/index.html", refuses);
    assert_null(reply_header(&door->reply, "Content-Encoding"));
    assert_header(door, "ETag", file->tag);
    assert_header(door, "Vary", "Accept, Accept-Encoding");
}

struct tag {
    const char *name;
    const char *value; /* of If-None-Match; # stands for the file's */
    int status;
};

static struct tag tags[] = {
    {"the file's tag", "#", 304},
    {"the file's tag, made weak", "W/#", 304},
    {"the file's tag among others", "\"a\" , #", 304},
    {"any tag", "*", 304},
    {"another tag", "\"a\"", 200},
    {"an empty tag", "", 200},
    {"a weak mark alone", "W/", 200},
};

static void an_unchanged_file_is_not_sent_again(void **state)
{
    const struct tag *row = *state;
    const struct page_file *file = page_file_find("page.js");
    const char *mark = strchr(row->value, '#');
    const int before = mark ? (int)(mark - row->value) : 0;
    struct buffer value = BUFFER_INIT;
    void *place;
    struct door *door;
    int status;
    size_t length;

    buffer_printf(&value, "%.*s%s%s", before, row->value,
                  mark ? file->tag : row->value, mark ? mark + 1 : "");
    door_setup(&place);
    door = place;
    get(door, "/_mock/page/page.js",
        (const struct request_header[]){{"If-None-Match", value.data},
                                        {NULL, NULL}});
    buffer_free(&value);
    status = door->reply.status;
    length = door->reply.body.length;
    door_teardown(&place);
    assert_number(status, row->status);
    assert_number(length, row->status == 200 ? file->length : 0);
}

static void files_need_no_token(void **state)
{
    struct door *door = *state;

    door->access.token = "secret";
    get(door, "/_mock/page/page.js", NULL);
    assert_number(door->reply.status, 200);
    get(door, "/_mock/state", NULL);
    assert_number(door->reply.status, 401);
}

static void who_may_not_see_it_reads_why(void **state)
{
    static const struct request_header browser[] = {BROWSER, {NULL, NULL}};
    static const struct request_header rebound[] = {
        BROWSER, {"Host", "evil.test"}, {NULL, NULL}};
    struct door *door = *state;
    const char *body = get(door, "/", rebound);

    assert_number(door->reply.status, 403);
    assert_non_null(strstr(body, "<p>the Host header is neither"));
    get(door, "/_mock/page/page.js", rebound);
    assert_number(door->reply.status, 403);
    door->access.loopback_only = false;
    body = get(door, "/", browser);
    assert_number(door->reply.status, 403);
    assert_header(door, "Content-Type", "text/html; charset=utf-8");
    assert_non_null(strstr(body, "the control API needs --control-token"));
}

static void a_sandbox_that_is_not_there_has_no_page(void **state)
{
    static const struct request_header browser[] = {BROWSER, {NULL, NULL}};
    struct door *door = *state;
    const char *body = get(door, "/sandbox/<script>/", browser);

    assert_number(door->reply.status, 404);
    assert_non_null(strstr(body, "there is no such sandbox"));
    assert_null(strstr(body, "script"));
    get(door, "/sandbox/none/_mock/page/page.js", NULL);
    assert_number(door->reply.status, 404);
}

/* Where the addresses of the page would not hold. */
static void a_browser_that_leaves_the_last_slash_out_is_sent_on(void **state)
{
    static const struct request_header browser[] = {BROWSER, {NULL, NULL}};
    static const struct request_header rebound[] = {
        BROWSER, {"Host", "evil.test"}, {NULL, NULL}};
    struct door *door = *state;

    door_ask(door, VERB_PUT, "/_mock/sandboxes/s");
    get(door, "/sandbox/s", browser);
    assert_number(door->reply.status, 308);
    assert_header(door, "Location", "s/");
    get(door, "/sandbox/s", rebound);
    assert_number(door->reply.status, 403);
    assert_null(reply_header(&door->reply, "Location"));
    get(door, "/sandbox/none", browser);
    assert_number(door->reply.status, 404);
    assert_null(reply_header(&door->reply, "Location"));
    get(door, "/sandbox/s", NULL);
    assert_number(door->reply.status, 404);
    assert_header(door, "Content-Type", "application/json; charset=utf-8");
}

static void there_are_no_other_files(void **state)
{
    static const char *const names[] = {"", "none.js", "../page.js", "page.js/",
                                        "PAGE.JS"};
    struct door *door = *state;

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct buffer target = BUFFER_INIT;

        buffer_printf(&target, "/_mock/page/%s", names[i]);
        get(door, target.data, NULL);
        buffer_free(&target);
        assert_number(door->reply.status, 404);
    }
    door_ask(door, VERB_DELETE, "/_mock/page/page.js");
    assert_number(door->reply.status, 405);
    assert_header(door, "Allow", "GET, HEAD");
}

#define ADD(function) add_test_with(&list, function, door_setup, door_teardown)

int main(void)
{
    struct test_list list = {.count = 0};

    ADD(a_browser_gets_the_page);
    add_rows(&list, others_get_what_they_always_got, others);
    ADD(only_looking_shows_it);
    ADD(it_is_compressed_for_who_takes_that);
    add_rows(&list, an_unchanged_file_is_not_sent_again, tags);
    ADD(files_need_no_token);
    ADD(who_may_not_see_it_reads_why);
    ADD(a_sandbox_that_is_not_there_has_no_page);
    ADD(a_browser_that_leaves_the_last_slash_out_is_sent_on);
    ADD(there_are_no_other_files);
    return run_list("page", &list);
}
