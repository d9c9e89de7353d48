/*
 * Nobody has written down what the variable means: this is what curl, Go and
 * Python agree on.
 */
#include "proxy_bypass.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "message/host_name.h"

#define SEPARATORS   ", \t"
#define ENTRY_SIZE   (HOST_NAME_SIZE + 16)
#define ADDRESS_BITS 128

/* ---- addresses ---- */

struct address {
    unsigned char bytes[ADDRESS_BITS / 8];
    unsigned bits; /* 32 or 128; 0: it is none */
};

static struct address address_of(const char *text)
{
    struct address address = {.bits = 0};

    if (inet_pton(AF_INET, text, address.bytes) == 1)
        address.bits = 32;
    else if (inet_pton(AF_INET6, text, address.bytes) == 1)
        address.bits = 128;
    return address;
}

static bool are_alike(const struct address *one, const struct address *other,
                      unsigned bits)
{
    const unsigned whole = bits / 8;
    const unsigned rest = bits % 8;

    if (memcmp(one->bytes, other->bytes, whole) != 0)
        return false;
    return !rest ||
           (one->bytes[whole] ^ other->bytes[whole]) >> (8 - rest) == 0;
}

/* `entry` is an address, or with a `/` a network. */
static bool covers_address(char *entry, const struct address *target)
{
    char *slash = strchr(entry, '/');
    unsigned long bits = target->bits;
    struct address network;
    char *end = NULL;

    if (slash) {
        *slash = '\0';
        bits = strtoul(slash + 1, &end, 10);
        if (end == slash + 1 || *end)
            return false;
    }
    network = address_of(entry);
    return network.bits == target->bits && bits <= target->bits &&
           are_alike(&network, target, (unsigned)bits);
}

/* ---- names ---- */

static bool covers_name(const char *entry, const char *target)
{
    const size_t target_length = strlen(target);
    size_t length;

    entry += strspn(entry, "*.");
    length = strlen(entry);
    if (!length || length > target_length ||
        !text_equals_ignore_case(target + target_length - length, length,
                                 entry))
        return false;
    return length == target_length || target[target_length - length - 1] == '.';
}

/* ---- entries ---- */

/*
 * Takes a port and brackets off. False if the port is another one. An IPv6
 * address without brackets has colons, and no port.
 */
static bool strip_port(char **entry, uint16_t port)
{
    char *bracket = **entry == '[' ? strchr(*entry, ']') : NULL;
    char *colon = strchr(bracket ? bracket : *entry, ':');

    if (colon && strchr(colon + 1, ':'))
        return true;
    if (bracket) {
        *bracket = '\0';
        (*entry)++;
    }
    if (!colon)
        return true;
    *colon = '\0';
    return strtoul(colon + 1, NULL, 10) == port;
}

static bool covers(char *entry, const struct authority_form *target)
{
    const struct address address = address_of(target->host);

    if (strcmp(entry, "*") == 0)
        return true;
    if (!strip_port(&entry, target->port))
        return false;
    return address.bits ? covers_address(entry, &address)
                        : covers_name(entry, target->host);
}

bool proxy_bypass_covers(const char *list, const struct authority_form *target)
{
    size_t length;

    if (!list)
        return false;
    for (; *(list += strspn(list, SEPARATORS)); list += length) {
        char entry[ENTRY_SIZE];

        length = strcspn(list, SEPARATORS);
        snprintf(entry, sizeof entry, "%.*s", (int)length, list);
        if (length < sizeof entry && covers(entry, target))
            return true;
    }
    return false;
}
