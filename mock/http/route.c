/*
 * Reads targets. Most are a path and a query; proxies and CONNECT have other
 * forms (RFC 9112 3.2).
 */
#include "route.h"

#include <string.h>

#define API     "/api/"
#define CONTROL "/_mock/"

/* The path of `http://host/path`, or the target as it is. */
static char *skip_origin(char *target)
{
    static char root[] = "/";
    char *host = strstr(target, "://");
    char *path;

    if (*target == '/' || !host)
        return target;
    path = strchr(host + strlen("://"), '/');
    return path ? path : root;
}

struct route route_read(char *target)
{
    struct route route = {.kind = ROUTE_NOWHERE, .path = skip_origin(target)};
    char *mark = strchr(route.path, '?');

    if (mark) {
        *mark = '\0';
        route.query = mark + 1;
    }
    if (strncmp(route.path, API, strlen(API)) == 0) {
        route.kind = ROUTE_METHOD;
        route.method = route.path + strlen(API);
    } else if (strncmp(route.path, CONTROL, strlen(CONTROL)) == 0) {
        route.kind = ROUTE_CONTROL;
        route.method = route.path + strlen(CONTROL);
    } else if (*route.path != '/') {
        /* `*` and `host:port` mean the server: the verb alone counts. */
        route.kind = ROUTE_METHOD;
        route.method = "";
    }
    return route;
}

void route_explain(const struct route *route, struct buffer *message)
{
    /* Clients that join base URL and method make /apiauth.test of /api. */
    const char *slash = strncmp(route->path, "/api", strlen("/api")) == 0
                            ? " - is a slash missing at the end of the base "
                              "URL?"
                            : "";

    buffer_printf(message,
                  "%.200s: no such path; Slack's methods are under " API "%s",
                  route->path, slash);
}
