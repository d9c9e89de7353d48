/*
 * The methods that apps call most, called by slack-go's own functions with
 * typical arguments: what its types hold of the answers.
 */
#include <cjson/cJSON.h>
#include <string.h>

#include "check.h"
#include "default_world.h"
#include "program_run.h"
#include "server_fixture.h"
#include "set_up.h"
#include "test_case.h"
#include "test_groups.h"

#define TOKEN(text, more)                                                      \
    "{\"token\":\"" text "\",\"app\":\"A0APP\",\"team\":\"T0TEAM\"" more "}"
#define SCENARIO                                                               \
    WORLD("\"tokens\":[" TOKEN("xoxb-all", "") "," TOKEN(                      \
        "xoxp-all", ",\"user\":\"U0USER\"") "]")

/* In the order of the calls. Path NULL: nothing comes back but that it is so.
 */
static const struct row {
    const char *method;
    const char *path; /* `body` is what the function returned */
    const char *wanted;
} rows[] = {
    {"conversations.archive", NULL, NULL},
    {"conversations.unarchive", NULL, NULL},
    {"conversations.close", NULL, NULL},
    {"conversations.create", "body.name", "\"general\""},
    {"conversations.history", "body.messages.0.user", "\"U0BOT\""},
    {"conversations.info", "body.id", "\"C7\""},
    {"conversations.invite", "body.id", "\"C1\""},
    {"conversations.join", "body.id", "\"C1\""},
    {"conversations.kick", NULL, NULL},
    {"conversations.leave", NULL, NULL},
    {"conversations.list", "body.next_cursor", "\"\""},
    {"conversations.mark", NULL, NULL},
    {"conversations.members", "body.members", "[\"U0BOT\"]"},
    {"conversations.open", "body.is_channel", "false"},
    {"conversations.rename", "body.name", "\"other\""},
    {"conversations.replies", "body.messages.0.user", "\"U0BOT\""},
    {"conversations.setPurpose", "body.id", "\"C1\""},
    {"conversations.setTopic", "body.id", "\"C1\""},
    {"users.conversations", "body.next_cursor", "\"\""},
    {"chat.postMessage", "body.text", "\"hi\""},
    {"chat.meMessage", "body.channel", "\"C1\""},
    {"chat.postEphemeral", NULL, NULL},
    {"chat.update", "body.text", "\"new\""},
    {"chat.delete", "body.ts", "\"1.000100\""},
    {"chat.scheduleMessage", "body.channel", "\"C1\""},
    {"chat.scheduledMessages.list", "body.next_cursor", "\"\""},
    {"chat.deleteScheduledMessage", "body", "true"},
    {"chat.getPermalink", NULL, NULL},
    {"reactions.add", NULL, NULL},
    {"reactions.get", "body.type", "\"message\""},
    {"reactions.list", "body.0.type", "\"message\""},
    {"reactions.remove", NULL, NULL},
    {"pins.add", NULL, NULL},
    {"pins.list", "body.0.type", "\"message\""},
    {"pins.remove", NULL, NULL},
    {"bookmarks.add", "body.title", "\"T\""},
    {"bookmarks.edit", "body.id", "\"Bk1\""},
    {"bookmarks.list", "body.1", NULL},
    {"bookmarks.remove", NULL, NULL},
    {"files.completeUploadExternal", "body.title", "\"A\""},
    {"files.info", "body.id", "\"F1\""},
    {"files.list", "body.1", NULL},
    {"files.delete", NULL, NULL},
    {"emoji.list", NULL, NULL},
    {"auth.test", "body.team_id", "\"T0TEAM\""},
    {"bots.info", "body.app_id", "\"A0APP\""},
    {"team.info", "body.domain", "\"example\""},
    {"dnd.info", "body.dnd_enabled", "false"},
    {"users.getPresence", "body.presence", "\"active\""},
    {"users.info", "body.name", "\"user\""},
    {"users.list", "body.0.team_id", "\"T0TEAM\""},
    {"users.lookupByEmail", "body.profile.email", "\"ada@example.com\""},
    {"users.profile.get", NULL, NULL},
    {"users.setPresence", NULL, NULL},
    {"usergroups.create", "body.handle", "\"team\""},
    {"usergroups.list", "body.0.team_id", "\"T0TEAM\""},
    {"usergroups.users.list", NULL, NULL},
    {"usergroups.users.update", "body.id", "\"S1\""},
    {"views.open", "body.view.callback_id", "\"cb\""},
    {"views.push", "body.view.title.text", "\"T\""},
    {"views.update", "body.view.id", "\"V1\""},
    {"views.publish", "body.view.type", "\"home\""},
    {"search.messages", "body.total", "1"},
    {"users.profile.set", NULL, NULL},
};

#define ROWS (sizeof rows / sizeof *rows)

static int release_json(void *json)
{
    cJSON_Delete(json);
    return 0;
}

static void check_line(struct test *test, const struct row *row,
                       const char *line)
{
    cJSON *outcome = cJSON_Parse(line);

    test_keep(test, outcome, release_json);
    assert_json_text(outcome, "method", row->method);
    assert_json(outcome, "message", NULL);
    assert_json_text(outcome, "outcome", "returned");
    if (row->path)
        assert_json(outcome, row->path, row->wanted);
}

static void test_slack_go(struct test *test)
{
    const struct server *server;
    const struct program_run *run;
    const char *line;
    size_t number = 0;

    set_up_or_skip(test, "clients", "slack-go");
    server = server_start_with(test, SCENARIO);
    run = shell_run(test, test_printf(test,
                                      "exec \"${BUILD:-build}/clients/slack-go/"
                                      "methods\" %s/api/ xoxb-all xoxp-all",
                                      server_origin(server)));
    assert_number(run->status, 0);
    for (line = run->out; *line; line = strchr(line, '\n') + 1) {
        assert_true(number < ROWS);
        check_line(test, &rows[number++], line);
    }
    assert_number(number, ROWS);
}

int run_methods_slack_go_tests(void)
{
    static const struct test_case cases[] = {
        {"slack-go's types hold what sixty methods answer", test_slack_go,
         NULL},
    };

    return test_cases_run(cases, sizeof cases / sizeof *cases);
}
