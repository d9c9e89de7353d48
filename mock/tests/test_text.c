/* Text compared as ASCII, and the nearest word of a list. */
#include <limits.h>
#include <string.h>

#include "base/text.h"
#include "check.h"

static void letter_case_does_not_matter(void **state)
{
    (void)state;
    assert_true(text_equals_ignore_case("uTf-8", 5, "UtF-8"));
    assert_true(text_equals_ignore_case("", 0, ""));
}

static void bytes_beside_the_letters_are_no_letters(void **state)
{
    (void)state;
    assert_false(text_equals_ignore_case("@", 1, "`"));
    assert_false(text_equals_ignore_case("[", 1, "{"));
    assert_false(text_equals_ignore_case("\xC9", 1, "\xE9"));
}

static void a_beginning_is_not_the_whole(void **state)
{
    (void)state;
    assert_false(text_equals_ignore_case("utf", 3, "utf-8"));
    assert_false(text_equals_ignore_case("utf-8", 5, "utf"));
    assert_false(text_equals("utf", 3, "utf-8"));
    assert_false(text_equals("utf-8", 5, "utf"));
}

static void a_nul_among_the_bytes_does_not_end_them(void **state)
{
    (void)state;
    assert_false(text_equals("a\0b", 3, "a"));
    assert_false(text_equals_ignore_case("a\0b", 3, "a"));
    assert_false(text_equals_ignore_case("a\0", 2, "a"));
}

static void equality_minds_the_letter_case(void **state)
{
    (void)state;
    assert_true(text_equals("token", 5, "token"));
    assert_false(text_equals("Token", 5, "token"));
}

/*
 * The comparison does not stop early, so a wrong byte must be found anywhere.
 */
static void every_byte_of_a_secret_counts(void **state)
{
    static const char secret[] = "e1b9e11dfcd19c1982d5de12921e17e8c";
    char sent[sizeof secret];
    size_t length = strlen(secret);

    (void)state;
    assert_true(text_equals_secret(secret, length, secret));
    assert_true(text_equals_secret("", 0, ""));
    assert_false(text_equals_secret(secret, length - 1, secret));
    assert_false(text_equals_secret(secret, length + 1, secret));
    assert_false(text_equals_secret("", 0, secret));
    for (size_t i = 0; i < length; i++) {
        memcpy(sent, secret, sizeof secret);
        sent[i] = (char)(sent[i] ^ 1);
        assert_false(text_equals_secret(sent, length, secret));
        sent[i] = '\0';
        assert_false(text_equals_secret(sent, length, secret));
    }
}

static void letters_and_digits_are_those_of_ascii(void **state)
{
    const char *wanted =
        "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    char found[257] = "";
    size_t count = 0;

    (void)state;
    for (int byte = 0; byte < 256; byte++) {
        if (text_is_alphanumeric((char)(unsigned char)byte))
            found[count++] = (char)byte;
    }
    assert_string_equal(found, wanted);
}

static void space_and_tab_are_blank_and_nothing_else(void **state)
{
    (void)state;
    for (int byte = 0; byte < 256; byte++)
        assert_number(text_is_blank((char)(unsigned char)byte),
                      byte == ' ' || byte == '\t');
}

static const char *const keys[] = {"description", "error", "extends", "reply",
                                   "rules",       "id",    "seed"};

struct nearest_row {
    const char *name;
    const char *word;
    const char *wanted; /* NULL for none */
};

static struct nearest_row nearest_rows[] = {
    {"a missing letter is one slip", "eror", "error"},
    {"a letter too many is one slip", "errror", "error"},
    {"a wrong letter is one slip", "errar", "error"},
    {"two neighbours exchanged are one slip", "erorr", "error"},
    {"neighbours exchanged at the start are one slip", "esed", "seed"},
    {"two letters exchanged across a third are two slips", "roler", NULL},
    {"a word of six may have two slips", "rulles", "rules"},
    {"a word of five may have one slip only", "erxxr", NULL},
    {"a third of eleven letters is three", "dexcrxptxon", "description"},
    {"four slips in eleven letters are too many", "dexcrxptxxn", NULL},
    {"the word itself is its nearest", "rules", "rules"},
    {"a word of two may have one slip", "ID", NULL},
    {"a word of one letter may have one slip", "i", "id"},
    {"the empty word is near none of these", "", NULL},
    {"a word like nothing has no nearest", "colour", NULL},
    {"a longer beginning is not near", "rep", NULL},
};

static void finds_nearest(void **state)
{
    const struct nearest_row *row = *state;
    const char *nearest =
        text_nearest(row->word, keys, sizeof keys / sizeof keys[0]);

    assert_string_equal(nearest ? nearest : "(none)",
                        row->wanted ? row->wanted : "(none)");
}

static void the_first_of_two_equally_near_wins(void **state)
{
    const char *const words[] = {"bat", "hat", "cat"};

    (void)state;
    assert_string_equal(text_nearest("xat", words, 3), "bat");
}

static void a_nearer_candidate_beats_an_earlier_one(void **state)
{
    const char *const words[] = {"client_ix", "client_id", "client_i"};

    (void)state;
    assert_string_equal(text_nearest("client_id", words, 3), "client_id");
}

static void no_candidates_have_no_nearest(void **state)
{
    (void)state;
    assert_null(text_nearest("error", NULL, 0));
}

static void a_token_of_http_has_letters_digits_and_some_marks(void **state)
{
    static const char all[] = "!#$%&'*+-.^_`|~0123456789"
                              "abcdefghijklmnopqrstuvwxyz"
                              "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    (void)state;
    for (int byte = 0; byte <= UCHAR_MAX; byte++)
        assert_number(text_is_token_byte((char)byte),
                      memchr(all, byte, sizeof all - 1) != NULL);
}

int main(void)
{
    struct test_list list = {.count = 0};

    add_test(&list, letter_case_does_not_matter);
    add_test(&list, bytes_beside_the_letters_are_no_letters);
    add_test(&list, a_beginning_is_not_the_whole);
    add_test(&list, a_nul_among_the_bytes_does_not_end_them);
    add_test(&list, equality_minds_the_letter_case);
    add_test(&list, every_byte_of_a_secret_counts);
    add_test(&list, letters_and_digits_are_those_of_ascii);
    add_test(&list, space_and_tab_are_blank_and_nothing_else);
    add_rows(&list, finds_nearest, nearest_rows);
    add_test(&list, the_first_of_two_equally_near_wins);
    add_test(&list, a_nearer_candidate_beats_an_earlier_one);
    add_test(&list, no_candidates_have_no_nearest);
    add_test(&list, a_token_of_http_has_letters_digits_and_some_marks);
    return run_list("text", &list);
}
