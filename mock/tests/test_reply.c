/* Headers of a request found, and a reply filled, cleared and freed. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "check.h"
#include "message/reply.h"
#include "message/request.h"

static int set_up(void **state)
{
    struct reply *reply = xmalloc(sizeof *reply);

    *reply = (struct reply)REPLY_INIT;
    *state = reply;
    return 0;
}

static int tear_down(void **state)
{
    reply_free(*state);
    free(*state);
    return 0;
}

static void a_new_reply_is_200_and_empty(void **state)
{
    const struct reply *reply = *state;

    assert_number(reply->status, 200);
    assert_false(reply->close);
    assert_number(reply->header_count, 0);
    assert_null(reply_header(reply, "Date"));
}

static void a_header_is_found_in_any_letter_case(void **state)
{
    reply_set_header(*state, "Retry-After", "30");
    assert_string_equal(reply_header(*state, "retry-AFTER"), "30");
    assert_null(reply_header(*state, "Retry"));
    assert_null(reply_header(*state, "Retry-After-All"));
}

static void headers_keep_the_order_of_their_setting(void **state)
{
    const struct reply *reply = *state;

    reply_set_header(*state, "B", "1");
    reply_set_header_static(*state, "A", "2");
    assert_number(reply->header_count, 2);
    assert_string_equal(reply->headers[0].name, "B");
    assert_string_equal(reply->headers[1].name, "A");
}

static void a_name_set_again_takes_the_old_one_s_place(void **state)
{
    const struct reply *reply = *state;

    reply_set_header_static(*state, "content-type", "text/html");
    reply_set_header_static(*state, "Date", "now");
    reply_set_header(*state, "Content-Type", "application/json");
    assert_number(reply->header_count, 2);
    assert_string_equal(reply->headers[0].name, "Content-Type");
    assert_string_equal(reply->headers[0].value, "application/json");
    assert_string_equal(reply->headers[1].value, "now");
}

static void a_set_header_is_a_copy(void **state)
{
    char name[] = "Retry-After";
    char value[] = "30";

    reply_set_header(*state, name, value);
    memset(name, 'x', sizeof name - 1);
    memset(value, 'x', sizeof value - 1);
    assert_string_equal(reply_header(*state, "Retry-After"), "30");
}

static void a_static_header_is_not_copied(void **state)
{
    static const char value[] = "30";

    reply_set_header_static(*state, "Retry-After", value);
    assert_ptr_equal(reply_header(*state, "Retry-After"), value);
}

static void a_header_can_be_set_to_what_it_lent(void **state)
{
    reply_set_header(*state, "A", "1");
    reply_set_header(*state, "A", reply_header(*state, "A"));
    reply_set_header(*state, "B", reply_header(*state, "A"));
    assert_string_equal(reply_header(*state, "A"), "1");
    assert_string_equal(reply_header(*state, "B"), "1");
}

static void null_takes_a_header_away_and_keeps_the_others(void **state)
{
    const struct reply *reply = *state;

    reply_set_header(*state, "A", "1");
    reply_set_header(*state, "B", "2");
    reply_set_header(*state, "C", "3");
    reply_set_header(*state, "a", NULL);
    assert_number(reply->header_count, 2);
    assert_string_equal(reply->headers[0].value, "2");
    assert_string_equal(reply->headers[1].value, "3");
    reply_set_header_static(*state, "C", NULL);
    assert_number(reply->header_count, 1);
    assert_string_equal(reply_header(*state, "B"), "2");
}

static void null_for_an_absent_header_does_nothing(void **state)
{
    const struct reply *reply = *state;

    reply_set_header(*state, "A", "1");
    reply_set_header(*state, "B", NULL);
    reply_set_header_static(*state, "B", NULL);
    assert_number(reply->header_count, 1);
}

static void an_empty_value_is_a_value(void **state)
{
    reply_set_header(*state, "A", "");
    assert_string_equal(reply_header(*state, "A"), "");
}

static void fill_headers(struct reply *reply)
{
    char name[16];

    for (int i = 0; i < REPLY_HEADERS_MAX; i++) {
        (void)snprintf(name, sizeof name, "X-%d", i);
        reply_set_header(reply, name, "old");
    }
}

static void headers_beyond_the_most_are_dropped(void **state)
{
    const struct reply *reply = *state;

    fill_headers(*state);
    reply_set_header(*state, "A", "1");
    reply_set_header_static(*state, "B", "2");
    assert_number(reply->header_count, REPLY_HEADERS_MAX);
    assert_string_equal(reply_header(reply, "X-63"), "old");
    assert_null(reply_header(reply, "A"));
    assert_null(reply_header(reply, "B"));
}

static void a_full_reply_can_still_change_its_headers(void **state)
{
    fill_headers(*state);
    reply_set_header(*state, "X-63", "new");
    assert_string_equal(reply_header(*state, "X-63"), "new");
    reply_set_header(*state, "X-63", NULL);
    reply_set_header(*state, "A", "1");
    assert_string_equal(reply_header(*state, "A"), "1");
}

static void fill(struct reply *reply)
{
    reply->status = 429;
    reply->close = true;
    reply_set_header(reply, "Retry-After", "30");
    buffer_add_text(&reply->body, "{}");
    reply->record.error = reply_copy(reply, "ratelimited");
    reply->record.warnings = reply_copy(reply, "missing_charset");
    reply->record.rule = reply_copy(reply, "third call");
    reply->record.hint = reply_copy(reply, "wait");
    reply->record.token = reply_copy(reply, "xoxb-1");
    reply->record.client_id = reply_copy(reply, "1.2");
    buffer_add_text(&reply->record.decisions, "third call: acts\n");
}

static void assert_empty(const struct reply *reply)
{
    assert_number(reply->status, 200);
    assert_false(reply->close);
    assert_number(reply->header_count, 0);
    assert_number(reply->body.length, 0);
    assert_null(reply->record.error);
    assert_null(reply->record.warnings);
    assert_null(reply->record.rule);
    assert_null(reply->record.hint);
    assert_null(reply->record.token);
    assert_null(reply->record.client_id);
    assert_number(reply->record.decisions.length, 0);
}

static void a_cleared_reply_is_as_new_and_can_be_filled_again(void **state)
{
    fill(*state);
    reply_clear(*state);
    assert_empty(*state);
    fill(*state);
    assert_string_equal(reply_header(*state, "Retry-After"), "30");
    reply_clear(*state);
    assert_empty(*state);
}

static void a_freed_reply_is_empty_and_can_be_freed_again(void **state)
{
    const struct reply *reply = *state;

    fill(*state);
    reply_free(*state);
    assert_empty(reply);
    assert_null(reply->body.data);
    assert_null(reply->record.decisions.data);
    fill(*state);
}

static const struct request_header sent_headers[] = {
    {"Host", "localhost"},
    {"content-TYPE", "text/plain"},
    {"Content-Type", "text/html"},
};

static const struct request request = {.headers = sent_headers,
                                       .header_count = 3};

static void a_request_s_header_is_found_in_any_letter_case(void **state)
{
    (void)state;
    assert_string_equal(request_header(&request, "HOST"), "localhost");
}

static void the_first_of_a_request_s_headers_counts(void **state)
{
    (void)state;
    assert_string_equal(request_header(&request, "Content-Type"), "text/plain");
}

static void an_absent_request_header_is_null(void **state)
{
    const struct request bare = {.header_count = 0};

    (void)state;
    assert_null(request_header(&request, "Content"));
    assert_null(request_header(&request, "Content-Types"));
    assert_null(request_header(&bare, "Host"));
}

int main(void)
{
    struct test_list list = {.count = 0};

    add_test_with(&list, a_new_reply_is_200_and_empty, set_up, tear_down);
    add_test_with(&list, a_header_is_found_in_any_letter_case, set_up,
                  tear_down);
    add_test_with(&list, headers_keep_the_order_of_their_setting, set_up,
                  tear_down);
    add_test_with(&list, a_name_set_again_takes_the_old_one_s_place, set_up,
                  tear_down);
    add_test_with(&list, a_set_header_is_a_copy, set_up, tear_down);
    add_test_with(&list, a_static_header_is_not_copied, set_up, tear_down);
    add_test_with(&list, a_header_can_be_set_to_what_it_lent, set_up,
                  tear_down);
    add_test_with(&list, null_takes_a_header_away_and_keeps_the_others, set_up,
                  tear_down);
    add_test_with(&list, null_for_an_absent_header_does_nothing, set_up,
                  tear_down);
    add_test_with(&list, an_empty_value_is_a_value, set_up, tear_down);
    add_test_with(&list, headers_beyond_the_most_are_dropped, set_up,
                  tear_down);
    add_test_with(&list, a_full_reply_can_still_change_its_headers, set_up,
                  tear_down);
    add_test_with(&list, a_cleared_reply_is_as_new_and_can_be_filled_again,
                  set_up, tear_down);
    add_test_with(&list, a_freed_reply_is_empty_and_can_be_freed_again, set_up,
                  tear_down);
    add_test(&list, a_request_s_header_is_found_in_any_letter_case);
    add_test(&list, the_first_of_a_request_s_headers_counts);
    add_test(&list, an_absent_request_header_is_null);
    return run_list("reply", &list);
}
