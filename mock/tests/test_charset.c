/* The two charsets of a POST, and what counts as UTF-8. */
#include <string.h>

#include "base/charset.h"
#include "check.h"

#define REFUSED " (refused)"

struct name_row {
    const char *name;
    const char *charset;
    enum charset wanted;
};

static struct name_row name_rows[] = {
    {"utf-8 is known", "utf-8", CHARSET_UTF_8},
    {"UTF-8 is known in capitals", "UTF-8", CHARSET_UTF_8},
    {"Utf-8 is known in mixed case", "Utf-8", CHARSET_UTF_8},
    {"iso-8859-1 is known", "iso-8859-1", CHARSET_ISO_8859_1},
    {"ISO-8859-1 is known in capitals", "ISO-8859-1", CHARSET_ISO_8859_1},
    {"utf8 without its hyphen is another charset", "utf8", CHARSET_OTHER},
    {"latin1 is another charset", "latin1", CHARSET_OTHER},
    {"iso-8859-15 is another charset", "iso-8859-15", CHARSET_OTHER},
    {"utf-16 is another charset", "utf-16", CHARSET_OTHER},
    {"us-ascii is another charset", "us-ascii", CHARSET_OTHER},
    {"an empty name is another charset", "", CHARSET_OTHER},
};

static void knows_name(void **state)
{
    const struct name_row *row = *state;

    assert_number(charset_from_name(row->charset, strlen(row->charset)),
                  row->wanted);
}

static void a_name_ends_at_its_length(void **state)
{
    (void)state;
    assert_number(charset_from_name("utf-8; x", 5), CHARSET_UTF_8);
    assert_number(charset_from_name("utf-8\0x", 7), CHARSET_OTHER);
}

struct utf8_row {
    const char *name;
    const char *bytes;
    bool wanted;
};

static struct utf8_row utf8_rows[] = {
    {"ASCII is UTF-8", "token\x7F", true},
    {"nothing is UTF-8", "", true},
    {"the first of two bytes, U+0080, is UTF-8", "\xC2\x80", true},
    {"the last of two bytes, U+07FF, is UTF-8", "\xDF\xBF", true},
    {"the first of three bytes, U+0800, is UTF-8", "\xE0\xA0\x80", true},
    {"the last before the surrogates is UTF-8", "\xED\x9F\xBF", true},
    {"the first behind the surrogates is UTF-8", "\xEE\x80\x80", true},
    {"the last of three bytes, U+FFFF, is UTF-8", "\xEF\xBF\xBF", true},
    {"the first of four bytes, U+10000, is UTF-8", "\xF0\x90\x80\x80", true},
    {"the last of all, U+10FFFF, is UTF-8", "\xF4\x8F\xBF\xBF", true},
    {"characters of each length go together",
     "a\xC3\xA9\xE2\x82\xAC"
     "\xF0\x9F\x98\x80z",
     true},
    {"a continuation byte alone is not", "\x80", false},
    {"an overlong slash of two bytes is not", "\xC0\xAF", false},
    {"an overlong C1 is not", "\xC1\xBF", false},
    {"an overlong form of three bytes is not", "\xE0\x9F\xBF", false},
    {"an overlong form of four bytes is not", "\xF0\x8F\xBF\xBF", false},
    {"the first surrogate is not", "\xED\xA0\x80", false},
    {"the last surrogate is not", "\xED\xBF\xBF", false},
    {"what lies beyond U+10FFFF is not", "\xF4\x90\x80\x80", false},
    {"F5 begins nothing", "\xF5\x80\x80\x80", false},
    {"FF begins nothing", "\xFF", false},
    {"a character of two cut after one is not", "a\xC3", false},
    {"a character of three cut after two is not", "\xE2\x82", false},
    {"a character of four cut after three is not", "\xF0\x9F\x98", false},
    {"a letter in the place of a continuation is not", "\xC3(", false},
    {"a letter in the third place is not", "\xE2\x82(", false},
    {"a letter in the fourth place is not", "\xF0\x9F\x98(", false},
    {"C0 in the third place is not", "\xE2\x82\xC0", false},
};

static void judges_utf8(void **state)
{
    const struct utf8_row *row = *state;

    assert_number(charset_is_utf8(row->bytes, strlen(row->bytes)), row->wanted);
}

static void a_nul_is_a_character_as_any_other(void **state)
{
    (void)state;
    assert_true(charset_is_utf8("a\0b", 3));
    assert_false(charset_is_utf8("a\0\xFF", 3));
}

static void a_character_ends_with_the_length(void **state)
{
    (void)state;
    assert_false(charset_is_utf8("\xC3\xA9", 1));
}

/*
 * What a buffer that held "<" holds afterwards, with REFUSED after it if the
 * text was refused.
 */
static struct shown convert(enum charset charset, const char *bytes,
                            size_t length)
{
    struct buffer output = BUFFER_INIT;
    struct shown shown = {""};
    int result;

    buffer_add_text(&output, "<");
    result = charset_to_utf8(charset, bytes, length, &output);
    shown_add(&shown, output.data, output.length);
    if (result)
        shown_add(&shown, REFUSED, strlen(REFUSED));
    buffer_free(&output);
    return shown;
}

struct convert_row {
    const char *name;
    enum charset charset;
    const char *bytes;
    const char *wanted;
};

static struct convert_row convert_rows[] = {
    {"UTF-8 stays as it is", CHARSET_UTF_8, "\xC3\xA9", "<\\xC3\\xA9"},
    {"no charset is UTF-8", CHARSET_NONE, "\xC3\xA9", "<\\xC3\\xA9"},
    {"no charset refuses what is not UTF-8", CHARSET_NONE, "a\xE9",
     "<" REFUSED},
    {"UTF-8 refuses what is not UTF-8", CHARSET_UTF_8, "a\xE9", "<" REFUSED},
    {"E9 of iso-8859-1 is C3 A9", CHARSET_ISO_8859_1, "\xE9", "<\\xC3\\xA9"},
    {"80 of iso-8859-1 is C2 80", CHARSET_ISO_8859_1, "\x80", "<\\xC2\\x80"},
    {"BF of iso-8859-1 is C2 BF", CHARSET_ISO_8859_1, "\xBF", "<\\xC2\\xBF"},
    {"C0 of iso-8859-1 is C3 80", CHARSET_ISO_8859_1, "\xC0", "<\\xC3\\x80"},
    {"FF of iso-8859-1 is C3 BF", CHARSET_ISO_8859_1, "\xFF", "<\\xC3\\xBF"},
    {"ASCII of iso-8859-1 stays", CHARSET_ISO_8859_1, "az\x7F", "<az\\x7F"},
    {"another charset takes not even ASCII", CHARSET_OTHER, "a", "<" REFUSED},
    {"another charset takes not even nothing", CHARSET_OTHER, "", "<" REFUSED},
    {"nothing is valid in UTF-8", CHARSET_UTF_8, "", "<"},
};

static void converts(void **state)
{
    const struct convert_row *row = *state;
    struct shown shown = convert(row->charset, row->bytes, strlen(row->bytes));

    assert_string_equal(shown.text, row->wanted);
}

static void nuls_are_kept(void **state)
{
    struct shown utf8 = convert(CHARSET_UTF_8, "a\0b", 3);
    struct shown latin1 = convert(CHARSET_ISO_8859_1, "a\0b", 3);

    (void)state;
    assert_string_equal(utf8.text, "<a\\x00b");
    assert_string_equal(latin1.text, "<a\\x00b");
}

static void every_byte_of_iso_8859_1_becomes_utf8(void **state)
{
    struct buffer output = BUFFER_INIT;
    bool is_utf8;
    char all[256];

    (void)state;
    for (int byte = 0; byte < 256; byte++)
        all[byte] = (char)(unsigned char)byte;
    charset_to_utf8(CHARSET_ISO_8859_1, all, sizeof all, &output);
    is_utf8 = output.length == 128 + 2 * 128 &&
              charset_is_utf8(output.data, output.length);
    buffer_free(&output);
    assert_true(is_utf8);
}

int main(void)
{
    struct test_list list = {.count = 0};

    add_rows(&list, knows_name, name_rows);
    add_test(&list, a_name_ends_at_its_length);
    add_rows(&list, judges_utf8, utf8_rows);
    add_test(&list, a_nul_is_a_character_as_any_other);
    add_test(&list, a_character_ends_with_the_length);
    add_rows(&list, converts, convert_rows);
    add_test(&list, nuls_are_kept);
    add_test(&list, every_byte_of_iso_8859_1_becomes_utf8);
    return run_list("charset", &list);
}
