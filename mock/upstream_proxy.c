/* Takes the forms that are in use: `http://host:port/`, and `host:port`. */
#include "upstream_proxy.h"

#include <stdlib.h>
#include <string.h>

#include "message/host_name.h"

#define SCHEME "http://"

int upstream_proxy_read(struct buffer *proxy, struct buffer *why)
{
    const char *name = "HTTPS_PROXY";
    const char *value = getenv(name);
    struct authority_form form;

    if (!value || !*value) {
        name = "https_proxy";
        value = getenv(name);
    }
    if (!value || !*value)
        return 0;
    if (strncmp(value, SCHEME, strlen(SCHEME)) == 0)
        value += strlen(SCHEME);
    buffer_add(proxy, value, strcspn(value, "/"));
    if (authority_form_parse(buffer_text(proxy), &form))
        return 0;
    /* The value may hold a password. */
    buffer_printf(why,
                  "%s: wanted http://HOST:PORT, without a user, for "
                  "--pass-through",
                  name);
    return -1;
}
