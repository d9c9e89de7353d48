/* Reads names and addresses byte by byte: what is no host has no meaning. */
#include "message/host_name.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"

#define LABEL_MOST  63
#define NAME_MOST   253
#define PORT_MOST   65535
#define PORT_DIGITS 5

/* ---- names ---- */

/*
 * Letters, digits, dashes and underscores in labels of 1 to 63, parted by dots,
 * at most 253 characters in all.
 */
static bool is_valid_name(const char *host)
{
    static const char allowed[] = "abcdefghijklmnopqrstuvwxyz"
                                  "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_";
    size_t label;

    if (strlen(host) > NAME_MOST)
        return false;
    for (;; host += label + 1) {
        label = strspn(host, allowed);
        if (label < 1 || label > LABEL_MOST)
            return false;
        if (host[label] != '.')
            return host[label] == '\0';
    }
}

static void copy_lower(char *name, const char *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++)
        name[i] = text_lower(bytes[i]);
    name[length] = '\0';
}

bool host_name_copy(char *name, const char *bytes, size_t length)
{
    if (length && bytes[length - 1] == '.')
        length--;
    if (!length || length >= HOST_NAME_SIZE || memchr(bytes, '\0', length))
        return false;
    copy_lower(name, bytes, length);
    return is_valid_name(name);
}

static bool is_or_is_below(const char *host, const char *domain)
{
    size_t host_length = strlen(host);
    size_t domain_length = strlen(domain);
    const char *end;

    if (host_length < domain_length)
        return false;
    end = host + host_length - domain_length;
    return strcmp(end, domain) == 0 && (end == host || end[-1] == '.');
}

bool host_name_is_slack(const char *host)
{
    return is_or_is_below(host, "slack.com") ||
           is_or_is_below(host, "slack-gov.com");
}

/*
 * The number from 0 to 255 that a text begins with; -1 for none, and for one
 * with a leading zero, which some read as octal and others look up as a name.
 */
static int read_octet(const char *text, size_t digits)
{
    int number = 0;

    if (digits < 1 || digits > 3 || (digits > 1 && *text == '0'))
        return -1;
    for (size_t i = 0; i < digits; i++)
        number = number * 10 + (text[i] - '0');
    return number <= 255 ? number : -1;
}

static bool is_loopback_v4(const char *host)
{
    for (int part = 0; part < 4; part++) {
        size_t digits = strspn(host, "0123456789");
        int number = read_octet(host, digits);

        if (number < 0 || (part == 0 && number != 127) ||
            host[digits] != (part < 3 ? '.' : '\0'))
            return false;
        host += digits + 1;
    }
    return true;
}

bool host_name_is_loopback(const char *host)
{
    return strcmp(host, "localhost") == 0 || strcmp(host, "::1") == 0 ||
           is_loopback_v4(host);
}

/* ---- host:port ---- */

static bool parse_port(const char *text, uint16_t *port)
{
    size_t digits = strspn(text, "0123456789");
    long number;

    if (!digits || digits > PORT_DIGITS || text[digits])
        return false;
    number = strtol(text, NULL, 10);
    *port = (uint16_t)number;
    return number >= 1 && number <= PORT_MOST;
}

static bool copy_v6(char *host, const char *bytes, size_t length)
{
    if (length >= HOST_NAME_SIZE || !memchr(bytes, ':', length) ||
        strspn(bytes, "0123456789abcdefABCDEF:.") < length)
        return false;
    copy_lower(host, bytes, length);
    return true;
}

bool authority_form_parse(const char *text, struct authority_form *form)
{
    const char *colon = strrchr(text, ':');
    size_t length;

    if (!colon || !parse_port(colon + 1, &form->port))
        return false;
    length = (size_t)(colon - text);
    if (length > 2 && *text == '[' && text[length - 1] == ']')
        return copy_v6(form->host, text + 1, length - 2);
    return host_name_copy(form->host, text, length);
}
