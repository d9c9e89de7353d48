/* The journal's ring and its bounds. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "arguments/arguments.h"
#include "base/xalloc.h"
#include "check.h"
#include "journal/journal.h"
#include "message/reply.h"
#include "message/request.h"

#define MEGABYTE ((size_t)1 << 20)

struct book {
    struct journal journal;
    struct arguments arguments;
    struct reply reply;
    char *large; /* text of three megabytes */
};

static int book_setup(void **state)
{
    struct book *book = xcalloc(1, sizeof *book);

    book->journal.most = 3;
    book->journal.arguments_most = MEGABYTE;
    book->reply = (struct reply)REPLY_INIT;
    book->large = xcalloc(3 * MEGABYTE + 1, 1);
    memset(book->large, 'x', 3 * MEGABYTE);
    *state = book;
    return 0;
}

static int book_teardown(void **state)
{
    struct book *book = *state;

    journal_clear(&book->journal);
    arguments_free(&book->arguments);
    reply_free(&book->reply);
    free(book->large);
    free(book);
    return 0;
}

static void add(struct book *book, const char *target)
{
    const struct request request = {
        .verb_name = "GET", .target = target, .method = "m"};

    journal_add(&book->journal, &request, &book->reply, &book->arguments, 0);
    assert_true(book->journal.bytes <= JOURNAL_BYTES_MOST);
}

/* The ids of the entries, oldest first, as `1 2 3`. */
static void assert_ids(const struct book *book, const char *wanted)
{
    char ids[256] = "";
    size_t place;

    for (place = 0; place < book->journal.count; place++)
        snprintf(ids + strlen(ids), sizeof ids - strlen(ids), "%s%lld",
                 place ? " " : "",
                 (long long)journal_at(&book->journal, place)->id);
    assert_string_equal(ids, wanted);
}

static void the_oldest_make_room(void **state)
{
    struct book *book = *state;
    int number;

    for (number = 0; number < 3; number++)
        add(book, "/");
    assert_ids(book, "1 2 3");
    assert_number(book->journal.dropped, 0);
    add(book, "/");
    add(book, "/");
    assert_ids(book, "3 4 5");
    assert_number(book->journal.dropped, 2);
}

static void ids_go_on_after_a_clear(void **state)
{
    struct book *book = *state;
    int number;

    for (number = 0; number < 4; number++)
        add(book, "/");
    journal_clear(&book->journal);
    assert_number(book->journal.bytes, 0);
    assert_number(book->journal.dropped, 1);
    add(book, "/");
    assert_ids(book, "5");
}

static void a_journal_of_one_entry_has_the_newest(void **state)
{
    struct book *book = *state;

    book->journal.most = 1;
    add(book, "/a");
    add(book, "/b");
    assert_ids(book, "2");
    assert_string_equal(journal_at(&book->journal, 0)->target.bytes, "/b");
}

/* The ring has turned by then, and grows all the same. */
static void large_entries_make_room_too(void **state)
{
    struct book *book = *state;
    int number;

    book->journal.most = 100;
    for (number = 0; number < 4; number++)
        add(book, book->large);
    assert_ids(book, "3 4");
    assert_number(book->journal.dropped, 2);
    for (number = 0; number < 18; number++)
        add(book, "/");
    assert_ids(book, "3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22");
    for (number = 0; number < 3; number++)
        add(book, book->large);
    assert_ids(book, "24 25");
}

static void assert_no_arguments(struct book *book)
{
    add(book, "/");
    assert_number(journal_at(&book->journal, 0)->argument_count, 0);
    assert_string_equal(journal_at(&book->journal, 0)->hint.bytes,
                        "the arguments are too long for the journal and left "
                        "out");
    book->reply.record.hint = "another";
    add(book, "/");
    assert_string_equal(journal_at(&book->journal, 1)->hint.bytes, "another");
    book->reply.record.hint = NULL;
    arguments_clear(&book->arguments);
    arguments_add(&book->arguments, "a", 1, "b", 1);
    add(book, "/");
    assert_ids(book, "1 2 3");
    assert_number(journal_at(&book->journal, 2)->argument_count, 1);
    assert_null(journal_at(&book->journal, 2)->hint.bytes);
}

static void arguments_too_long_are_left_out(void **state)
{
    struct book *book = *state;

    arguments_add(&book->arguments, "a", 1, book->large, 3 * MEGABYTE);
    arguments_add(&book->arguments, "b", 1, book->large, 3 * MEGABYTE);
    assert_no_arguments(book);
}

static void arguments_too_many_are_left_out(void **state)
{
    struct book *book = *state;
    size_t number;

    for (number = 0; number < MEGABYTE / 2; number++)
        arguments_add(&book->arguments, "a", 1, "", 0);
    assert_no_arguments(book);
}

static void arguments_beyond_the_most_are_left_out(void **state)
{
    struct book *book = *state;
    const struct journal_entry *entry;
    size_t number;

    book->journal.arguments_most = 3;
    for (number = 0; number < 4; number++) {
        char name = (char)('a' + number);

        add(book, "/");
        arguments_add(&book->arguments, &name, 1, "", 0);
    }
    assert_number(journal_at(&book->journal, 2)->argument_count, 3);
    assert_null(journal_at(&book->journal, 2)->hint.bytes);
    add(book, "/");
    entry = journal_at(&book->journal, 2);
    assert_number(entry->argument_count, 3);
    assert_string_equal(entry->arguments[2].name.bytes, "c");
    assert_string_equal(entry->hint.bytes,
                        "arguments beyond --max-arguments are left out");
}

static void an_entry_is_a_copy(void **state)
{
    struct book *book = *state;
    char name[] = "X-Name";
    char value[] = "value";
    char argument[] = "a\0b";
    const struct request_header header = {name, value};
    const struct request request = {.verb_name = value,
                                    .target = value,
                                    .method = value,
                                    .headers = &header,
                                    .header_count = 1};
    const struct journal_entry *entry;

    arguments_add(&book->arguments, argument, 3, argument, 3);
    journal_add(&book->journal, &request, &book->reply, &book->arguments, 7);
    memset(name, '-', sizeof name - 1);
    memset(value, '-', sizeof value - 1);
    arguments_clear(&book->arguments);
    entry = journal_at(&book->journal, 0);
    assert_number(entry->time, 7);
    assert_string_equal(entry->verb.bytes, "value");
    assert_string_equal(entry->method.bytes, "value");
    assert_string_equal(entry->headers[0].name.bytes, "X-Name");
    assert_string_equal(entry->headers[0].value.bytes, "value");
    assert_number(entry->arguments[0].value.length, 3);
    assert_memory_equal(entry->arguments[0].value.bytes, "a\0b", 4);
}

#define ADD(function) add_test_with(&list, function, book_setup, book_teardown)

int main(void)
{
    struct test_list list = {.count = 0};

    ADD(the_oldest_make_room);
    ADD(ids_go_on_after_a_clear);
    ADD(a_journal_of_one_entry_has_the_newest);
    ADD(large_entries_make_room_too);
    ADD(arguments_too_long_are_left_out);
    ADD(arguments_too_many_are_left_out);
    ADD(arguments_beyond_the_most_are_left_out);
    ADD(an_entry_is_a_copy);
    return run_list("journal", &list);
}
