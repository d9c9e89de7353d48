/*
 * Clients that know only https://slack.com, unmodified: by `slackmock run`, and
 * by the variables of a proxy alone. What goes wrong looks to them as it does
 * over plain HTTP.
 */
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "program_run.h"
#include "server_fixture.h"
#include "set_up.h"
#include "test_case.h"
#include "test_groups.h"
#include "tls_client.h"

#define CLIENT  "client-tests/clients/unaware/run"
#define ALREADY "error token_already_exchanged\n"
/* What the machine has set shall not help. */
#define BARE                                                                   \
    "unset HTTP_PROXY HTTPS_PROXY http_proxy https_proxy ALL_PROXY "           \
    "all_proxy NO_PROXY no_proxy NODE_OPTIONS JAVA_TOOL_OPTIONS; "

enum situation { EXCHANGE, LOST_REPLY, RESET, TRUNCATED, SITUATIONS };

static const char *const scenarios[SITUATIONS] = {
    "default.json",
    "flows/lost-reply-after-exchange.json",
    "flows/reset-after-exchange.json",
    "flows/truncated-reply-after-exchange.json",
};

struct client_row {
    const char *name;
    const char *folder;  /* whose packages it takes */
    const char *runtime; /* the folder with it; NULL for the machine's own */
    /* What it raises where that is another thing than over plain HTTP. */
    const char *raised[SITUATIONS];
    bool needs_preload; /* it heeds no proxy */
};

#define PROXY_ERROR "raised ProxyError\n"

static const struct client_row client_rows[] = {
    {.name = "curl", .folder = "unaware"},
    {.name = "slack-go", .folder = "slack-go"},
    /* urllib3 blames the proxy for all that goes wrong before the reply. It is
     * a ConnectionError still. */
    {.name = "requests",
     .folder = "unaware",
     .raised = {[LOST_REPLY] = PROXY_ERROR, [RESET] = PROXY_ERROR}},
    /* CPython's ssl module tells a reset as an end, whatever server it is. */
    {.name = "httpx",
     .folder = "unaware",
     .raised = {[RESET] = "raised RemoteProtocolError\n"}},
    {.name = "slack-sdk",
     .folder = "bolt-python",
     .raised = {[RESET] = "raised RemoteDisconnected\n"}},
    {.name = "slack-sdk-async", .folder = "bolt-python"},
    {.name = "web-api-7", .folder = "bolt-js-4", .needs_preload = true},
    {.name = "web-api-8", .folder = "bolt-js", .needs_preload = true},
    {.name = "web-api-7-node-24",
     .folder = "bolt-js-4",
     .runtime = "node-24",
     .needs_preload = true},
    {.name = "web-api-8-node-24", .folder = "bolt-js", .runtime = "node-24"},
    {.name = "slack-api-client", .folder = "bolt-java"},
};

/* The test is skipped if it is not there. */
static const struct client_row *client_of(struct test *test)
{
    const struct client_row *client = test_row(test);

    tls_skip_without(test);
    set_up_or_skip(test, "clients", client->folder);
    if (client->runtime)
        set_up_or_skip(test, "clients", client->runtime);
    return client;
}

/* Cuts two lines off, or what there is. */
static const char *take_outcome(struct test *test, const char **out)
{
    const char *begin = *out;

    for (int line = 0; line < 2; line++) {
        *out += strcspn(*out, "\n");
        *out += **out ? 1 : 0;
    }
    return test_printf(test, "%.*s", (int)(*out - begin), begin);
}

/* Over plain HTTP, with base URLs: a runtime starts once for all of them. */
static void ask_plainly(struct test *test, const struct client_row *client,
                        const char *outcomes[SITUATIONS])
{
    const char *line =
        test_printf(test, BARE "exec " CLIENT " %s 2", client->name);
    const char *out;

    for (enum situation each = EXCHANGE; each < SITUATIONS; each++)
        line = test_printf(
            test, "%s %s/api/", line,
            server_origin(server_start(test, scenarios[each], NULL)));
    out = shell_run(test, line)->out;
    for (enum situation each = EXCHANGE; each < SITUATIONS; each++)
        outcomes[each] = take_outcome(test, &out);
    assert_string_equal(out, "");
}

/* The first exchange takes effect, and the second is told so. */
static void check_outcome(struct test *test, const struct client_row *client,
                          enum situation situation, const char *plain,
                          const char *out)
{
    const char *raised = client->raised[situation];

    assert_string_equal(plain + strcspn(plain, "\n"), "\n" ALREADY);
    if (raised)
        assert_string_equal(out, test_printf(test, "%s" ALREADY, raised));
    else
        assert_string_equal(out, plain);
    if (situation == EXCHANGE)
        assert_string_equal(out, "ok\n" ALREADY);
    else
        assert_int_equal(strncmp(out, "raised ", strlen("raised ")), 0);
}

/* ---- by slackmock run ---- */

static void test_run(struct test *test)
{
    const struct client_row *client = client_of(test);
    const char *plain[SITUATIONS];

    ask_plainly(test, client, plain);
    for (enum situation each = EXCHANGE; each < SITUATIONS; each++) {
        const struct program_run *run =
            program_run(test, ARGUMENTS("-q", "run", scenarios[each], "--",
                                        CLIENT, client->name, "2"));

        assert_number(run->status, 0);
        check_outcome(test, client, each, plain[each], run->out);
    }
}

/* ---- by variables ---- */

/* Java wants properties, and a trust store in the place of its own. */
static const char *java_options(struct test *test, const struct server *server,
                                const char *certificate)
{
    const char *store = test_path(test, "trust.jks");

    return test_printf(
        test,
        "[ -f '%s' ] || keytool -importcert -noprompt -alias mock -file '%s' "
        "-keystore '%s' -storetype JKS -storepass changeit >/dev/null 2>&1; "
        "export JAVA_TOOL_OPTIONS='-Dhttps.proxyHost=127.0.0.1 "
        "-Dhttps.proxyPort=%d -Djavax.net.ssl.trustStore=%s'; ",
        store, certificate, store, server_port(server), store);
}

static const char *ask_by_proxy(struct test *test,
                                const struct client_row *client,
                                const char *scenario)
{
    const char *folder = test_path(test, "ca");
    const char *certificate = test_path(test, "ca/ca.pem");
    const struct server *server =
        server_start(test, scenario, ARGUMENTS("--ca-dir", folder));
    const char *java = strcmp(client->folder, "bolt-java") == 0
                           ? java_options(test, server, certificate)
                           : "";
    const char *line = test_printf(
        test,
        BARE "%sexport HTTPS_PROXY=%s SSL_CERT_FILE='%s' "
             "REQUESTS_CA_BUNDLE='%s' CURL_CA_BUNDLE='%s' "
             "NODE_EXTRA_CA_CERTS='%s' NODE_USE_ENV_PROXY=1; exec " CLIENT
             " %s 2",
        java, server_origin(server), certificate, certificate, certificate,
        certificate, client->name);

    return shell_run(test, line)->out;
}

static void test_proxy(struct test *test)
{
    const struct client_row *client = client_of(test);
    const char *plain[SITUATIONS];

    ask_plainly(test, client, plain);
    for (enum situation each = EXCHANGE; each < SITUATIONS; each++)
        check_outcome(test, client, each, plain[each],
                      ask_by_proxy(test, client, scenarios[each]));
}

#define ROWS (sizeof client_rows / sizeof client_rows[0])

static int run_rows(test_function *run, bool preload)
{
    struct test_case cases[ROWS];
    size_t count = 0;

    for (size_t i = 0; i < ROWS; i++)
        if (preload || !client_rows[i].needs_preload)
            cases[count++] =
                (struct test_case){client_rows[i].name, run, &client_rows[i]};
    return test_cases_run(cases, count);
}

int run_run_clients_tests(void)
{
    return run_rows(test_run, true);
}

int run_run_proxy_tests(void)
{
    return run_rows(test_proxy, false);
}
