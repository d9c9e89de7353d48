/* Bytes as letters, and back: the examples of RFC 4648 10, and what is none. */
#include <string.h>

#include "base/base64.h"
#include "check.h"

struct row {
    const char *name; /* the bytes */
    const char *encoded;
};

static struct row rows[] = {
    {"", ""},
    {"f", "Zg=="},
    {"fo", "Zm8="},
    {"foo", "Zm9v"},
    {"foob", "Zm9vYg=="},
    {"fooba", "Zm9vYmE="},
    {"foobar", "Zm9vYmFy"},
    {"\xff\xfe\xfd?", "//79Pw=="},
};

static void it_is_encoded_and_decoded(void **state)
{
    const struct row *row = *state;
    struct buffer encoded = BUFFER_INIT;
    struct buffer decoded = BUFFER_INIT;
    struct shown there = {""};
    struct shown back = {""};
    struct shown wanted = {""};
    bool is_read;

    base64_encode(row->name, strlen(row->name), &encoded);
    is_read = base64_decode(row->encoded, strlen(row->encoded), &decoded);
    shown_add(&there, buffer_text(&encoded), encoded.length);
    shown_add(&back, buffer_text(&decoded), decoded.length);
    shown_add(&wanted, row->name, strlen(row->name));
    buffer_free(&encoded);
    buffer_free(&decoded);
    assert_string_equal(there.text, row->encoded);
    assert_true(is_read);
    assert_string_equal(back.text, wanted.text);
}

static struct row bad_rows[] = {
    {"a letter alone", "Z"},
    {"a letter of another alphabet", "Zm9_"},
    {"padding within", "Zg==Zg=="},
    {"a blank", "Zm9 v"},
};

static void it_is_refused(void **state)
{
    const struct row *row = *state;
    struct buffer decoded = BUFFER_INIT;
    bool is_read = base64_decode(row->encoded, strlen(row->encoded), &decoded);

    buffer_free(&decoded);
    assert_false(is_read);
}

int main(void)
{
    struct test_list list = {.count = 0};

    add_rows(&list, it_is_encoded_and_decoded, rows);
    add_rows(&list, it_is_refused, bad_rows);
    return run_list("base64", &list);
}
