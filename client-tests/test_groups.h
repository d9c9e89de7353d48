/* The groups of tests, each in a file test_NAME.c. They return the failures. */
#ifndef CLIENT_TESTS_TEST_GROUPS_H
#define CLIENT_TESTS_TEST_GROUPS_H

int run_command_line_tests(void);
int run_program_tests(void);
int run_start_tests(void);
int run_hardening_tests(void);
int run_log_tests(void);
int run_scenarios_tests(void);
int run_schema_tests(void);
int run_schema_keys_tests(void);
int run_schema_values_tests(void);
int run_schema_mistakes_tests(void);
int run_rules_tests(void);
int run_faults_tests(void);
int run_stalls_tests(void);
int run_delays_tests(void);
int run_held_tests(void);
int run_limits_tests(void);
int run_size_limits_tests(void);
int run_exchange_tests(void);
int run_arguments_tests(void);
int run_refusals_tests(void);
int run_http_tests(void);
int run_transport_tests(void);
int run_strictness_tests(void);
int run_single_use_tests(void);
int run_rotation_tests(void);
int run_refreshers_tests(void);
int run_sandboxes_tests(void);
int run_fixtures_tests(void);
int run_flows_tests(void);
int run_matrix_tests(void);
int run_soak_tests(void);
int run_control_tests(void);
int run_control_refusals_tests(void);
int run_state_tests(void);
int run_journal_tests(void);
int run_journal_unanswered_tests(void);
int run_access_tests(void);
int run_clock_tests(void);
int run_patch_tests(void);
int run_patch_world_tests(void);

#endif
