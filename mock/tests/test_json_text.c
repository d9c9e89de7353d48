/*
 * What is JSON and what is not, where cJSON alone would be lenient; and JSON
 * out again.
 */
#include <cjson/cJSON.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "base/buffer.h"
#include "check.h"
#include "json/json_plain.h"
#include "json/json_text.h"
#include "json/json_writer.h"

#define DEPTH 64

struct row {
    const char *name;
    const char *text;
    const char *error; /* LINE:COLUMN: message; NULL: it is JSON */
};

static struct row rows[] = {
    {"every kind of value", "{\"a\":[1,-0.5e+3,true,false,null,\"\\u00e9/\"]}",
     NULL},
    {"blanks everywhere", " \t\r\n{ \"a\" : [ ] } \n", NULL},
    {"a surrogate pair", "\"\\ud83d\\ude00\"", NULL},
    {"nothing", "", "1:1: found the end, wanted a JSON value"},
    {"a leading zero", "01",
     "1:2: found '1', wanted a number without a "
     "leading 0"},
    {"a plus sign", "+1", "1:1: found '+', wanted a JSON value"},
    {"a dot without digits", "1.", "1:3: found the end, wanted a digit"},
    {"a number beyond all", "[1e999]",
     "1:2: found '1', wanted a smaller "
     "number"},
    {"two values", "1 2", "1:3: found '2', wanted nothing more"},
    {"a trailing comma", "[1,]", "1:4: found ']', wanted a JSON value"},
    {"a missing comma", "[1 2]", "1:4: found '2', wanted ',' or ']'"},
    {"a bare key", "{a:1}", "1:2: found 'a', wanted a key in double quotes"},
    {"a missing colon", "{\"a\"\n 1}", "2:2: found '1', wanted ':'"},
    {"an open object", "{\"a\":1", "1:7: found the end, wanted ',' or '}'"},
    {"an open string", "\"a", "1:3: found the end, wanted a closing quote"},
    {"a line end in a string", "\"a\nb\"",
     "1:3: found byte 0x0a, wanted an escape, such as \\n"},
    {"an unknown escape", "\"\\x\"",
     "1:3: found 'x', wanted one of \" \\ / b f n r t u after a backslash"},
    {"a NUL by escape", "\"a\\u0000\"",
     "1:3: found '\\', wanted any character but \\u0000"},
    {"half a surrogate pair", "\"\\ud83d\"",
     "1:2: found '\\', wanted a surrogate pair"},
    {"a low surrogate first", "\"\\ude00\"",
     "1:2: found '\\', wanted a surrogate pair"},
    {"bad UTF-8", "\"\xff\"", "1:2: found byte 0xff, wanted a string in UTF-8"},
    {"bad UTF-8 behind good", "\"a\xc3\xa9\xc3\"",
     "1:4: found byte 0xc3, wanted a string in UTF-8"},
    {"a column is a character", "[\"\xc3\xa9\xe2\x82\xac\", x]",
     "1:8: found 'x', wanted a JSON value"},
    {"the largest number", "[1.79769313486231e308,-1.79769313486231e+308]",
     NULL},
    {"one that printing would make infinite", "[1.7976931348623157e308]",
     "1:2: found '1', wanted a smaller number"},
    {"a comment", "{} // x", "1:4: found '/', wanted nothing more"},
    {"a word cut short", "tru", "1:1: found 't', wanted a JSON value"},
};

static void it_is_judged(void **state)
{
    const struct row *row = *state;
    struct json_syntax_error error;
    cJSON *tree = json_text_parse(row->text, strlen(row->text), DEPTH, &error);
    char found[256] = "";

    if (!tree)
        snprintf(found, sizeof found, "%zu:%zu: %s", error.line, error.column,
                 error.message);
    cJSON_Delete(tree);
    assert_string_equal(found, row->error ? row->error : "");
}

static void nesting_ends_at_its_bound(void **state)
{
    struct json_syntax_error error;
    char text[256] = "";
    cJSON *tree;

    (void)state;
    memset(text, '[', DEPTH);
    memset(text + DEPTH, ']', DEPTH);
    tree = json_text_parse(text, (size_t)2 * DEPTH, DEPTH, &error);
    assert_non_null(tree);
    cJSON_Delete(tree);
    memset(text, '[', sizeof text);
    assert_null(json_text_parse(text, sizeof text, DEPTH, &error));
    assert_string_equal(error.message, "found '[', wanted no deeper nesting");
}

static void what_is_written_is_in_order_and_escaped(void **state)
{
    struct buffer output = BUFFER_INIT;
    struct json_writer writer = {.output = &output};
    char text[256];

    (void)state;
    json_write_object(&writer, NULL);
    json_write_bytes(&writer, "a\"", "/\0\x1f\xc3\xa9\xff\x7f", 7);
    json_write_array(&writer, "list");
    json_write_integer(&writer, NULL, -5);
    json_write_boolean(&writer, NULL, false);
    json_write_text(&writer, NULL, NULL);
    json_write_array_end(&writer);
    json_write_object(&writer, "none");
    json_write_object_end(&writer);
    json_write_object_end(&writer);
    snprintf(text, sizeof text, "%s", buffer_text(&output));
    buffer_free(&output);
    assert_string_equal(text, "{\"a\\\"\":\"/\\u0000\\u001f\xc3\xa9"
                              "\xef\xbf\xbd\\u007f\","
                              "\"list\":[-5,false,null],\"none\":{}}");
}

static void a_mark_is_ignored_before_a_document_alone(void **state)
{
    static const char text[] = "\xef\xbb\xbf{}";
    const size_t length = sizeof text - 1;
    struct json_syntax_error error;
    struct cJSON *document =
        json_text_parse_document(text, length, DEPTH, &error);
    bool is_object = cJSON_IsObject(document);

    (void)state;
    cJSON_Delete(document);
    assert_true(is_object);
    assert_null(json_text_parse(text, length, DEPTH, &error));
    assert_null(json_text_parse_document(text, 3, DEPTH, &error));
    assert_string_equal(error.message, "found the end, wanted a JSON value");
}

/* The program itself, for a process that may die. */
static const char *program;

/* Runs out of memory in cJSON, after which nothing is to be said. */
static int exhaust(void)
{
    struct json_syntax_error error;

    cJSON_Delete(json_text_parse("{}", 2, DEPTH, &error));
    cJSON_free(cJSON_malloc(SIZE_MAX / 2));
    puts("it went on");
    return 0;
}

static void without_memory_cjson_ends_the_process_too(void **state)
{
    char line[512];
    FILE *output;

    (void)state;
    snprintf(line, sizeof line,
             "ASAN_OPTIONS=allocator_may_return_null=1 '%s' exhaust 2>&1 | "
             "grep -v AddressSanitizer",
             program);
    output = popen(line, "r");
    assert_non_null(output);
    assert_non_null(fgets(line, sizeof line, output));
    while (fgetc(output) != EOF)
        ;
    (void)pclose(output);
    line[strlen("slackmock: out of memory")] = '\0';
    assert_string_equal(line, "slackmock: out of memory");
}

/* Eight bytes are looked at together, and the last of a text are fewer. */
static void a_byte_is_escaped_wherever_it_stands(void **state)
{
    static const char odd[] = "\x1f\"\\\x7f\x80";
    static const char *const written[] = {"\\u001f", "\\\"", "\\\\", "\\u007f",
                                          "\xef\xbf\xbd"};

    (void)state;
    for (size_t i = 0; i < sizeof odd - 1; i++)
        for (size_t length = 1; length <= 17; length++)
            for (size_t place = 0; place < length; place++) {
                struct buffer output = BUFFER_INIT;
                char text[17];
                char wanted[64];

                memset(text, '~', sizeof text);
                text[place] = odd[i];
                snprintf(wanted, sizeof wanted, "\"%.*s%s%.*s\"", (int)place,
                         "~~~~~~~~~~~~~~~~", written[i],
                         (int)(length - place - 1), "~~~~~~~~~~~~~~~~");
                json_write_string(&output, text, length);
                assert_string_equal(buffer_text(&output), wanted);
                buffer_free(&output);
            }
}

static bool stands_for_itself(unsigned char byte)
{
    return byte >= 0x20 && byte < 0x7f && byte != '"' && byte != '\\';
}

static void check_run(const char *text, size_t length)
{
    size_t wanted = 0;

    while (wanted < length && stands_for_itself((unsigned char)text[wanted]))
        wanted++;
    assert_number(json_plain_run(text, length), wanted);
}

/* Two bytes among letters: a run ends at the first that needs an escape. */
static void a_run_ends_before_the_first_escape(void **state)
{
    static const char odd[] = "\x01\"\\\x7f\x80\xa0\xff";
    char text[19];

    (void)state;
    for (int byte = 0; byte <= UCHAR_MAX; byte++)
        for (size_t i = 0; i < sizeof odd - 1; i++)
            for (size_t place = 0; place < 17; place++)
                for (size_t other = 0; other < 17; other++) {
                    memset(text, 'a', sizeof text);
                    text[place] = odd[i];
                    text[other] = (char)byte;
                    check_run(text, sizeof text);
                }
}

int main(int argument_count, char **arguments)
{
    struct test_list list = {.count = 0};

    if (argument_count > 1)
        return exhaust();
    program = arguments[0];

    add_rows(&list, it_is_judged, rows);
    add_test(&list, nesting_ends_at_its_bound);
    add_test(&list, a_mark_is_ignored_before_a_document_alone);
    add_test(&list, what_is_written_is_in_order_and_escaped);
    add_test(&list, without_memory_cjson_ends_the_process_too);
    add_test(&list, a_byte_is_escaped_wherever_it_stands);
    add_test(&list, a_run_ends_before_the_first_escape);
    return run_list("json text", &list);
}
