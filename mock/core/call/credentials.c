/* Splits the header at its first blank; clients do not encode what follows. */
#include "call/credentials.h"

#include <string.h>

#include "arguments/form.h"
#include "base/base64.h"
#include "base/text.h"

/* What follows the scheme, without blanks around it; absent if it is empty. */
static struct sent_text credentials_of(const char *value, const char *scheme)
{
    const char *end;
    size_t scheme_length;

    if (!value)
        return (struct sent_text){NULL, 0};
    while (text_is_blank(*value))
        value++;
    scheme_length = strcspn(value, " \t");
    if (!text_equals_ignore_case(value, scheme_length, scheme))
        return (struct sent_text){NULL, 0};
    value += scheme_length;
    while (text_is_blank(*value))
        value++;
    end = value + strlen(value);
    while (end > value && text_is_blank(end[-1]))
        end--;
    if (end == value)
        return (struct sent_text){NULL, 0};
    return (struct sent_text){value, (size_t)(end - value)};
}

struct sent_text credentials_bearer_of(const char *authorization)
{
    return credentials_of(authorization, "Bearer");
}

struct sent_text credentials_bearer(const struct request *request)
{
    return credentials_bearer_of(request_header(request, "Authorization"));
}

bool credentials_basic_of(const char *authorization, struct buffer *decoded,
                          struct sent_text *user, struct sent_text *password)
{
    struct sent_text encoded = credentials_of(authorization, "Basic");
    const char *colon;

    buffer_clear(decoded);
    if (!encoded.bytes ||
        !base64_decode(encoded.bytes, encoded.length, decoded))
        return false;
    colon = memchr(buffer_text(decoded), ':', decoded->length);
    if (!colon)
        return false;
    user->bytes = decoded->data;
    user->length = (size_t)(colon - decoded->data);
    password->bytes = colon + 1;
    password->length = decoded->length - user->length - 1;
    return true;
}

/*
 * Adds the id or the secret. One without a valid escape stays as it is: most
 * clients send them plain, and a plain secret may have a plus. True if it had
 * one.
 */
static bool add_part(struct buffer *decoded, const char *bytes, size_t length)
{
    struct buffer part = BUFFER_INIT;
    bool was_escaped =
        memchr(bytes, '%', length) && form_unescape(bytes, length, &part) == 0;

    if (was_escaped)
        buffer_add(decoded, buffer_text(&part), part.length);
    else
        buffer_add(decoded, bytes, length);
    buffer_free(&part);
    return was_escaped;
}

/* At the first colon; the parts may be empty. */
static bool split(const struct buffer *plain, struct buffer *decoded,
                  struct basic_credentials *basic)
{
    const char *start = buffer_text(plain);
    const char *end = start + plain->length;
    const char *colon = memchr(start, ':', plain->length);

    if (!colon)
        return false;
    basic->were_escaped = add_part(decoded, start, (size_t)(colon - start));
    basic->client_id.length = decoded->length;
    if (add_part(decoded, colon + 1, (size_t)(end - colon - 1)))
        basic->were_escaped = true;
    basic->client_id.bytes = buffer_text(decoded);
    basic->client_secret = (struct sent_text){
        basic->client_id.bytes + basic->client_id.length,
        decoded->length - basic->client_id.length,
    };
    return true;
}

bool credentials_basic(const struct request *request, struct buffer *decoded,
                       struct basic_credentials *basic)
{
    struct sent_text encoded =
        credentials_of(request_header(request, "Authorization"), "Basic");
    struct buffer plain = BUFFER_INIT;
    bool is_whole;

    buffer_clear(decoded);
    is_whole = encoded.bytes &&
               base64_decode(encoded.bytes, encoded.length, &plain) &&
               split(&plain, decoded, basic);
    buffer_free(&plain);
    return is_whole;
}
