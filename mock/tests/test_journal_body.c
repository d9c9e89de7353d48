/* What the journal keeps of a reply's body. */
#include <stdlib.h>
#include <string.h>

#include "arguments/arguments.h"
#include "base/xalloc.h"
#include "check.h"
#include "journal/journal.h"
#include "journal/journal_entry.h"
#include "message/reply.h"
#include "message/request.h"
#include "json/json_writer.h"

struct book {
    struct journal journal;
    struct arguments arguments;
    struct reply reply;
    struct buffer text;
};

static int setup(void **state)
{
    struct book *book = xcalloc(1, sizeof *book);

    book->journal.most = 1;
    book->reply = (struct reply)REPLY_INIT;
    *state = book;
    return 0;
}

static int teardown(void **state)
{
    struct book *book = *state;

    journal_clear(&book->journal);
    arguments_free(&book->arguments);
    reply_free(&book->reply);
    buffer_free(&book->text);
    free(book);
    return 0;
}

/* The end of the entry, from the body on. */
static const char *show(struct book *book, enum verb verb)
{
    const struct request request = {
        .verb = verb, .verb_name = "-", .target = "/"};
    struct json_writer writer = {.output = &book->text};

    buffer_clear(&book->text);
    journal_add(&book->journal, &request, &book->reply, &book->arguments, 0);
    journal_entry_write(journal_at(&book->journal, 0), false, &writer);
    return strstr(book->text.data, "\"body\":");
}

static void it_is_kept_as_it_was_sent(void **state)
{
    struct book *book = *state;

    buffer_add(&book->reply.body, "a\0\"b", 4);
    assert_string_equal(show(book, VERB_GET), "\"body\":\"a\\u0000\\\"b\"}");
}

static void an_empty_one_is_a_text(void **state)
{
    assert_string_equal(show(*state, VERB_GET), "\"body\":\"\"}");
}

static void who_gets_no_body_has_none(void **state)
{
    struct book *book = *state;

    buffer_add_text(&book->reply.body, "body");
    assert_string_equal(show(book, VERB_HEAD), "\"body\":null}");
    book->reply.status = 304;
    assert_string_equal(show(book, VERB_GET), "\"body\":null}");
    book->reply.status = 204;
    assert_string_equal(show(book, VERB_GET), "\"body\":null}");
}

static const struct fault *fault_of(const char *name)
{
    size_t number = 0;

    while (strcmp(faults[number].name, name) != 0)
        number++;
    return &faults[number];
}

static void a_fault_shows_what_the_client_got(void **state)
{
    struct book *book = *state;

    buffer_add_text(&book->reply.body, "body");
    book->reply.fault = fault_of("reset");
    assert_string_equal(show(book, VERB_GET), "\"body\":null}");
    book->reply.fault = fault_of("truncate");
    assert_string_equal(show(book, VERB_GET), "\"body\":\"bo\"}");
}

static void a_long_one_is_cut_and_says_so(void **state)
{
    struct book *book = *state;
    const char *shown;

    while (book->reply.body.length <= JOURNAL_BODY_MOST)
        buffer_add_text(&book->reply.body, "x");
    shown = show(book, VERB_GET);
    assert_non_null(strstr(shown, "x\\n... (16385 bytes in all)\"}"));
    assert_number(strcspn(shown + strlen("\"body\":\""), "\\"),
                  JOURNAL_BODY_MOST);
}

static void no_character_is_cut(void **state)
{
    struct book *book = *state;

    buffer_add_text(&book->reply.body, "x");
    while (book->reply.body.length <= JOURNAL_BODY_MOST)
        buffer_add_text(&book->reply.body, "\xe2\x82\xac");
    assert_non_null(
        strstr(show(book, VERB_GET), "\xe2\x82\xac\\n... (16387 bytes"));
    assert_null(strstr(book->text.data, "\xef\xbf\xbd"));
}

/* Even where it is cut in the middle of one. */
static void secrets_in_it_are_masked(void **state)
{
    struct book *book = *state;

    buffer_add_text(&book->reply.body, "{\"client_secret\":\"");
    while (book->reply.body.length <= JOURNAL_BODY_MOST)
        buffer_add_text(&book->reply.body, "hush");
    show(book, VERB_GET);
    assert_null(strstr(book->text.data, "hush"));
}

#define ADD(function) add_test_with(&list, function, setup, teardown)

int main(void)
{
    struct test_list list = {.count = 0};

    ADD(it_is_kept_as_it_was_sent);
    ADD(an_empty_one_is_a_text);
    ADD(who_gets_no_body_has_none);
    ADD(a_fault_shows_what_the_client_got);
    ADD(a_long_one_is_cut_and_says_so);
    ADD(no_character_is_cut);
    ADD(secrets_in_it_are_masked);
    return run_list("journal_body", &list);
}
