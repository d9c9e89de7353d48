/* Looks headers up in a call as it reaches the core. */
#include "request.h"

#include <string.h>

#include "text.h"

const char *request_header(const struct request *request, const char *name)
{
    for (size_t i = 0; i < request->header_count; i++) {
        const struct request_header *header = &request->headers[i];

        if (text_equals_ignore_case(header->name, strlen(header->name), name))
            return header->value;
    }
    return NULL;
}
