/*
 * POST /_mock/install: an installation as a browser would end it, for tests
 * that do not care for browsers.
 */
#include "control/control_parts.h"
#include "mock/mock.h"
#include "scenario/scenario.h"
#include "scenario/scenario_entries.h"
#include "json/json_fields.h"

/* The app and the team that the body names; the first ones without names. */
static void find_parties(struct control *control, struct code_entry *code)
{
    const struct directory *directory =
        &mock_scenario(control->mock)->directory;
    const struct json_path top = {0};
    const struct json_path app_path = {&top, "app", 0};
    const struct json_path team_path = {&top, "team", 0};

    if (code->app_id)
        code->app = directory_app_by_id(directory, code->app_id);
    else if (directory->app_count)
        code->app = directory->apps[0];
    if (code->team_id)
        code->team = directory_team_by_id(directory, code->team_id);
    else if (directory->team_count)
        code->team = directory->teams[0];
    if (!code->app)
        mistake(&control->mistakes, "body", &app_path,
                "found \"%s\", wanted the id of an app of this world",
                code->app_id ? code->app_id : "");
    if (!code->team)
        mistake(&control->mistakes, "body", &team_path,
                "found \"%s\", wanted the id of a team of this world",
                code->team_id ? code->team_id : "");
}

void control_post_install(struct control *control)
{
    struct code_entry code = {0};
    const struct json_reader reader = {.mistakes = &control->mistakes,
                                       .file = "body",
                                       .arena = &control->arena,
                                       .context = mock_scenario(control->mock)};
    const struct json_path top = {0};

    if (json_fields_read(&reader, control->body, &top, scenario_install_fields,
                         &code))
        find_parties(control, &code);
    if (control->mistakes.count) {
        control_refuse_mistakes(control);
        return;
    }
    if (!code.bot.user && !code.user.user)
        code.bot.user = "U0BOT";
    mock_install(control->mock, &code, control->request, &control->writer);
}
