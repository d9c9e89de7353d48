/*
 * Installers that know only https://slack.com, unmodified, and a person's
 * browser that does not either, by `slackmock run`: the authorize page, the
 * code and the exchange all at slack.com.
 */
#include "check.h"
#include "default_world.h"
#include "program_run.h"
#include "set_up.h"
#include "test_case.h"
#include "test_groups.h"
#include "tls_client.h"

#define CLIENT "client-tests/clients/unaware/run"

struct row {
    const char *folder;
    const char *denied; /* what its page says of a denial */
};

static const struct row rows[] = {
    {"bolt-js", "slack_oauth_installer_authorization_error"},
    {"bolt-python", "access_denied"},
    {"bolt-java", "access_denied"},
};

static const struct program_run *install(struct test *test, const char *consent)
{
    const struct row *row = test_row(test);
    const char *world;

    tls_skip_without(test);
    set_up_or_skip(test, "clients", "unaware");
    set_up_or_skip(test, "clients", row->folder);
    world = test_file(test, "world.json",
                      test_printf(test, WORLD("\"consent\":\"%s\""), consent));
    return program_run(test, ARGUMENTS("-q", "run", world, "--", CLIENT,
                                       row->folder, "install"));
}

/* What the default world's bot may do already is added. */
static void test_allow(struct test *test)
{
    const struct program_run *run = install(test, "allow");

    assert_text(run->out, "installed U0BOT commands,chat:write\n");
    assert_number(run->status, 0);
}

static void test_deny(struct test *test)
{
    const struct row *row = test_row(test);
    const struct program_run *run = install(test, "deny");

    assert_contains(run->out, row->denied);
    assert_lacks(run->out, "installed");
    assert_number(run->status, 0);
}

int run_run_installers_tests(void)
{
    static const struct test_case cases[] = {
        {"@slack/oauth installs by slack.com", test_allow, &rows[0]},
        {"@slack/oauth is denied by slack.com", test_deny, &rows[0]},
        {"Bolt for Python installs by slack.com", test_allow, &rows[1]},
        {"Bolt for Python is denied by slack.com", test_deny, &rows[1]},
        {"Bolt for Java installs by slack.com", test_allow, &rows[2]},
        {"Bolt for Java is denied by slack.com", test_deny, &rows[2]},
    };

    return test_cases_run(cases, sizeof cases / sizeof cases[0]);
}
