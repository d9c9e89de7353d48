/* Base64 within its two lines, and lengths before bytes. */
#include "certificates.h"

#include <stdint.h>
#include <string.h>

#define BEGIN "-----BEGIN CERTIFICATE-----"
#define END   "-----END CERTIFICATE-----"

#define JKS_MAGIC       0xFEEDFEEDu
#define JKS_VERSION     2u
#define JKS_CERTIFICATE 2u /* the kind of an entry */
#define JKS_DIGEST_SIZE 20

/* ---- PEM ---- */

static int base64_digit(char byte)
{
    static const char digits[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const char *place = byte ? strchr(digits, byte) : NULL;

    return place ? (int)(place - digits) : -1;
}

/* Line ends, blanks and the `=` at the end are no digits. */
static void decode(const char *text, const char *end, struct buffer *der)
{
    uint32_t bits = 0;
    int count = 0;

    for (; text < end; text++) {
        int digit = base64_digit(*text);

        if (digit < 0)
            continue;
        bits = bits << 6 | (uint32_t)digit;
        count += 6;
        if (count >= 8) {
            count -= 8;
            buffer_add_byte(der, (char)(bits >> count & 0xFF));
        }
    }
}

int certificate_next(const char **pem, struct buffer *der)
{
    const char *begin = strstr(*pem, BEGIN);
    const char *end = begin ? strstr(begin, END) : NULL;

    buffer_clear(der);
    if (!end)
        return -1;
    decode(begin + strlen(BEGIN), end, der);
    *pem = end + strlen(END);
    return 0;
}

/* ---- JKS ---- */

/* As many bytes of a number, the highest first. */
static void add_number(struct buffer *store, uint64_t number, int bytes)
{
    while (bytes-- > 0)
        buffer_add_byte(store, (char)(number >> (8 * bytes) & 0xFF));
}

static void add_text(struct buffer *store, const char *text)
{
    add_number(store, strlen(text), 2);
    buffer_add_text(store, text);
}

static void add_certificate(struct buffer *store, unsigned number,
                            const struct buffer *der)
{
    struct buffer alias = BUFFER_INIT;

    buffer_printf(&alias, "certificate-%u", number);
    add_number(store, JKS_CERTIFICATE, 4);
    add_text(store, alias.data);
    add_number(store, 0, 8); /* the time of its making */
    add_text(store, "X.509");
    add_number(store, der->length, 4);
    buffer_add(store, der->data, der->length);
    buffer_free(&alias);
}

void java_trust_store_write(struct buffer *store, const char *pem)
{
    struct buffer entries = BUFFER_INIT;
    struct buffer der = BUFFER_INIT;
    unsigned count = 0;

    while (certificate_next(&pem, &der) == 0)
        add_certificate(&entries, ++count, &der);
    add_number(store, JKS_MAGIC, 4);
    add_number(store, JKS_VERSION, 4);
    add_number(store, count, 4);
    buffer_add(store, buffer_text(&entries), entries.length);
    memset(buffer_extend(store, JKS_DIGEST_SIZE), 0, JKS_DIGEST_SIZE);
    buffer_free(&entries);
    buffer_free(&der);
}
