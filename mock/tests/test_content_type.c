/* What is read from a Content-Type header. */
#include <stdio.h>

#include "arguments/content_type.h"
#include "check.h"

struct media_row {
    const char *name;
    const char *value;
    enum media_type wanted;
};

static struct media_row media_rows[] = {
    {"an absent header is no type", NULL, MEDIA_NONE},
    {"an empty header is no type", "", MEDIA_NONE},
    {"a header of blanks is no type", " \t ", MEDIA_NONE},
    {"a header of parameters alone is another type", "; charset=utf-8",
     MEDIA_OTHER},
    {"a header of one semicolon is another type", ";", MEDIA_OTHER},
    {"application/json is known", "application/json", MEDIA_JSON},
    {"a urlencoded form is known", "application/x-www-form-urlencoded",
     MEDIA_URLENCODED},
    {"a multipart form is known", "multipart/form-data", MEDIA_MULTIPART},
    {"text/plain is known", "text/plain", MEDIA_TEXT},
    {"letter case does not matter", "Application/JSON", MEDIA_JSON},
    {"blanks around the type do not matter", " \ttext/plain\t ", MEDIA_TEXT},
    {"parameters do not matter", "application/json;charset=utf-8", MEDIA_JSON},
    {"blanks before a semicolon do not matter",
     "application/json ; charset=utf-8", MEDIA_JSON},
    {"a closing semicolon does not matter", "application/json;", MEDIA_JSON},
    {"unknown parameters do not matter", "text/plain; format=flowed; x",
     MEDIA_TEXT},
    {"text/html is another type", "text/html", MEDIA_OTHER},
    {"other multiparts are another type", "multipart/mixed; boundary=x",
     MEDIA_OTHER},
    {"a longer name is another type", "application/json5", MEDIA_OTHER},
    {"a shorter name is another type", "application/jso", MEDIA_OTHER},
    {"a type without its half is another type", "json", MEDIA_OTHER},
    {"a suffix is another type", "application/vnd.api+json", MEDIA_OTHER},
    {"two types are another type", "application/json, application/json",
     MEDIA_OTHER},
    {"blanks inside are another type", "application / json", MEDIA_OTHER},
    {"a charset without its semicolon is another type",
     "application/json charset=utf-8", MEDIA_OTHER},
};

static void reads_media_type(void **state)
{
    const struct media_row *row = *state;

    assert_number(content_type_parse(row->value).media, row->wanted);
}

struct charset_row {
    const char *name;
    const char *parameters; /* what follows "text/plain" */
    enum charset wanted;
};

static struct charset_row charset_rows[] = {
    {"no parameter is no charset", "", CHARSET_NONE},
    {"utf-8 is read", ";charset=utf-8", CHARSET_UTF_8},
    {"iso-8859-1 is read", "; charset=iso-8859-1", CHARSET_ISO_8859_1},
    {"a name in capitals is read", "; CHARSET=UTF-8", CHARSET_UTF_8},
    {"a quoted charset is read", "; charset=\"Utf-8\"", CHARSET_UTF_8},
    {"an escape in quotes is undone", "; charset=\"ut\\f-8\"", CHARSET_UTF_8},
    {"blanks around the semicolon do not matter", "\t ; \tcharset=utf-8",
     CHARSET_UTF_8},
    {"blanks around the equals sign do not matter", "; charset = utf-8",
     CHARSET_UTF_8},
    {"blanks around a quoted value do not matter", ";charset= \"utf-8\" ; x=y",
     CHARSET_UTF_8},
    {"blanks at the end do not matter", "; charset=utf-8 \t", CHARSET_UTF_8},
    {"blanks inside the quotes do", "; charset=\" utf-8\"", CHARSET_OTHER},
    {"of two charsets the first wins", "; charset=utf-8; charset=iso-8859-1",
     CHARSET_UTF_8},
    {"an unknown first charset wins too", "; charset=koi8-r; charset=utf-8",
     CHARSET_OTHER},
    {"an empty value is another charset", "; charset=", CHARSET_OTHER},
    {"an empty value before a parameter is another charset",
     "; charset= ; x=utf-8", CHARSET_OTHER},
    {"an empty quoted value is another charset", "; charset=\"\"",
     CHARSET_OTHER},
    {"single quotes are no quotes", "; charset='utf-8'", CHARSET_OTHER},
    {"a quote that is not closed is another charset", "; charset=\"utf-8",
     CHARSET_OTHER},
    {"a quote closed by an escape is not closed", "; charset=\"utf-8\\\"",
     CHARSET_OTHER},
    {"a quote that ends in a backslash is not closed", "; charset=\"utf-8\\",
     CHARSET_OTHER},
    {"more behind the quotes is another charset", "; charset=\"utf-8\"x",
     CHARSET_OTHER},
    {"utf8 is another charset", "; charset=utf8", CHARSET_OTHER},
    {"other parameters are skipped", "; format=flowed; charset=utf-8",
     CHARSET_UTF_8},
    {"a quoted semicolon ends nothing", "; x=\"; charset=koi8-r\"",
     CHARSET_NONE},
    {"what follows a quoted semicolon is read",
     "; x=\"a;b\\\";c\"; charset=utf-8", CHARSET_UTF_8},
    {"a broken quote spoils its own parameter alone", "; x=\"a; charset=utf-8",
     CHARSET_UTF_8},
    {"a parameter without a value is no charset", "; charset", CHARSET_NONE},
    {"a parameter without a value is skipped", "; x; charset=utf-8",
     CHARSET_UTF_8},
    {"empty parameters are skipped", ";; ;charset=utf-8;", CHARSET_UTF_8},
    {"a longer name is another parameter", "; charsets=utf-8", CHARSET_NONE},
    {"a parameter without a name is skipped", "; =utf-8", CHARSET_NONE},
    {"a value may hold an equals sign", "; x=a=b; charset=utf-8",
     CHARSET_UTF_8},
};

static void reads_charset(void **state)
{
    const struct charset_row *row = *state;
    char value[128];

    assert_true(snprintf(value, sizeof value, "text/plain%s", row->parameters) <
                (int)sizeof value);
    assert_number(content_type_parse(value).charset, row->wanted);
    assert_number(content_type_parse(value).media, MEDIA_TEXT);
}

static void charset_is_read_behind_any_media_type(void **state)
{
    (void)state;
    assert_number(content_type_parse("text/html; charset=utf-8").charset,
                  CHARSET_UTF_8);
    assert_number(content_type_parse("; charset=utf-8").charset, CHARSET_UTF_8);
    assert_number(content_type_parse(NULL).charset, CHARSET_NONE);
}

#define BYTES_69                                                               \
    "123456789.123456789.123456789.123456789.123456789.123456789.123456789"
#define BYTES_70 BYTES_69 "x"
#define BYTES_71 BYTES_70 "x"

struct boundary_row {
    const char *name;
    const char *parameters; /* what follows "multipart/form-data" */
    const char *wanted;
};

static struct boundary_row boundary_rows[] = {
    {"no parameter is no boundary", "", ""},
    {"a boundary is read", "; boundary=abc", "abc"},
    {"curl's boundary is read", "; boundary=------------------------5c3d",
     "------------------------5c3d"},
    {"letter case is kept in the value alone", "; BOUNDARY=AbC", "AbC"},
    {"a quoted boundary is read", "; boundary=\"abc\"", "abc"},
    {"an escape in quotes is undone", "; boundary=\"a\\b\\:c\"", "ab:c"},
    {"a quoted space is part of it", "; boundary=\"a b\"", "a b"},
    {"a quoted semicolon is not a legal byte", "; boundary=\"a;b\"", ""},
    {"every legal mark is taken", "; boundary=\"'()+_,-./:=?\"",
     "'()+_,-./:=?"},
    {"a legal mark needs no quotes", "; boundary==_Part:1/2=?", "=_Part:1/2=?"},
    {"a space at the end is not legal", "; boundary=\"abc \"", ""},
    {"blanks behind an unquoted one do not matter", "; boundary=abc \t; x=y",
     "abc"},
    {"70 bytes are taken", "; boundary=" BYTES_70, BYTES_70},
    {"71 bytes are too many", "; boundary=" BYTES_71, ""},
    {"70 bytes in quotes are taken", "; boundary=\"" BYTES_69 "\\x\"",
     BYTES_70},
    {"71 bytes in quotes are too many", "; boundary=\"" BYTES_71 "\"", ""},
    {"an empty value is no boundary", "; boundary=", ""},
    {"an empty quoted value is no boundary", "; boundary=\"\"", ""},
    {"a quote that is not closed is no boundary", "; boundary=\"abc", ""},
    {"more behind the quotes is no boundary", "; boundary=\"abc\"d", ""},
    {"a tab is not a legal byte", "; boundary=\"a\tb\"", ""},
    {"bytes beyond ASCII are not legal", "; boundary=\"\xC3\xA9\"", ""},
    {"an at sign is not a legal byte", "; boundary=a@b", ""},
    {"of two boundaries the first wins", "; boundary=abc; boundary=def", "abc"},
    {"an illegal first boundary wins too", "; boundary=a@b; boundary=def", ""},
    {"a charset beside it does not matter", "; charset=utf-8; boundary=abc",
     "abc"},
};

static void reads_boundary(void **state)
{
    const struct boundary_row *row = *state;
    struct content_type type;
    char value[160];

    assert_true(snprintf(value, sizeof value, "multipart/form-data%s",
                         row->parameters) < (int)sizeof value);
    type = content_type_parse(value);
    assert_string_equal(type.boundary, row->wanted);
    assert_number(type.media, MEDIA_MULTIPART);
}

int main(void)
{
    struct test_list list = {.count = 0};

    add_rows(&list, reads_media_type, media_rows);
    add_rows(&list, reads_charset, charset_rows);
    add_test(&list, charset_is_read_behind_any_media_type);
    add_rows(&list, reads_boundary, boundary_rows);
    return run_list("content_type", &list);
}
