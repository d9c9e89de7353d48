/* Certificates from PEM, and Java's trust store byte for byte. */
#include <string.h>

#include "check.h"
#include "run/certificates.h"

#define BLOCK(text)                                                            \
    "-----BEGIN CERTIFICATE-----\n" text "\n-----END CERTIFICATE-----\n"

struct pem_row {
    const char *name;
    const char *pem;
    const char *wanted; /* each in brackets */
};

static struct pem_row pem_rows[] = {
    {"none", "", ""},
    {"one", BLOCK("Zm9vYmFy"), "[foobar]"},
    {"one and two signs of filling", BLOCK("Zm9vYmE=") BLOCK("Zg=="),
     "[fooba][f]"},
    {"lines of CRLF", BLOCK("Zm9v\r\nYmFy\r"), "[foobar]"},
    {"text between", "# a name\n" BLOCK("Zm9v") "another\n" BLOCK("YmFy"),
     "[foo][bar]"},
    {"no end", "-----BEGIN CERTIFICATE-----\nZm9v\n", ""},
    {"a key",
     "-----BEGIN PRIVATE KEY-----\nZm9v\n-----END PRIVATE KEY-----\n" BLOCK(
         "YmFy"),
     "[bar]"},
};

static void certificates_are_read_one_by_one(void **state)
{
    const struct pem_row *row = *state;
    const char *pem = row->pem;
    struct buffer der = BUFFER_INIT;
    struct shown shown = {""};

    while (certificate_next(&pem, &der) == 0) {
        shown_add(&shown, "[", 1);
        shown_add(&shown, buffer_text(&der), der.length);
        shown_add(&shown, "]", 1);
    }
    buffer_free(&der);
    assert_string_equal(shown.text, row->wanted);
}

static void a_trust_store_is_as_java_has_it(void **state)
{
    static const char wanted[] = "\xFE\xED\xFE\xED" /* magic */
                                 "\0\0\0\x02"       /* version */
                                 "\0\0\0\x01"       /* entries */
                                 "\0\0\0\x02"       /* a certificate */
                                 "\0\x0D"
                                 "certificate-1"
                                 "\0\0\0\0\0\0\0\0" /* its time */
                                 "\0\x05"
                                 "X.509"
                                 "\0\0\0\x06"
                                 "foobar"
                                 "\0\0\0\0\0\0\0\0\0\0"
                                 "\0\0\0\0\0\0\0\0\0\0"; /* no digest */
    struct buffer store = BUFFER_INIT;
    char got[sizeof wanted] = "";
    size_t length;

    (void)state;
    java_trust_store_write(&store, BLOCK("Zm9vYmFy"));
    length = store.length;
    if (length < sizeof got)
        memcpy(got, store.data, length);
    buffer_free(&store);
    assert_number(length, sizeof wanted - 1);
    assert_memory_equal(got, wanted, sizeof wanted - 1);
}

int main(void)
{
    struct test_list list = {.count = 0};

    add_rows(&list, certificates_are_read_one_by_one, pem_rows);
    add_test(&list, a_trust_store_is_as_java_has_it);
    return run_list("run_certificates", &list);
}
