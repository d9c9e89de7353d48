/*
 * The recipes that users copy into their CI and their clusters: each fits its
 * schema, and what it sets and asks goes with the program.
 */
#include "check.h"
#include "program_run.h"
#include "set_up.h"
#include "test_case.h"
#include "test_groups.h"

static void test_recipes(struct test *test)
{
    const struct program_run *run;

    set_up_or_skip(test, "clients", "recipe-schemas");
    run = program_run_build(test, "client-tests/clients/recipe-schemas/run "
                                  "\"$1\" $(scripts/packages/version)");
    if (run->status != 0)
        fail_msg("status %d: %s%s", run->status, run->out, run->err);
}

static const struct test_case cases[] = {
    {"recipes: fit their schemas, and the program", test_recipes, NULL},
};

int run_recipes_tests(void)
{
    return test_cases_run(cases, sizeof cases / sizeof cases[0]);
}
