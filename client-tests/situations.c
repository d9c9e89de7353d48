/*
 * The errors and warnings tables of the oauth.v2.exchange page, whole and in
 * their order; see situations.h.
 */
#include "situations.h"

#include <dirent.h>
#include <string.h>

#include "check.h"
#include "test_case.h"

#define ERROR(name)                                                            \
    {                                                                          \
        "errors/" name ".json", name, NULL, NULL, 200                          \
    }
#define WARNING(name)                                                          \
    {                                                                          \
        "warnings/" name ".json", NULL, name, NULL, 200                        \
    }

const struct situation situations[] = {
    {"default.json", NULL, NULL, NULL, 200},
    ERROR("authorization_not_found"),
    ERROR("bad_client_secret"),
    ERROR("internal_error"),
    ERROR("invalid_client_id"),
    ERROR("invalid_token"),
    ERROR("token_already_exchanged"),
    ERROR("token_rotation_not_enabled"),
    ERROR("accesslimited"),
    ERROR("fatal_error"),
    ERROR("invalid_arg_name"),
    {"errors/invalid_arguments.json", "invalid_arguments", NULL,
     "[ERROR] missing required field: token", 200},
    ERROR("invalid_array_arg"),
    ERROR("invalid_charset"),
    ERROR("invalid_form_data"),
    ERROR("invalid_post_type"),
    ERROR("missing_post_type"),
    {"errors/ratelimited.json", "ratelimited", NULL, NULL, 429},
    ERROR("request_timeout"),
    ERROR("service_unavailable"),
    ERROR("team_added_to_org"),
    WARNING("missing_charset"),
    WARNING("superfluous_charset"),
};

const size_t situation_count = sizeof situations / sizeof situations[0];

static const struct situation *find(const char *scenario)
{
    for (size_t i = 0; i < situation_count; i++)
        if (strcmp(situations[i].scenario, scenario) == 0)
            return &situations[i];
    return NULL;
}

/* How many files a folder of scenarios/ holds, each of which must be known. */
static int count_files(struct test *test, const char *name)
{
    DIR *folder = opendir(test_printf(test, "scenarios/%s", name));
    const char *unknown = NULL;
    struct dirent *entry;
    int count = 0;

    while (folder && (entry = readdir(folder)) != NULL) {
        const char *scenario = test_printf(test, "%s/%s", name, entry->d_name);

        if (entry->d_name[0] == '.')
            continue;
        if (!find(scenario))
            unknown = scenario;
        count++;
    }
    if (folder)
        (void)closedir(folder);
    if (unknown)
        fail_msg("scenarios/%s is no situation that Slack documents", unknown);
    return count;
}

void test_situations_are_the_files(struct test *test)
{
    assert_number(count_files(test, "errors"), 20);
    assert_number(count_files(test, "warnings"), 2);
}
