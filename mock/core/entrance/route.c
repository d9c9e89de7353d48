/*
 * Reads targets. Most are a path and a query; proxies and CONNECT have other
 * forms (RFC 9112 3.2).
 */
#include "entrance/route.h"

#include <string.h>

#include "mock/sandboxes.h"

#define API       "/api/"
#define CONTROL   "/_mock/"
#define PAGE      "/_mock/page/"
#define SERVICES  "/services/"
#define SANDBOX   "/sandbox/"
#define UPLOAD    "/upload/v1/"
#define SHOWN_MAX 80 /* bytes of a wrong name that a message shows */

/* The path and query of `http://host/path?query`, or the target as it is. */
static char *skip_origin(char *target)
{
    static char root[] = "/";
    char *host = strstr(target, "://");
    char *path;

    if (*target == '/' || !host)
        return target;
    path = strpbrk(host + strlen("://"), "/?");
    return path && *path == '/' ? path : root;
}

/*
 * Notes the sandbox of a path /sandbox/NAME/...; returns the rest of the path.
 */
static const char *enter_sandbox(struct route *route)
{
    const char *name = route->path + strlen(SANDBOX);
    size_t length;

    if (strncmp(route->path, SANDBOX, strlen(SANDBOX)) != 0)
        return route->path;
    length = strcspn(name, "/");
    route->sandbox = name;
    route->sandbox_length = length;
    return name + length;
}

struct route route_read(char *target)
{
    struct route route = {.kind = ROUTE_NOWHERE, .path = skip_origin(target)};
    char *mark = strchr(route.path, '?');
    const char *place;

    if (mark) {
        *mark = '\0';
        route.query = mark + 1;
    }
    place = enter_sandbox(&route);
    route.place = place;
    if (strncmp(place, API, strlen(API)) == 0) {
        route.kind = ROUTE_METHOD;
        route.method = place + strlen(API);
    } else if (strncmp(place, PAGE, strlen(PAGE)) == 0) {
        route.kind = ROUTE_PAGE;
        route.method = place + strlen(PAGE);
    } else if (strncmp(place, CONTROL, strlen(CONTROL)) == 0) {
        route.kind = ROUTE_CONTROL;
        route.method = place + strlen(CONTROL);
    } else if (strncmp(place, UPLOAD, strlen(UPLOAD)) == 0 &&
               place[strlen(UPLOAD)]) {
        route.kind = ROUTE_UPLOAD;
    } else if (strncmp(place, SERVICES, strlen(SERVICES)) == 0) {
        route.kind = ROUTE_SERVICE;
        route.method = place + strlen(SERVICES);
    } else if (strcmp(place, "/") == 0 || (route.sandbox && !*place)) {
        route.kind = ROUTE_HOME;
    } else if (*route.path != '/') {
        /*
         * `*` and `host:port` mean the server as a whole: only the verb counts.
         */
        route.kind = ROUTE_METHOD;
        route.method = "";
    }
    return route;
}

void route_explain_sandbox(const struct route *route, struct buffer *message)
{
    const char *name = route->sandbox;
    size_t length = route->sandbox_length;

    if (sandbox_name_is_valid(name, length))
        buffer_printf(message,
                      "there is no sandbox \"%.*s\"; PUT "
                      "/_mock/sandboxes/%.*s makes one",
                      (int)length, name, (int)length, name);
    else
        buffer_printf(message,
                      "no sandbox can be called \"%.*s\"; a name is 1 to %d "
                      "letters, digits, dashes and underscores",
                      length < SHOWN_MAX ? (int)length : SHOWN_MAX, name,
                      SANDBOX_NAME_MOST);
}

void route_explain(const struct route *route, struct buffer *message)
{
    const char *place =
        route->sandbox ? route->sandbox + route->sandbox_length : route->path;
    /* Clients that join base URL and method make /apiauth.test of /api. */
    const char *slash = strncmp(place, "/api", strlen("/api")) == 0
                            ? " - is a slash missing at the end of the base "
                              "URL?"
                            : "";

    buffer_printf(message,
                  "%.200s: no such path; Slack's methods are under %s" API "%s",
                  route->path, route->sandbox ? "/sandbox/NAME" : "", slash);
}
