/* Checks Host, Origin and Authorization (RFC 9110, RFC 6454). */
#include "control/control_access.h"

#include <string.h>

#include "base/text.h"
#include "call/credentials.h"
#include "message/http_url.h"
#include "message/request.h"

/* The length of the host in `host:port`, an IPv6 address with its brackets. */
static size_t host_length(const char *host)
{
    const char *end;

    if (*host == '[')
        end = strchr(host, ']');
    else
        return strcspn(host, ":");
    return end ? (size_t)(end + 1 - host) : strlen(host);
}

/* True for nothing, or a port. */
static bool is_port(const char *rest)
{
    return !*rest ||
           (*rest == ':' && rest[strspn(rest + 1, "0123456789") + 1] == '\0');
}

static bool consists_of(const char *bytes, size_t length, const char *allowed)
{
    return length && strspn(bytes, allowed) >= length;
}

/* True for an IP address: a host name cannot look like one. */
static bool is_address(const char *host, size_t length)
{
    if (length > 2 && host[0] == '[' && host[length - 1] == ']')
        return memchr(host, ':', length) &&
               consists_of(host + 1, length - 2, "0123456789abcdefABCDEF:.");
    return consists_of(host, length, "0123456789.");
}

static bool is_known_name(const struct control_access *access, const char *name,
                          size_t length)
{
    size_t number;

    if (is_address(name, length) ||
        text_equals_ignore_case(name, length, "localhost"))
        return true;
    for (number = 0; number < access->host_count; number++)
        if (text_equals_ignore_case(name, length, access->hosts[number]))
            return true;
    return false;
}

static bool is_known_host(const struct control_access *access, const char *host)
{
    size_t length = host_length(host);

    return is_port(host + length) && is_known_name(access, host, length);
}

/*
 * A target that is a whole URL names a host too, which counts beside the Host
 * header: neither may be a name that leads here by somebody else's DNS.
 */
static bool is_known_target(const struct control_access *access,
                            const char *target)
{
    struct authority_form form;

    if (*target == '/')
        return true;
    return http_url_authority(target, &form) &&
           (strchr(form.host, ':') ||
            is_known_name(access, form.host, strlen(form.host)));
}

/*
 * A browser may keep the Origin to itself, and sends none with what is embedded
 * or posted by some forms; then Sec-Fetch-Site tells (Fetch Metadata). Who
 * follows a link to look is let in.
 */
static bool is_of_other_site(const struct request *request)
{
    const char *site = request_header(request, "Sec-Fetch-Site");
    const char *destination = request_header(request, "Sec-Fetch-Dest");
    const bool looks = request->verb == VERB_GET || request->verb == VERB_HEAD;

    return site &&
           (strcmp(site, "cross-site") == 0 ||
            strcmp(site, "same-site") == 0) &&
           !(looks && destination && strcmp(destination, "document") == 0);
}

static struct refusal check_token(const char *wanted,
                                  const struct request *request)
{
    struct sent_text sent = credentials_bearer(request);

    if (sent.bytes && text_equals_secret(sent.bytes, sent.length, wanted))
        return (struct refusal){0, NULL, NULL};
    return (struct refusal){
        401, "unauthorized",
        sent.bytes ? "the token is not the one of --control-token"
                   : "wanted Authorization: Bearer, with the token of "
                     "--control-token"};
}

/* A container's probe knows neither the token nor the name listened on. */
static bool is_for_all(const struct request *request)
{
    return strcmp(request->method, "health") == 0;
}

static const struct refusal none = {0, NULL, NULL};

/* Without a token, where a request comes from is all that there is to judge. */
static struct refusal check_site(const struct control_access *access,
                                 const struct request *request)
{
    const char *host = request_header(request, "Host");
    const char *origin = request_header(request, "Origin");

    if (!access->loopback_only)
        return (struct refusal){
            403, "control_api_off",
            "slackmock listens on more than loopback: the control API needs "
            "--control-token"};
    if ((host && !is_known_host(access, host)) ||
        !is_known_target(access, request->target))
        return (struct refusal){
            403, "forbidden_host",
            "the Host header is neither localhost, nor an IP address, nor the "
            "host listened on; with --control-token any will do"};
    if (origin ? !request_is_at(request, origin) : is_of_other_site(request))
        return (struct refusal){
            403, "forbidden_origin",
            origin ? "the Origin header names another site; web pages may not "
                     "use the control API"
                   : "Sec-Fetch-Site tells of another site; web pages may not "
                     "use the control API"};
    return none;
}

struct refusal control_access_check(const struct control_access *access,
                                    const struct request *request)
{
    if (is_for_all(request))
        return none;
    return access->token ? check_token(access->token, request)
                         : check_site(access, request);
}

struct refusal control_access_check_page(const struct control_access *access,
                                         const struct request *request)
{
    return access->token ? none : check_site(access, request);
}
