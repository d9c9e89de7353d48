/* Splits the header at its first blank; clients do not encode what follows. */
#include "credentials.h"

#include <string.h>

#include "text.h"

struct sent_text credentials_bearer(const struct request *request)
{
    const char *value = request_header(request, "Authorization");
    const char *end;
    size_t scheme_length;

    if (!value)
        return (struct sent_text){NULL, 0};
    while (text_is_blank(*value))
        value++;
    scheme_length = strcspn(value, " \t");
    if (!text_equals_ignore_case(value, scheme_length, "Bearer"))
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
