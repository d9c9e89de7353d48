/* Secrets replaced: which, by what, and how they are found in each spelling. */
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "check.h"
#include "entrance/redaction.h"
#include "message/reply.h"

static int setup(void **state)
{
    *state = redaction_create("key");
    return 0;
}

static int teardown(void **state)
{
    redaction_free(*state);
    return 0;
}

static char *of_text(struct redaction *redaction, const char *text)
{
    struct buffer output = BUFFER_INIT;

    redaction_add_text(redaction, text, strlen(text), &output);
    return buffer_take(&output);
}

static char *of_json(struct redaction *redaction, const char *text)
{
    struct buffer output = BUFFER_INIT;

    redaction_add_json(redaction, text, strlen(text), &output);
    return buffer_take(&output);
}

/* What stands after `before`, up to the end of a word. */
static char *word_behind(const char *text, const char *before)
{
    const char *found = strstr(text, before);

    assert_non_null(found);
    found += strlen(before);
    return xmemdup0(found, strcspn(found, "&\" %"));
}

static void a_secret_becomes_one_other_everywhere(void **state)
{
    char *form = of_text(*state, "a=1&client_secret=sesame4you&b=2");
    char *json = of_json(*state, "{\"client_secret\": \"sesame4you\"}");
    char *plain = of_text(*state, "said sesame4you, and left");
    char *one = word_behind(form, "client_secret=");
    char *two = word_behind(json, "\"client_secret\": \"");

    assert_string_equal(one, two);
    assert_true(strlen(one) == strlen("sesame4you"));
    assert_null(strstr(form, "sesame4you"));
    assert_non_null(strstr(plain, one));
    assert_null(strstr(plain, "sesame4you"));
    free(form);
    free(json);
    free(plain);
    free(one);
    free(two);
}

struct unchanged_row {
    const char *name;
    const char *text;
};

static struct unchanged_row unchanged_rows[] = {
    {"names and numbers",
     "{\"id\":\"A1\",\"n\":[1.50e3,null,true],\"s\":\"\"}"},
    {"a client id", "{\"client_id\":\"not-an-id\"}"},
    {"a verifier", "{\"code_verifier\":\"abcdefghijk1\"}"},
    {"a generated token", "{\"token\":\"xoxb-generated-17\"}"},
    {"that of a prefix",
     "{\"prefix\":\"xoxb-mine\",\"token\":\"xoxb-mine-3\"}"},
    {"what is shipped", "{\"token\":\"xoxb-12345-67890-abcdefg\"}"},
    {"a kind alone", "{\"token\":\"xoxb-*\"}"},
    {"no end", "{\"a\":\"b\\"},
    {"brackets that do not fit", "]}]{[\"a\",}"},
};

static void stays(void **state)
{
    const struct unchanged_row *row = *state;
    struct redaction *redaction = redaction_create("key");
    char *found = of_json(redaction, row->text);

    redaction_free(redaction);
    assert_string_equal(found, row->text);
    free(found);
}

static void kind_and_numbers_of_a_token_stay(void **state)
{
    char *found = of_text(*state, "Bearer xoxb-777-888-Wh0Knows!");

    assert_true(strncmp(found, "Bearer xoxb-777-888-", 20) == 0);
    assert_null(strstr(found, "Wh0Knows"));
    assert_true(found[strlen(found) - 1] == '!');
    free(found);
}

static void a_spelling_with_percents_is_the_same_secret(void **state)
{
    char *plain = of_text(*state, "code=a1-b2-c3-d4");
    char *other = of_text(*state, "code=a1%2Db2%2Dc3%2Dd4");
    char *place = strstr(other, "%2D");

    while (place) {
        *place = '-';
        memmove(place + 1, place + 3, strlen(place + 3) + 1);
        place = strstr(other, "%2D");
    }
    assert_string_equal(plain, other);
    free(plain);
    free(other);
}

static void escapes_of_json_stay(void **state)
{
    char *found =
        of_json(*state, "{\"secret\":\"a\\n\\u00e4b\\\"c\",\"d\":\"e\"}");

    assert_non_null(strstr(found, "\\n\\u00e4"));
    assert_non_null(strstr(found, "\\\""));
    assert_non_null(strstr(found, "\"d\":\"e\"}"));
    free(found);
}

static void a_list_of_secrets_is_one(void **state)
{
    char *found = of_json(*state, "{\"token\":[\"s3cret-in-a-list\",{\"a\":"
                                  "\"plain\"}],\"b\":\"plain\"}");

    assert_null(strstr(found, "s3cret-in-a-list"));
    assert_non_null(strstr(found, "{\"a\":\"plain\"}],\"b\":\"plain\"}"));
    free(found);
}

/* What a secret would be read from, beside its own letters. */
struct hidden_row {
    const char *name;
    const char *text;
    const char *secret;
};

static struct hidden_row hidden_rows[] = {
    {"letters spelt as numbers",
     "{\"client_secret\":\"\\u0073\\u0065\\u0073\\u0061\\u006d\\u0065\"}",
     "\\u0073\\u0065\\u0073\\u0061\\u006d\\u0065"},
    {"a name whose letters are", "{\"client_secre\\u0074\":\"sesame4you\"}",
     "sesame4you"},
    {"a token that begins so", "{\"a\":\"\\u0078oxb-1-sesame4you\"}",
     "sesame4you"},
    {"a number", "{\"code\":4815162342,\"n\":1}", "4815162342"},
    {"a number below nothing", "{\"token\":[-4.8e15,4815162342]}",
     "4815162342"},
    {"a list in a text", "{\"a\":\"{\\\"token\\\":[\\\"sesame4you\\\"]}\"}",
     "sesame4you"},
    {"a form that begins with a bracket", "[0]=a&client_secret=sesame4you",
     "sesame4you"},
    {"a body that was cut off", "{\"client_secret\":[\"sesame4you",
     "sesame4you"},
    {"a name of JSON in JSON, in escapes",
     "{\"a\":\"{\\\"to\\\\u006ben\\\":\\\"sesame4you\\\"}\"}", "sesame4you"},
    {"a value of JSON in JSON, in escapes",
     "{\"a\":\"{\\\"token\\\":\\\"\\\\u0073\\\\u0065\\\\u0073\\\"}\"}",
     "\\\\u0073\\\\u0065\\\\u0073"},
    {"a value in a form, in escapes",
     "payload={\"token\":\"\\u0073\\u0065\\u0073\\u0061\"}",
     "\\u0073\\u0065\\u0073\\u0061"},
    {"a value encoded twice", "a=token%253D%2573%2565%2573%2561m",
     "%2573%2565%2573%2561"},
    {"a URL's password", "{\"url\":\"http://user:sesame4you@host/\"}",
     "sesame4you"},
    {"a backslash that is no escape", "client_secret=\\user4you", "user4you"},
};

static void is_hidden(void **state)
{
    const struct hidden_row *row = *state;
    struct redaction *redaction = redaction_create("key");
    struct buffer output = BUFFER_INIT;

    redaction_add_body(redaction, row->text, strlen(row->text), &output);
    redaction_free(redaction);
    assert_null(strstr(buffer_text(&output), row->secret));
    buffer_free(&output);
}

static void a_number_becomes_a_text_and_all_stays_json(void **state)
{
    char *found = of_json(*state, "{\"code\":48,\"n\":[1.5e3,-2]}");

    assert_true(strncmp(found, "{\"code\":\"", 9) == 0);
    assert_string_equal(found + 11, "\",\"n\":[1.5e3,-2]}");
    free(found);
}

static void what_is_known_is_found_in_other_spellings(void **state)
{
    char *known = of_text(*state, "client_secret=sesame4you");
    char *percents = of_text(*state, "note=%73esame%34you");
    char *numbers = of_json(*state, "{\"note\":\"\\u0073esame4you\"}");
    char *behind = of_json(*state, "{\"note\":\"a\\nsesame4you\"}");

    assert_null(strstr(percents, "esame"));
    assert_null(strstr(numbers, "esame"));
    assert_null(strstr(behind, "sesame4you"));
    free(known);
    free(percents);
    free(numbers);
    free(behind);
}

#define PART(name, content)                                                    \
    "--b\r\nContent-Disposition: form-data;\r\n name=" name "\r\n\r\n" content \
    "\r\n"

static void parts_are_secrets_by_their_names(void **state)
{
    static const char form[] =
        PART("\"client_secret\"", "sesame4you\r\nin2lines")
            PART("code", "4815162342") PART("text", "plain1text")
                PART("payload", "{\"token\":\"token4json\"}") "--b--\r\n";
    const struct redaction_body body = {form, strlen(form), "b"};
    struct buffer output = BUFFER_INIT;

    redaction_add_multipart(*state, &body, &output);
    assert_true(output.length == strlen(form));
    assert_null(strstr(output.data, "sesame4you"));
    assert_null(strstr(output.data, "in2lines"));
    assert_null(strstr(output.data, "4815162342"));
    assert_null(strstr(output.data, "token4json"));
    assert_non_null(strstr(output.data, PART("text", "plain1text")));
    assert_non_null(strstr(output.data, "}\r\n--b--\r\n"));
    buffer_free(&output);
}

/* The tenth digit may find no other one left. */
static void no_two_become_one(void **state)
{
    char seen[10] = "";

    for (const char *digit = "012345678"; *digit; digit++) {
        const char text[] = {'c', 'o', 'd', 'e', '=', *digit, '\0'};
        char *found = of_text(*state, text);

        assert_null(strchr(seen, found[5]));
        seen[strlen(seen)] = found[5];
        free(found);
    }
}

static void what_is_issued_is_learnt(void **state)
{
    struct reply original = REPLY_INIT;
    struct reply copy = REPLY_INIT;
    char *found;

    buffer_add_text(&original.body, "{\"access_token\":\"xoxe.xoxb-1-AAAA1\"}");
    buffer_add_text(&copy.body, "{\"access_token\":\"xoxe.xoxb-1-BBBB2\"}");
    assert_true(redaction_learn(*state, &original, &copy));
    found = of_text(*state, "token=xoxe.xoxb-1-AAAA1");
    assert_string_equal(found, "token=xoxe.xoxb-1-BBBB2");
    copy.status = 500;
    assert_false(redaction_learn(*state, &original, &copy));
    copy.status = 200;
    buffer_add_text(&copy.body, "!");
    assert_false(redaction_learn(*state, &original, &copy));
    reply_free(&original);
    reply_free(&copy);
    free(found);
}

#define ADD(function) add_test_with(&list, function, setup, teardown)

int main(void)
{
    struct test_list list = {.count = 0};

    ADD(a_secret_becomes_one_other_everywhere);
    add_rows(&list, stays, unchanged_rows);
    ADD(kind_and_numbers_of_a_token_stay);
    ADD(a_spelling_with_percents_is_the_same_secret);
    ADD(escapes_of_json_stay);
    ADD(a_list_of_secrets_is_one);
    add_rows(&list, is_hidden, hidden_rows);
    ADD(a_number_becomes_a_text_and_all_stays_json);
    ADD(what_is_known_is_found_in_other_spellings);
    ADD(parts_are_secrets_by_their_names);
    ADD(no_two_become_one);
    ADD(what_is_issued_is_learnt);
    return run_list("redaction", &list);
}
