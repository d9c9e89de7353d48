/* What a command of `slackmock run` finds in its environment. */
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "run/command_environment.h"
#include "run/no_proxy.h"
#include "run/variables.h"

#define OWN "localhost,127.0.0.1,::1"

struct list_row {
    const char *list;
    const char *wanted;
};

static struct list_row list_rows[] = {
    {"", OWN},
    {"*", OWN},
    {"slack.com", OWN},
    {".slack.com", OWN},
    {"*.slack.com", OWN},
    {"files.slack.com:443", OWN},
    {"SLACK-GOV.com", OWN},
    {".com", OWN},
    {"com", OWN},
    {"localhost,::1,127.0.0.1", OWN},
    {"corp.example", "corp.example," OWN},
    {"evilslack.com", "evilslack.com," OWN},
    {"slack.com.example", "slack.com.example," OWN},
    {"10.0.0.0/8, .corp.example  *,a:80", "10.0.0.0/8,.corp.example,a:80," OWN},
};

static void a_list_is_edited(void **state)
{
    const struct list_row *row = *state;
    struct buffer edited = BUFFER_INIT;
    struct shown shown = {""};

    no_proxy_edit(&edited, row->list);
    shown_add(&shown, edited.data, edited.length);
    buffer_free(&edited);
    assert_string_equal(shown.text, row->wanted);
}

static const struct command_places places = {
    .host = "127.0.0.1",
    .port = 4711,
    .certificates = "/t/all.pem",
    .node_certificates = "/t/node.pem",
    .node_preload = "/t/a b.cjs",
    .java_trust_store = "/t/a b.jks",
};

struct variable_row {
    const char *before; /* an entry, or "" */
    const char *name;
    const char *wanted; /* NULL: it is not set */
};

#define JAVA                                                                   \
    "-Dhttps.proxyHost=127.0.0.1 -Dhttps.proxyPort=4711 "                      \
    "-Djavax.net.ssl.trustStore=\"/t/a b.jks\" "                               \
    "-Djavax.net.ssl.trustStoreType=JKS"

static struct variable_row variable_rows[] = {
    {"", "SLACKMOCK_URL", "http://127.0.0.1:4711"},
    {"", "SLACK_API_URL", "http://127.0.0.1:4711/api/"},
    {"HTTPS_PROXY=http://corp:1", "HTTPS_PROXY", "http://127.0.0.1:4711"},
    {"", "https_proxy", "http://127.0.0.1:4711"},
    {"SSL_CERT_FILE=/mine", "SSL_CERT_FILE", "/t/all.pem"},
    {"", "REQUESTS_CA_BUNDLE", "/t/all.pem"},
    {"", "CURL_CA_BUNDLE", "/t/all.pem"},
    {"", "NODE_EXTRA_CA_CERTS", "/t/node.pem"},
    {"", "NODE_USE_ENV_PROXY", "1"},
    {"", "NODE_OPTIONS", "--require \"/t/a b.cjs\""},
    {"NODE_OPTIONS=--inspect", "NODE_OPTIONS",
     "--inspect --require \"/t/a b.cjs\""},
    {"", "JAVA_TOOL_OPTIONS", JAVA},
    {"JAVA_TOOL_OPTIONS=-Xmx1g", "JAVA_TOOL_OPTIONS", "-Xmx1g " JAVA},
    {"NO_PROXY=*", "NO_PROXY", OWN},
    {"NO_PROXY=corp", "no_proxy", "corp," OWN},
    {"no_proxy=corp", "NO_PROXY", "corp," OWN},
    {"HTTP_PROXY=http://corp:1", "HTTP_PROXY", "http://corp:1"},
    {"HTTPS_PROXY_X=1", "HTTPS_PROXY_X", "1"},
    {"", "HTTP_PROXY", NULL},
};

static void a_variable_is_set(void **state)
{
    const struct variable_row *row = *state;
    char before[64];
    char *entries[] = {before, NULL};
    struct variables variables;
    struct shown shown = {""};
    const char *got;

    strncpy(before, row->before, sizeof before - 1);
    before[sizeof before - 1] = '\0';
    variables_init(&variables, *before ? entries : entries + 1);
    command_environment_set(&variables, &places);
    got = variables_get(&variables, row->name);
    got = got ? got : "(none)";
    shown_add(&shown, got, strlen(got));
    variables_free(&variables);
    assert_string_equal(shown.text, row->wanted ? row->wanted : "(none)");
}

int main(void)
{
    struct test_list list = {.count = 0};

    for (size_t i = 0; i < sizeof list_rows / sizeof *list_rows; i++)
        check_add_test(&list,
                       (struct CMUnitTest){.name = list_rows[i].list,
                                           .test_func = a_list_is_edited,
                                           .initial_state = &list_rows[i]});
    for (size_t i = 0; i < sizeof variable_rows / sizeof *variable_rows; i++)
        check_add_test(&list,
                       (struct CMUnitTest){.name = variable_rows[i].name,
                                           .test_func = a_variable_is_set,
                                           .initial_state = &variable_rows[i]});
    return run_list("run_environment", &list);
}
