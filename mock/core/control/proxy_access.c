/* Reads Proxy-Authorization and targets (RFC 9110 9.3.6, 11.7, RFC 9112 3.2).
 */
#include "control/proxy_access.h"

#include <string.h>

#include "base/text.h"
#include "call/credentials.h"
#include "message/http_url.h"
#include "message/request.h"

#define ANSWERS_FOR                                                            \
    "slackmock answers for slack.com, slack-gov.com, the names below them, "   \
    "and itself; "

bool proxy_is_meant(const char *target)
{
    return *target && *target != '/' && strcmp(target, "*") != 0;
}

static struct proxy_ruling refuse(int status, const char *error,
                                  const char *message)
{
    return (struct proxy_ruling){.decision = PROXY_REFUSE,
                                 .status = status,
                                 .error = error,
                                 .message = message};
}

static bool has_token(const char *wanted, const struct request *request)
{
    const char *header = request_header(request, "Proxy-Authorization");
    struct sent_text bearer = credentials_bearer_of(header);
    struct buffer decoded = BUFFER_INIT;
    struct sent_text user, password;
    bool is_right = false;

    if (bearer.bytes)
        return text_equals_secret(bearer.bytes, bearer.length, wanted);
    if (credentials_basic_of(header, &decoded, &user, &password))
        is_right = text_equals_secret(password.bytes, password.length, wanted);
    buffer_free(&decoded);
    return is_right;
}

/* The addresses and names listened on, with the port listened on. */
static bool is_own(const struct proxy_access *access,
                   const struct authority_form *target)
{
    const struct control_access *control = access->control;
    bool is_named = host_name_is_loopback(target->host);
    bool is_port = false;

    for (size_t i = 0; i < control->host_count; i++)
        is_named = is_named ||
                   text_equals_ignore_case(target->host, strlen(target->host),
                                           control->hosts[i]);
    for (size_t i = 0; i < access->port_count; i++)
        is_port = is_port || access->ports[i] == target->port;
    return is_named && is_port;
}

static struct proxy_ruling judge_tunnel(const struct proxy_access *access,
                                        const char *target)
{
    struct proxy_ruling ruling = {.decision = PROXY_ANSWER};

    if (!authority_form_parse(target, &ruling.target))
        return refuse(400, "bad_request",
                      "the target of CONNECT is no HOST:PORT");
    if (is_own(access, &ruling.target))
        return ruling;
    if (host_name_is_slack(ruling.target.host)) {
        if (access->has_tls || ruling.target.port != 443)
            return ruling;
        return refuse(403, "no_tls",
                      "this slackmock was built without TLS (TLS=0), so it "
                      "cannot answer for https://slack.com");
    }
    if (!access->pass_through)
        return refuse(403, "forbidden_host",
                      ANSWERS_FOR "--pass-through lets other hosts through");
    ruling.decision = PROXY_TUNNEL;
    return ruling;
}

/* What is fetched for a client would be plain HTTP, of which there is no need.
 */
static struct proxy_ruling judge_url(const struct proxy_access *access,
                                     const char *target)
{
    struct proxy_ruling ruling = {.decision = PROXY_ANSWER};

    if (!http_url_authority(target, &ruling.target))
        return refuse(400, "bad_request",
                      "the target is neither a path nor a URL with a host");
    if (is_own(access, &ruling.target) ||
        host_name_is_slack(ruling.target.host))
        return ruling;
    return refuse(403, "forbidden_host",
                  ANSWERS_FOR "plain HTTP to another host does not go through "
                              "it: HTTPS_PROXY is enough, leave HTTP_PROXY "
                              "as it was");
}

struct proxy_ruling proxy_access_judge(const struct proxy_access *access,
                                       const struct request *request)
{
    const struct control_access *control = access->control;

    if (!control->loopback_only && !control->token)
        return refuse(403, "proxy_off",
                      "slackmock listens on more than loopback: requests to a "
                      "proxy need --control-token");
    if (!control->loopback_only && !has_token(control->token, request))
        return refuse(407, "proxy_authentication_required",
                      "wanted Proxy-Authorization: Basic with the token of "
                      "--control-token as password, or Bearer with it");
    if (strcmp(request->verb_name, "CONNECT") == 0)
        return judge_tunnel(access, request->target);
    return judge_url(access, request->target);
}
