/*
 * The client tests: they start the built server as a user does, and talk to it
 * through real clients. Run them from the repository's root:
 *
 *     client-tests [GROUP [TEST]]
 *
 * GROUP is a part of a group's name, TEST a pattern of `*` and `?` for the
 * names of tests. The environment:
 *
 *     SLACKMOCK                      the server, build/san/slackmock without it
 *     SLACKMOCK_RELEASE              the one to install, build/slackmock
 *     SLACKMOCK_STATIC               folder of the static ones, build/static
 *     SLACKMOCK_TEST_TIMEOUT_FACTOR  makes every deadline longer
 *     CI=true                        makes a client that is missing a failure
 *     BUILD                          where clients are set up, build without it
 */
#include <curl/curl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "check.h"
#include "client_process.h"
#include "test_groups.h"

static const struct group {
    const char *name;
    int (*run)(void);
} groups[] = {
    {"command-line", run_command_line_tests},
    {"program", run_program_tests},
    {"start", run_start_tests},
    {"hardening", run_hardening_tests},
    {"static", run_static_tests},
    {"log", run_log_tests},
    {"scenarios", run_scenarios_tests},
    {"schema", run_schema_tests},
    {"schema-keys", run_schema_keys_tests},
    {"schema-values", run_schema_values_tests},
    {"schema-mistakes", run_schema_mistakes_tests},
    {"rules", run_rules_tests},
    {"faults", run_faults_tests},
    {"faults-stall", run_stalls_tests},
    {"delays", run_delays_tests},
    {"delays-held", run_held_tests},
    {"limits", run_limits_tests},
    {"size-limits", run_size_limits_tests},
    {"exchange", run_exchange_tests},
    {"arguments", run_arguments_tests},
    {"refusals", run_refusals_tests},
    {"http", run_http_tests},
    {"transport", run_transport_tests},
    {"strictness", run_strictness_tests},
    {"running-out", run_running_out_tests},
    {"single-use", run_single_use_tests},
    {"rotation", run_rotation_tests},
    {"control", run_control_tests},
    {"control-refusals", run_control_refusals_tests},
    {"state", run_state_tests},
    {"journal", run_journal_tests},
    {"journal-unanswered", run_journal_unanswered_tests},
    {"access", run_access_tests},
    {"clock", run_clock_tests},
    {"patch", run_patch_tests},
    {"patch-tokens", run_patch_tokens_tests},
    {"patch-used", run_patch_used_tests},
    {"patch-world", run_patch_world_tests},
    {"refreshers", run_refreshers_tests},
    {"sandboxes", run_sandboxes_tests},
    {"fixtures", run_fixtures_tests},
    {"flows", run_flows_tests},
    {"matrix", run_matrix_tests},
    {"soak", run_soak_tests},
};

/* How many tests failed in the groups so named; -1: there is no such group. */
static int run_groups(const char *wanted)
{
    int failed = -1;

    for (size_t i = 0; i < sizeof groups / sizeof groups[0]; i++) {
        if (!strstr(groups[i].name, wanted))
            continue;
        if (failed < 0)
            failed = 0;
        failed += groups[i].run();
    }
    return failed;
}

int main(int argument_count, char **arguments)
{
    int failed;

    if (access("scenarios/default.json", R_OK) != 0) {
        (void)fputs("client-tests runs in the repository's root\n", stderr);
        return 2;
    }
    if (argument_count > 2)
        cmocka_set_test_filter(arguments[2]);
    /* A client that is gone is an error of write(), not the end of us. */
    (void)signal(SIGPIPE, SIG_IGN);
    if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
        return 2;
    failed = run_groups(argument_count > 1 ? arguments[1] : "");
    if (client_end_all() != 0)
        failed = 1;
    curl_global_cleanup();
    return failed != 0;
}
