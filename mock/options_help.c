/*
 * What --help and --version print.
 */
#include <cjson/cJSON.h>
#include <event2/event.h>
#include <stdio.h>

#include "base/version.h"
#include "front/tls.h"
#include "options.h"

/* clang-format off */
static const char help[] =
    "Usage: slackmock [options] [SCENARIO.json]\n"
    "\n"
    "A mock of Slack's methods for token rotation: oauth.v2.exchange,\n"
    "oauth.v2.access, auth.test, auth.revoke, apps.uninstall, and others from\n"
    "stubs. SCENARIO.json is a file or the name of a shipped scenario, such as\n"
    "errors/ratelimited.json; without it the default world is served.\n"
    "\n"
    "  -l, --listen HOST:PORT       where to listen; may be given twice; port 0\n"
    "                               takes a free one, an IPv6 address stands in\n"
    "                               brackets: [::1]:0 (127.0.0.1:8080)\n"
    "      --port-file PATH         write the first port there once connections\n"
    "                               are accepted (none)\n"
    "      --request-timeout SECONDS\n"
    "                               from a request's first byte to its last, such\n"
    "                               as 0.5 (10)\n"
    "      --idle-timeout SECONDS   close a connection without requests;\n"
    "                               fractions are allowed here too (120)\n"
    "      --max-body BYTES         longest body of a request (1048576)\n"
    "      --max-head BYTES         longest request line with all headers (65536)\n"
    "      --max-url BYTES          longest path and query (32768)\n"
    "      --max-arguments N        as many in a call, or multipart parts (1000)\n"
    "      --max-depth N            nesting of JSON in a body (64)\n"
    "      --max-connections N      as many at a time (10000)\n"
    "      --max-sandboxes N        as many at a time (20000)\n"
    "      --max-scenario BYTES     largest scenario file (268435456)\n"
    "      --journal N              as many requests are remembered (1000)\n"
    "      --control-token TOKEN    what requests under /_mock/ must carry, as\n"
    "                               Authorization: Bearer TOKEN (none)\n"
    "      --ca-dir DIR             keep the certificate authority of TLS there, as\n"
    "                               ca.pem and ca.key (a new one each run)\n"
    "      --pass-through           let CONNECT through to hosts that are not\n"
    "                               Slack's (refused)\n"
    "      --log-format text|json   of the line a request on stderr (text)\n"
    "  -q, --quiet                  log no requests\n"
    "  -v, --verbose                log each decision with its reason\n"
    "      --check                  report every mistake in the scenario, start\n"
    "                               nothing\n"
    "      --list-errors            print the documented errors and warnings\n"
    "      --help                   print this\n"
    "      --version                print the versions of program and libraries\n"
    "\n"
    "SIGHUP loads the scenario again; SIGTERM and SIGINT end the program.\n";
/* clang-format on */

void options_print_help(void)
{
    (void)fputs(help, stdout);
}

void options_print_version(void)
{
    const char *tls = tls_library();

    printf("slackmock %s (libevent %s, cJSON %s, %s)\n", SLACKMOCK_VERSION,
           event_get_version(), cJSON_Version(), tls ? tls : "without TLS");
}
