/*
 * One variable after the other. Paths stand in quotes where a variable holds
 * several options, as Node and Java both read them.
 */
#include "command_environment.h"

#include <stdlib.h>

#include "base/xalloc.h"
#include "no_proxy.h"
#include "variables.h"

static void set_urls(struct variables *variables,
                     const struct command_places *places)
{
    char *url = xasprintf("http://%s:%d", places->host, places->port);
    char *api = xasprintf("%s/api/", url);

    variables_set(variables, "SLACKMOCK_URL", url);
    variables_set(variables, "SLACK_API_URL", api);
    variables_set(variables, "HTTPS_PROXY", url);
    variables_set(variables, "https_proxy", url);
    free(api);
    free(url);
}

/* Some clients read the one spelling, some the other. */
static void edit_no_proxy(struct variables *variables)
{
    static const char *const names[] = {"NO_PROXY", "no_proxy"};
    const char *lists[2];
    struct buffer edited[2] = {BUFFER_INIT, BUFFER_INIT};

    for (size_t i = 0; i < 2; i++)
        lists[i] = variables_get(variables, names[i]);
    for (size_t i = 0; i < 2; i++)
        no_proxy_edit(&edited[i], lists[i] ? lists[i] : lists[1 - i]);
    for (size_t i = 0; i < 2; i++) {
        variables_set(variables, names[i], buffer_text(&edited[i]));
        buffer_free(&edited[i]);
    }
}

static void set_certificates(struct variables *variables,
                             const struct command_places *places)
{
    variables_set(variables, "SSL_CERT_FILE", places->certificates);
    variables_set(variables, "REQUESTS_CA_BUNDLE", places->certificates);
    variables_set(variables, "CURL_CA_BUNDLE", places->certificates);
    variables_set(variables, "NODE_EXTRA_CA_CERTS", places->node_certificates);
}

static void set_node(struct variables *variables,
                     const struct command_places *places)
{
    char *options = xasprintf("--require \"%s\"", places->node_preload);

    variables_set(variables, "NODE_USE_ENV_PROXY", "1");
    variables_append(variables, "NODE_OPTIONS", options);
    free(options);
}

/* Of two properties with one name the last holds. */
static void set_java(struct variables *variables,
                     const struct command_places *places)
{
    char *options =
        xasprintf("-Dhttps.proxyHost=%s -Dhttps.proxyPort=%d "
                  "-Djavax.net.ssl.trustStore=\"%s\" "
                  "-Djavax.net.ssl.trustStoreType=JKS",
                  places->host, places->port, places->java_trust_store);

    variables_append(variables, "JAVA_TOOL_OPTIONS", options);
    free(options);
}

void command_environment_set(struct variables *variables,
                             const struct command_places *places)
{
    set_urls(variables, places);
    edit_no_proxy(variables);
    set_certificates(variables, places);
    set_node(variables, places);
    set_java(variables, places);
}
