/*
 * Heads that a proxy gets. The first byte says how the server listens and what
 * it lets through; the rest is a head as it arrives. Nobody is let in without
 * the token where one is wanted, and no tunnel leads to a host that the mock
 * stands for.
 */
#include <string.h>

#include "control/proxy_access.h"
#include "fuzz.h"
#include "message/host_name.h"
#include "message/request_head.h"

#define TOKEN "secret"

enum setting { IS_OPEN = 1, HAS_TOKEN = 2, PASSES = 4, HAS_TLS = 8 };

static void check_name(const char *host)
{
    char copy[HOST_NAME_SIZE];

    if (strchr(host, ':'))
        return;
    fuzz_require(host_name_copy(copy, host, strlen(host)));
    fuzz_require(strcmp(copy, host) == 0);
}

static bool names_token(const struct request *request)
{
    return request_header(request, "Proxy-Authorization") != NULL;
}

static void check(const struct proxy_access *access,
                  const struct request *request,
                  const struct proxy_ruling *ruling)
{
    const char *host = ruling->target.host;

    if (ruling->decision == PROXY_REFUSE) {
        fuzz_require(ruling->status >= 400 && ruling->error && ruling->message);
        return;
    }
    fuzz_require(access->control->loopback_only ||
                 (access->control->token && names_token(request)));
    if (strcmp(request->verb_name, "CONNECT") != 0) {
        fuzz_require(ruling->decision == PROXY_ANSWER);
        return;
    }
    check_name(host);
    fuzz_require(ruling->target.port != 0);
    if (ruling->decision == PROXY_TUNNEL)
        fuzz_require(access->pass_through && !host_name_is_slack(host) &&
                     (!host_name_is_loopback(host) ||
                      ruling->target.port != access->ports[0]));
}

static void judge(struct fuzz_input input, int settings)
{
    const struct control_access control = {
        .token = settings & HAS_TOKEN ? TOKEN : NULL,
        .loopback_only = !(settings & IS_OPEN),
        .hosts = {"mock.test"},
        .host_count = 1,
    };
    const struct proxy_access access = {
        .control = &control,
        .ports = {8080},
        .port_count = 1,
        .pass_through = (settings & PASSES) != 0,
        .has_tls = (settings & HAS_TLS) != 0,
    };
    struct request_head head = request_head_parse(input.bytes, input.length);
    const struct request request = {
        .verb_name = head.verb,
        .target = head.target,
        .headers = head.headers,
        .header_count = head.header_count,
    };
    struct proxy_ruling ruling;

    if (proxy_is_meant(head.target)) {
        ruling = proxy_access_judge(&access, &request);
        check(&access, &request, &ruling);
    }
    request_head_free(&head);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fuzz_input input = fuzz_input(data, size);
    int settings = (unsigned char)fuzz_byte(&input);

    judge(input, settings);
    return 0;
}
