/* Splits the header at its first blank; clients do not encode what follows. */
#include "call/credentials.h"

#include <string.h>

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

bool credentials_basic(const struct request *request, struct buffer *decoded,
                       struct sent_text *client_id,
                       struct sent_text *client_secret)
{
    return credentials_basic_of(request_header(request, "Authorization"),
                                decoded, client_id, client_secret);
}
