/*
 * The client tests: they start the built server as a user does, and talk to it
 * through real clients. Run them from the repository's root:
 *
 *     client-tests [GROUP[,GROUP...] [TEST]]
 *     client-tests --list
 *
 * GROUP is the whole name of a group as --list prints it, a line each; without
 * one all run. TEST is a pattern of `*` and `?` for the names of tests. The
 * environment:
 *
 *     SLACKMOCK                      the server, build/san/slackmock without it
 *     SLACKMOCK_RELEASE              the one to install, build/slackmock
 *     SLACKMOCK_STATIC               folder of the static ones, build/static
 *     SLACKMOCK_PACKAGES             folder of the packages, build/packages
 *     SLACKMOCK_TEST_TIMEOUT_FACTOR  makes every deadline longer
 *     CI=true                        makes a client that is missing a failure
 *     BUILD                          where clients are set up, build without it
 */
#include <curl/curl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "browser.h"
#include "check.h"
#include "client_process.h"
#include "code_client.h"
#include "scenario_check.h"
#include "test_groups.h"

/* The longest first: scripts/run-tests begins them in this order. */
static const struct group {
    const char *name;
    int (*run)(void);
} groups[] = {
    {"fixtures", run_fixtures_tests},
    {"soak", run_soak_tests},
    {"packages-maven", run_packages_maven_tests},
    {"packages-npm", run_packages_npm_tests},
    {"packages-python", run_packages_python_tests},
    {"run-clients", run_run_clients_tests},
    {"schema", run_schema_tests},
    {"matrix", run_matrix_tests},
    {"installers-browser", run_installers_browser_tests},
    {"run-proxy", run_run_proxy_tests},
    {"front-much", run_front_much_tests},
    {"packages-go", run_packages_go_tests},
    {"packages", run_packages_tests},
    {"page-look", run_page_look_tests},
    {"page-world", run_page_world_tests},
    {"state-redis", run_state_redis_tests},
    {"chosen-names", run_chosen_names_tests},
    {"run-installers", run_run_installers_tests},
    {"delays-held", run_held_tests},
    {"installers", run_installers_tests},
    {"page", run_page_tests},
    {"recording", run_recording_tests},
    {"events", run_events_tests},
    {"refreshers", run_refreshers_tests},
    {"determinism", run_determinism_tests},
    {"state-redis-load", run_state_redis_load_tests},
    {"schema-values", run_schema_values_tests},
    {"methods", run_methods_tests},
    {"recipes", run_recipes_tests},
    {"small-apps", run_small_apps_tests},
    {"page-guard", run_page_guard_tests},
    {"faults", run_faults_tests},
    {"state-redis-hostile", run_state_redis_hostile_tests},
    {"state-redis-stream", run_state_redis_stream_tests},
    {"state-kill", run_state_kill_tests},
    {"flows-bolt-js", run_flows_bolt_js_tests},
    {"flows-bolt-js-4", run_flows_bolt_js_4_tests},
    {"flows-bolt-python", run_flows_bolt_python_tests},
    {"flows-bolt-python-async", run_flows_bolt_python_async_tests},
    {"flows-bolt-java", run_flows_bolt_java_tests},
    {"event-stream-ends", run_event_stream_ends_tests},
    {"installers-codes", run_installers_codes_tests},
    {"state-attack", run_state_attack_tests},
    {"spare-memory", run_spare_memory_tests},
    {"schema-keys", run_schema_keys_tests},
    {"schema-mistakes", run_schema_mistakes_tests},
    {"schema-world", run_schema_world_tests},
    {"journal", run_journal_tests},
    {"scenarios", run_scenarios_tests},
    {"installers-openid", run_installers_openid_tests},
    {"browser", run_browser_tests},
    {"authorize-forms", run_authorize_forms_tests},
    {"authorize-urls", run_authorize_urls_tests},
    {"refusals", run_refusals_tests},
    {"state-redis-join", run_state_redis_join_tests},
    {"state-redis-snapshot", run_state_redis_snapshot_tests},
    {"methods-slack-go", run_methods_slack_go_tests},
    {"event-stream", run_event_stream_tests},
    {"delays", run_delays_tests},
    {"event-hosts", run_event_hosts_tests},
    {"event-answers", run_event_answers_tests},
    {"journal-reply", run_journal_reply_tests},
    {"journal-arguments", run_journal_arguments_tests},
    {"scenario-bytes", run_scenario_bytes_tests},
    {"transport", run_transport_tests},
    {"command-line", run_command_line_tests},
    {"environment", run_environment_tests},
    {"run", run_run_tests},
    {"run-terminal", run_run_terminal_tests},
    {"program", run_program_tests},
    {"supervision", run_supervision_tests},
    {"start", run_start_tests},
    {"hardening", run_hardening_tests},
    {"static", run_static_tests},
    {"log", run_log_tests},
    {"state-file", run_state_file_tests},
    {"world", run_world_tests},
    {"replay", run_replay_tests},
    {"redact", run_redact_tests},
    {"scenario-methods", run_scenario_methods_tests},
    {"rules", run_rules_tests},
    {"misplaced-keys", run_misplaced_keys_tests},
    {"rules-arguments", run_rules_arguments_tests},
    {"rules-replies", run_rules_replies_tests},
    {"faults-stall", run_stalls_tests},
    {"limits", run_limits_tests},
    {"size-limits", run_size_limits_tests},
    {"exchange", run_exchange_tests},
    {"arguments", run_arguments_tests},
    {"http", run_http_tests},
    {"strictness", run_strictness_tests},
    {"front", run_front_tests},
    {"front-authority", run_authority_tests},
    {"front-proxy", run_proxy_tests},
    {"front-upstream", run_upstream_proxy_tests},
    {"running-out", run_running_out_tests},
    {"silence", run_silence_tests},
    {"single-use", run_single_use_tests},
    {"rotation", run_rotation_tests},
    {"misuse", run_misuse_tests},
    {"installs", run_installs_tests},
    {"pairs", run_pairs_tests},
    {"webhooks", run_webhooks_tests},
    {"control", run_control_tests},
    {"control-refusals", run_control_refusals_tests},
    {"control-sizes", run_control_sizes_tests},
    {"state", run_state_tests},
    {"journal-unanswered", run_journal_unanswered_tests},
    {"access", run_access_tests},
    {"page-files", run_page_files_tests},
    {"clock", run_clock_tests},
    {"patch", run_patch_tests},
    {"patch-tokens", run_patch_tokens_tests},
    {"patch-used", run_patch_used_tests},
    {"patch-world", run_patch_world_tests},
    {"sandboxes", run_sandboxes_tests},
    {"flows", run_flows_tests},
};

#define GROUP_COUNT (sizeof groups / sizeof groups[0])

/*
 * ASan asks this program for its options, and those of the environment go
 * before. Here 16 MiB of what was freed are kept, not 256: pages that are new
 * to the kernel each time took a quarter of what a run costs. The server keeps
 * all.
 */
/* NOLINTBEGIN(bugprone-reserved-identifier,readability-identifier-naming) */
const char *__asan_default_options(void);

const char *__asan_default_options(void)
{
    return "quarantine_size_mb=16";
}
/* NOLINTEND(bugprone-reserved-identifier,readability-identifier-naming) */

static const struct group *find_group(const char *name, size_t length)
{
    for (size_t i = 0; i < GROUP_COUNT; i++)
        if (strlen(groups[i].name) == length &&
            strncmp(groups[i].name, name, length) == 0)
            return &groups[i];
    return NULL;
}

static int list_groups(void)
{
    for (size_t i = 0; i < GROUP_COUNT; i++)
        (void)puts(groups[i].name);
    return 0;
}

static int run_all(void)
{
    int failed = 0;

    for (size_t i = 0; i < GROUP_COUNT; i++)
        failed += groups[i].run();
    return failed;
}

/* How many tests failed in them; -1: one is unknown, and none has run. */
static int run_groups(const char *names)
{
    const struct group *chosen[GROUP_COUNT];
    size_t count = 0;
    int failed = 0;

    for (;; names++) {
        size_t length = strcspn(names, ",");
        const struct group *group = find_group(names, length);

        if (!group || count == GROUP_COUNT) {
            (void)fprintf(stderr,
                          "client-tests: no group \"%.*s\"; --list has them\n",
                          (int)length, names);
            return -1;
        }
        chosen[count++] = group;
        names += length;
        if (!*names)
            break;
    }
    for (size_t i = 0; i < count; i++)
        failed += chosen[i]->run();
    return failed;
}

int main(int argument_count, char **arguments)
{
    int failed;

    if (argument_count > 1 && strcmp(arguments[1], "--list") == 0)
        return list_groups();
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
    failed = argument_count > 1 ? run_groups(arguments[1]) : run_all();
    if (client_end_all() != 0)
        failed = 1;
    if (code_clients_end() != 0)
        failed = 1;
    if (scenario_check_end() != 0)
        failed = 1;
    if (browser_end() != 0)
        failed = 1;
    curl_global_cleanup();
    return failed != 0;
}
