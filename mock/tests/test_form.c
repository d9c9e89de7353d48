/* Urlencoded forms, as clients send them and as they should not. */
#include <stdlib.h>
#include <string.h>

#include "arguments/form.h"
#include "base/xalloc.h"
#include "check.h"

#define REFUSED " (refused)"

/* What a form decodes to, with REFUSED after it if the form was refused. */
static struct shown decode(const char *bytes, size_t length,
                           enum charset charset)
{
    struct arguments arguments = ARGUMENTS_INIT;
    int result = form_decode(bytes, length, charset, &arguments);
    struct shown shown = show_arguments(&arguments);

    if (result)
        shown_add(&shown, REFUSED, strlen(REFUSED));
    arguments_free(&arguments);
    return shown;
}

struct form_row {
    const char *name;
    const char *form;
    const char *wanted;
};

static struct form_row utf8_rows[] = {
    {"a field is an argument", "token=xoxb-1", "token=xoxb-1"},
    {"fields keep their order", "b=1&a=2&c=3", "b=1 | a=2 | c=3"},
    {"a name may come twice", "a=1&a=2", "a=1 | a=2"},
    {"an empty form has no arguments", "", ""},
    {"an empty value is a value", "token=", "token="},
    {"a piece without equals sign has an empty value", "token", "token="},
    {"an empty piece is no argument", "a=1&&b=2", "a=1 | b=2"},
    {"a form of ampersands has no arguments", "&&&", ""},
    {"ampersands at the ends do not matter", "&a=1&", "a=1"},
    {"a piece may have an empty name", "=x", "=x"},
    {"an equals sign alone is an empty argument", "=", "="},
    {"the first equals sign ends the name", "a=b=c", "a=b=c"},
    {"later equals signs belong to the value", "a==", "a=="},
    {"a plus sign is a space", "a+b=c+d", "a b=c d"},
    {"an escaped plus sign stays one", "a=1%2B2", "a=1+2"},
    {"an escape is a byte", "a=%41%2f%2F", "a=A//"},
    {"digits of an escape may have either case", "a=%6a%6A%c3%A9",
     "a=jj\\xC3\\xA9"},
    {"an escaped percent sign is not an escape", "a=%2541", "a=%41"},
    {"an escaped ampersand divides nothing", "a=1%26b=2", "a=1&b=2"},
    {"an escaped equals sign ends no name", "a%3Db=c", "a=b=c"},
    {"a name may be escaped", "%74oken=x", "token=x"},
    {"an escaped NUL is kept", "a=x%00y", "a=x\\x00y"},
    {"an escaped NUL is kept in a name", "a%00=x", "a\\x00=x"},
    {"a semicolon divides nothing", "a=1;b=2", "a=1;b=2"},
    {"brackets of arrays are kept in the name", "a[]=1&b%5B%5D=2",
     "a[]=1 | b[]=2"},
    {"line ends are kept", "a=1\r\n", "a=1\\x0D\\x0A"},
    {"bare UTF-8 is taken", "a=\xC3\xA9", "a=\\xC3\\xA9"},
    {"escaped UTF-8 is taken", "a=%E2%82%AC", "a=\\xE2\\x82\\xAC"},
    {"a character half escaped is taken", "a=\xC3%A9", "a=\\xC3\\xA9"},
    {"an escape of other letters is refused", "a=%zz", REFUSED},
    {"a bad second digit is refused", "a=%4g", REFUSED},
    {"a bad first digit is refused", "a=%g4", REFUSED},
    {"a sign is no digit", "a=%+4", REFUSED},
    {"an escape cut after one digit is refused", "a=%4", REFUSED},
    {"an escape cut after the percent sign is refused", "a=%", REFUSED},
    {"an ampersand cuts an escape", "a=%4&1=b", REFUSED},
    {"an equals sign cuts an escape", "a%4=1", REFUSED},
    {"a bad escape in a name is refused", "%zz=a", REFUSED},
    {"a byte of iso-8859-1 is refused", "a=%e9", REFUSED},
    {"a name that is not UTF-8 is refused", "%e9=a", REFUSED},
    {"an overlong form is refused", "a=%c0%af", REFUSED},
    {"a surrogate is refused", "a=%ed%a0%80", REFUSED},
    {"a cut character is refused", "a=%e2%82", REFUSED},
    {"an ampersand cuts a character", "a=%c3&%a9=b", REFUSED},
    {"what stood before the bad piece stays", "a=1&b=%zz&c=3", "a=1" REFUSED},
};

static void decodes(void **state)
{
    const struct form_row *row = *state;
    struct shown shown = decode(row->form, strlen(row->form), CHARSET_UTF_8);

    assert_string_equal(shown.text, row->wanted);
    shown = decode(row->form, strlen(row->form), CHARSET_NONE);
    assert_string_equal(shown.text, row->wanted);
}

static struct form_row latin1_rows[] = {
    {"an escaped byte of iso-8859-1 becomes UTF-8", "a=%e9", "a=\\xC3\\xA9"},
    {"a bare byte of iso-8859-1 becomes UTF-8", "a=\xE9", "a=\\xC3\\xA9"},
    {"a name in iso-8859-1 becomes UTF-8", "%E9=a", "\\xC3\\xA9=a"},
    {"every byte is a character of iso-8859-1", "a=%c3%a9",
     "a=\\xC3\\x83\\xC2\\xA9"},
    {"a bad escape is bad in iso-8859-1 too", "a=%e", REFUSED},
};

static void decodes_latin1(void **state)
{
    const struct form_row *row = *state;
    struct shown shown =
        decode(row->form, strlen(row->form), CHARSET_ISO_8859_1);

    assert_string_equal(shown.text, row->wanted);
}

static void another_charset_is_refused(void **state)
{
    struct shown shown = decode("a=1", 3, CHARSET_OTHER);

    (void)state;
    assert_string_equal(shown.text, REFUSED);
}

static void an_absent_form_has_no_arguments(void **state)
{
    struct shown shown = decode(NULL, 0, CHARSET_NONE);

    (void)state;
    assert_string_equal(shown.text, "");
}

static void a_form_ends_at_its_length(void **state)
{
    struct shown whole = decode("a=1&b=2", 4, CHARSET_NONE);
    struct shown cut = decode("a=%41", 4, CHARSET_NONE);

    (void)state;
    assert_string_equal(whole.text, "a=1");
    assert_string_equal(cut.text, REFUSED);
}

static void a_bare_nul_is_kept(void **state)
{
    struct shown shown = decode("a=x\0y&b=1", 9, CHARSET_NONE);

    (void)state;
    assert_string_equal(shown.text, "a=x\\x00y | b=1");
}

static void a_form_is_added_to_what_is_there(void **state)
{
    struct arguments arguments = ARGUMENTS_INIT;
    struct shown shown;

    (void)state;
    form_decode("a=1", 3, CHARSET_NONE, &arguments);
    form_decode("a=2", 3, CHARSET_NONE, &arguments);
    shown = show_arguments(&arguments);
    arguments_free(&arguments);
    assert_string_equal(shown.text, "a=1 | a=2");
}

/* Read again from each piece, this would take hours. */
static void a_million_pieces_are_read_in_one_pass(void **state)
{
    struct arguments arguments = ARGUMENTS_INIT;
    size_t length = 2000000;
    char *form = xmalloc(length);
    size_t count;
    int result;

    (void)state;
    for (size_t i = 0; i < length; i++)
        form[i] = i % 2 ? '&' : 'a';
    result = form_decode(form, length, CHARSET_NONE, &arguments);
    count = arguments.count;
    arguments_free(&arguments);
    free(form);
    assert_number(result, 0);
    assert_number(count, length / 2);
}

/* An escape in one place has all of the form decoded, text by text. */
static void texts_beside_an_escaped_one_are_decoded_too(void **state)
{
    static const char mixed[] = "a=\xc3\xa9&b=%C3%A9&c=x+y&d=%26";
    static const char bad[] = "a=%41&b=\xc3&c=\xa9";
    static const char plain_bad[] = "a=\xc3&\xa9=1";
    struct shown shown = decode(mixed, sizeof mixed - 1, CHARSET_NONE);
    struct shown refused = decode(bad, sizeof bad - 1, CHARSET_NONE);
    struct shown plain = decode(plain_bad, sizeof plain_bad - 1, CHARSET_NONE);

    (void)state;
    assert_string_equal(shown.text,
                        "a=\\xC3\\xA9 | b=\\xC3\\xA9 | c=x y | d=&");
    assert_string_equal(refused.text, "a=A" REFUSED);
    assert_string_equal(plain.text, REFUSED);
}

int main(void)
{
    struct test_list list = {.count = 0};

    add_rows(&list, decodes, utf8_rows);
    add_rows(&list, decodes_latin1, latin1_rows);
    add_test(&list, another_charset_is_refused);
    add_test(&list, an_absent_form_has_no_arguments);
    add_test(&list, a_form_ends_at_its_length);
    add_test(&list, a_bare_nul_is_kept);
    add_test(&list, a_form_is_added_to_what_is_there);
    add_test(&list, a_million_pieces_are_read_in_one_pass);
    add_test(&list, texts_beside_an_escaped_one_are_decoded_too);
    return run_list("form", &list);
}
