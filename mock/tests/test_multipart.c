/* Multipart forms, as clients send them and as they should not. */
#include <stdlib.h>
#include <string.h>

#include "arguments/multipart.h"
#include "base/xalloc.h"
#include "check.h"

#define REFUSED " (refused)"
#define CRLF    "\r\n"
#define NAMED(name)                                                            \
    "Content-Disposition: form-data; name=\"" name "\"" CRLF CRLF
#define DISPOSITION(parameters)                                                \
    "--b" CRLF "Content-Disposition: form-data" parameters CRLF CRLF "x" CRLF  \
    "--b--" CRLF
#define PART(head, content) "--b" CRLF head CRLF CRLF content CRLF "--b--" CRLF
#define TYPED(type, content)                                                   \
    PART("Content-Disposition: form-data; name=\"a\"" CRLF                     \
         "Content-Type: " type,                                                \
         content)

/* What a body decodes to, with REFUSED after it if the body was refused. */
static struct shown decode(const char *bytes, size_t length,
                           const char *boundary, enum charset charset)
{
    struct arguments arguments = ARGUMENTS_INIT;
    int result = multipart_decode(bytes, length, boundary, charset, &arguments);
    struct shown shown = show_arguments(&arguments);

    if (result)
        shown_add(&shown, REFUSED, strlen(REFUSED));
    arguments_free(&arguments);
    return shown;
}

struct body_row {
    const char *name;
    const char *body; /* with the boundary "b" */
    const char *wanted;
};

static struct body_row delimiter_rows[] = {
    {"a part is an argument",
     "--b" CRLF NAMED("token") "xoxb-1" CRLF "--b--" CRLF, "token=xoxb-1"},
    {"parts keep their order",
     "--b" CRLF NAMED("b") "1" CRLF "--b" CRLF NAMED("a") "2" CRLF "--b--" CRLF,
     "b=1 | a=2"},
    {"a name may come twice",
     "--b" CRLF NAMED("a") "1" CRLF "--b" CRLF NAMED("a") "2" CRLF "--b--",
     "a=1 | a=2"},
    {"the last line end may be missing", "--b" CRLF NAMED("a") "1" CRLF "--b--",
     "a=1"},
    {"a preamble is ignored",
     "This is multipart." CRLF "--c" CRLF CRLF
     "--b" CRLF NAMED("a") "1" CRLF "--b--" CRLF,
     "a=1"},
    {"an epilogue is ignored",
     "--b" CRLF NAMED("a") "1" CRLF "--b--" CRLF "more" CRLF "--b" CRLF, "a=1"},
    {"blanks behind a delimiter do not matter",
     "--b \t" CRLF NAMED("a") "1" CRLF "--b \t" CRLF NAMED("b") "2" CRLF
                                                                "--b-- \t" CRLF,
     "a=1 | b=2"},
    {"blanks behind the last delimiter may end the body",
     "--b" CRLF NAMED("a") "1" CRLF "--b-- ", "a=1"},
    {"a line that begins like a delimiter is content",
     "--b" CRLF NAMED("a") "--bc" CRLF "--b-" CRLF "--b--c" CRLF "--b --" CRLF
                           "--b---" CRLF "--b c" CRLF "--b--",
     "a=--bc\\x0D\\x0A--b-\\x0D\\x0A--b--c\\x0D\\x0A--b --\\x0D\\x0A--b---"
     "\\x0D\\x0A--b c"},
    {"a delimiter inside a line is content",
     "--b" CRLF NAMED("a") "x--b" CRLF " --b" CRLF "-b" CRLF "---b" CRLF
                           "--b--",
     "a=x--b\\x0D\\x0A --b\\x0D\\x0A-b\\x0D\\x0A---b"},
    {"an empty value is a value", "--b" CRLF NAMED("a") CRLF "--b--", "a="},
    {"the empty line may be all of an empty value's end",
     "--b" CRLF NAMED("a") "--b--", "a="},
    {"line ends inside a value are kept",
     "--b" CRLF NAMED("a") CRLF "x" CRLF CRLF CRLF "--b--",
     "a=\\x0D\\x0Ax\\x0D\\x0A\\x0D\\x0A"},
    {"bare line feeds and carriage returns are kept",
     "--b" CRLF NAMED("a") "x\ny\rz\r" CRLF "--b--", "a=x\\x0Ay\\x0Dz\\x0D"},
    {"lines may end in bare line feeds",
     "--b\nContent-Disposition: form-data; name=\"a\"\n\nx\ny\n--b\n"
     "Content-Disposition: form-data; name=\"c\"\n\n\n--b--\n",
     "a=x\\x0Ay | c="},
    {"plus signs and escapes are bytes as any others",
     "--b" CRLF NAMED("a") "1+2%41&c=d" CRLF "--b--", "a=1+2%41&c=d"},
    {"an empty body is refused", "", REFUSED},
    {"a body without a delimiter is refused", "a=1", REFUSED},
    {"a body of another boundary is refused",
     "--c" CRLF NAMED("a") "1" CRLF "--c--", REFUSED},
    {"a body without a part is refused", "--b--" CRLF, REFUSED},
    {"a first delimiter without a part is refused", "--b" CRLF "--b--",
     REFUSED},
    {"a delimiter alone is refused", "--b", REFUSED},
    {"a body without its last delimiter is refused",
     "--b" CRLF NAMED("a") "1" CRLF, REFUSED},
    {"a body cut inside its last delimiter is refused",
     "--b" CRLF NAMED("a") "1" CRLF "--b-", REFUSED},
    {"a body cut behind an inner delimiter is refused",
     "--b" CRLF NAMED("a") "1" CRLF "--b" CRLF, "a=1" REFUSED},
    {"a part behind the last one that is broken is refused",
     "--b" CRLF NAMED("a") "1" CRLF "--b" CRLF "--b--", "a=1" REFUSED},
    {"a part cut inside its head is refused",
     "--b" CRLF "Content-Disposition: form-data; name=\"a\"", REFUSED},
};

static struct body_row head_rows[] = {
    {"a quoted name is read", DISPOSITION("; name=\"token\""), "token=x"},
    {"an unquoted name is read", DISPOSITION("; name=token"), "token=x"},
    {"escapes in a quoted name are undone",
     DISPOSITION("; name=\"a\\\"b\\\\c\\d\""), "a\"b\\cd=x"},
    {"an unquoted backslash is a byte as any other", DISPOSITION("; name=a\\b"),
     "a\\b=x"},
    {"percent signs in a name stay", DISPOSITION("; name=\"a%22b\""),
     "a%22b=x"},
    {"single quotes are no quotes", DISPOSITION("; name='a'"), "'a'=x"},
    {"letter case of the parameter does not matter", DISPOSITION("; NAME=a"),
     "a=x"},
    {"letter case of the field does not matter",
     PART("CONTENT-disposition: FORM-DATA; name=a", "x"), "a=x"},
    {"blanks in the field do not matter",
     PART("Content-Disposition:form-data ;\tname = \"a\" ", "x"), "a=x"},
    {"a folded field is one",
     PART("Content-Disposition: form-data;" CRLF "\tname" CRLF " =\"a\"", "x"),
     "a=x"},
    {"other fields do not matter",
     PART("X-Other: name=c" CRLF "Content-Disposition: form-data; name=a" CRLF
          "Content-Transfer-Encoding: 8bit",
          "x"),
     "a=x"},
    {"a file's value is its description",
     DISPOSITION("; name=\"file\"; filename=\"C:\\\\a; name=b\""),
     "file={\"name\":\"C:\\\\a; name=b\",\"type\":null,\"size\":1}"},
    {"a filename may come first",
     DISPOSITION("; filename=\"a.txt\"; name=\"file\""),
     "file={\"name\":\"a.txt\",\"type\":null,\"size\":1}"},
    {"a filename with broken quotes does not matter",
     DISPOSITION("; name=\"file\"; filename=\"C:\\"),
     "file={\"name\":\"\",\"type\":null,\"size\":1}"},
    {"of two names the first wins", DISPOSITION("; name=a; name=b"), "a=x"},
    {"of two dispositions the first wins",
     PART("Content-Disposition: form-data; name=a" CRLF
          "Content-Disposition: form-data; name=b",
          "x"),
     "a=x"},
    {"an empty name is a name", DISPOSITION("; name=\"\""), "=x"},
    {"an array's name is a name", DISPOSITION("; name=\"a[]\""), "a[]=x"},
    {"the disposition's type does not matter",
     PART("Content-Disposition: attachment; name=a", "x"), "a=x"},
    {"a part without a name is refused", DISPOSITION(""), REFUSED},
    {"a filename alone is refused", DISPOSITION("; filename=\"name=a\""),
     REFUSED},
    {"an extended name alone is refused", DISPOSITION("; name*=utf-8''a"),
     REFUSED},
    {"a name without a value is refused", DISPOSITION("; name"), REFUSED},
    {"a name with an open quote is refused", DISPOSITION("; name=\"a"),
     REFUSED},
    {"a name with more behind its quotes is refused",
     DISPOSITION("; name=\"a\"b"), REFUSED},
    {"a part without a disposition is refused",
     PART("Content-Type: text/plain", "x"), REFUSED},
    {"a part without a head is refused", "--b" CRLF CRLF "x" CRLF "--b--",
     REFUSED},
    {"a part without the empty line is refused",
     "--b" CRLF "Content-Disposition: form-data; name=a" CRLF "--b--", REFUSED},
    {"a value in the place of the empty line is refused",
     "--b" CRLF "Content-Disposition: form-data; name=a" CRLF "x" CRLF CRLF
     "y" CRLF "--b--",
     REFUSED},
    {"a head that begins with a blank is refused",
     PART(" Content-Disposition: form-data; name=a", "x"), REFUSED},
};

static struct body_row charset_rows[] = {
    {"a part without a charset is in the form's",
     TYPED("text/plain", "\xC3\xA9"), "a=\\xC3\\xA9"},
    {"a part may be in iso-8859-1, as Apache's client sends it",
     TYPED("text/plain; charset=ISO-8859-1", "\xE9"), "a=\\xC3\\xA9"},
    {"a part's charset may be quoted",
     TYPED("text/plain; charset=\"Iso-8859-1\"", "\xE9"), "a=\\xC3\\xA9"},
    {"a charset counts for its own part alone",
     "--b" CRLF "Content-Type: text/plain; charset=iso-8859-1" CRLF NAMED(
         "a") "\xE9" CRLF "--b" CRLF NAMED("c") "\xC3\xA9" CRLF "--b--",
     "a=\\xC3\\xA9 | c=\\xC3\\xA9"},
    {"a file's type does not matter", TYPED("image/png", "PNG"), "a=PNG"},
    {"of two types the first charset wins",
     TYPED("text/plain; charset=iso-8859-1" CRLF
           "Content-Type: text/plain; charset=utf-8",
           "\xE9"),
     "a=\\xC3\\xA9"},
    {"a name is in the form's charset, not its part's",
     "--b" CRLF "Content-Type: text/plain; charset=iso-8859-1" CRLF NAMED(
         "\xC3\xA9") "\xE9" CRLF "--b--",
     "\\xC3\\xA9=\\xC3\\xA9"},
    {"a value invalid in the form's charset is refused",
     TYPED("text/plain", "\xE9"), REFUSED},
    {"a value invalid in its part's charset is refused",
     TYPED("text/plain; charset=utf-8", "\xE9"), REFUSED},
    {"a part in another charset is refused",
     TYPED("text/plain; charset=koi8-r", "x"), REFUSED},
    {"a name invalid in the form's charset is refused",
     DISPOSITION("; name=\"\xE9\""), REFUSED},
};

static void decodes(void **state)
{
    const struct body_row *row = *state;
    struct shown shown =
        decode(row->body, strlen(row->body), "b", CHARSET_NONE);

    assert_string_equal(shown.text, row->wanted);
}

static struct body_row latin1_rows[] = {
    {"a form's iso-8859-1 becomes UTF-8, names too",
     "--b" CRLF NAMED("\xE9") "\xE9" CRLF "--b--", "\\xC3\\xA9=\\xC3\\xA9"},
    {"a part's own utf-8 goes before the form's iso-8859-1",
     TYPED("text/plain; charset=UTF-8", "\xC3\xA9"), "a=\\xC3\\xA9"},
};

static void decodes_latin1(void **state)
{
    const struct body_row *row = *state;
    struct shown shown =
        decode(row->body, strlen(row->body), "b", CHARSET_ISO_8859_1);

    assert_string_equal(shown.text, row->wanted);
}

static void nuls_are_kept(void **state)
{
    const char body[] = "--b" CRLF NAMED("a\0c") "x\0y" CRLF "--b--";
    struct shown shown = decode(body, sizeof body - 1, "b", CHARSET_NONE);

    (void)state;
    assert_string_equal(shown.text, "a\\x00c=x\\x00y");
}

static void a_body_ends_at_its_length(void **state)
{
    const char body[] = "--b" CRLF NAMED("a") "x" CRLF "--b--";
    struct shown shown = decode(body, sizeof body - 2, "b", CHARSET_NONE);

    (void)state;
    assert_string_equal(shown.text, REFUSED);
}

static void no_boundary_is_refused(void **state)
{
    const char body[] = "--" CRLF NAMED("a") "x" CRLF "----";
    struct shown shown = decode(body, sizeof body - 1, "", CHARSET_NONE);

    (void)state;
    assert_string_equal(shown.text, REFUSED);
}

static void an_absent_body_is_refused(void **state)
{
    struct shown shown = decode(NULL, 0, "b", CHARSET_NONE);

    (void)state;
    assert_string_equal(shown.text, REFUSED);
}

static void a_boundary_may_end_in_hyphens(void **state)
{
    const char body[] = "--b--" CRLF NAMED("a") "--b" CRLF "--b----";
    struct shown shown = decode(body, sizeof body - 1, "b--", CHARSET_NONE);

    (void)state;
    assert_string_equal(shown.text, "a=--b");
}

static void a_delimiter_with_a_colon_is_no_header_field(void **state)
{
    const char body[] =
        "--b:c" CRLF "Content-Disposition: form-data; name=a" CRLF
        "--b:c" CRLF NAMED("d") "x" CRLF "--b:c--";
    struct shown shown = decode(body, sizeof body - 1, "b:c", CHARSET_NONE);

    (void)state;
    assert_string_equal(shown.text, REFUSED);
}

static void a_boundary_minds_the_letter_case(void **state)
{
    const char body[] = "--B" CRLF NAMED("a") "x" CRLF "--B--";
    struct shown shown = decode(body, sizeof body - 1, "b", CHARSET_NONE);

    (void)state;
    assert_string_equal(shown.text, REFUSED);
}

/* Decodes a body of a head and then `unit` up to two million bytes. */
static int decode_flood(const char *head, const char *unit)
{
    struct arguments arguments = ARGUMENTS_INIT;
    struct buffer body = BUFFER_INIT;
    int result;

    buffer_add_text(&body, head);
    while (body.length < 2000000)
        buffer_add_text(&body, unit);
    buffer_add_text(&body, CRLF "--b--");
    result =
        multipart_decode(body.data, body.length, "b", CHARSET_NONE, &arguments);
    buffer_free(&body);
    arguments_free(&arguments);
    return result;
}

/* Read again from each line, any of these would take hours. */
static void a_hostile_body_is_read_in_one_pass(void **state)
{
    (void)state;
    assert_number(decode_flood("", "\n"), -1);
    assert_number(decode_flood("", "--b-" CRLF), -1);
    assert_number(decode_flood("--b" CRLF, "a:" CRLF), -1);
    assert_number(decode_flood("--b" CRLF "Content-Disposition: form-data",
                               "; name=\"\\"),
                  -1);
    assert_number(decode_flood("--b" CRLF "Content-Disposition: x", CRLF " "),
                  -1);
    assert_number(decode_flood("--b" CRLF NAMED("a"), CRLF "--"), 0);
    assert_number(
        decode_flood("--b" CRLF NAMED("a"), CRLF "--b" CRLF NAMED("a")), 0);
}

int main(void)
{
    struct test_list list = {.count = 0};

    add_rows(&list, decodes, delimiter_rows);
    add_rows(&list, decodes, head_rows);
    add_rows(&list, decodes, charset_rows);
    add_rows(&list, decodes_latin1, latin1_rows);
    add_test(&list, nuls_are_kept);
    add_test(&list, a_body_ends_at_its_length);
    add_test(&list, no_boundary_is_refused);
    add_test(&list, an_absent_body_is_refused);
    add_test(&list, a_boundary_may_end_in_hyphens);
    add_test(&list, a_delimiter_with_a_colon_is_no_header_field);
    add_test(&list, a_boundary_minds_the_letter_case);
    add_test(&list, a_hostile_body_is_read_in_one_pass);
    return run_list("multipart", &list);
}
