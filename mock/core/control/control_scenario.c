/*
 * PUT and PATCH /_mock/scenario, and sandboxes made from a scenario: the whole
 * body is loaded and checked before a mock hears of it.
 */
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "control/control_parts.h"
#include "journal/journal.h"
#include "mock/mock.h"
#include "mock/sandboxes.h"
#include "scenario/scenario.h"
#include "scenario/scenario_cache.h"
#include "scenario/scenario_load.h"
#include "world/world_load.h"

/*
 * The scenario in the body, or the world that was saved; NULL, and the refusal
 * is written, if it is wrong.
 */
static struct scenario *load_body(struct control *control)
{
    const struct request *request = control->request;
    struct scenario_cache *cache = sandboxes_scenarios(control->sandboxes);
    struct scenario *scenario =
        scenario_cache_find(cache, request->body, request->body_length);

    if (scenario)
        return scenario;
    if (!control_check_body(control))
        return NULL;
    scenario = scenario_cache_load(cache, request->body, request->body_length,
                                   &control->lines);
    if (scenario && world_state_is_right(scenario, &control->lines))
        return scenario;
    scenario_release(scenario);
    control_refuse_mistakes(control);
    return NULL;
}

void control_put_scenario(struct control *control)
{
    struct scenario *scenario = load_body(control);

    if (scenario)
        mock_load(control->mock, scenario, control->request->host_time);
}

void control_patch_scenario(struct control *control)
{
    const struct request *request = control->request;
    const struct scenario_base base = {mock_scenario(control->mock),
                                       mock_tokens(control->mock)};
    struct scenario *scenario;

    if (!control_check_body(control))
        return;
    scenario = scenario_body_load_over(&base, request->body,
                                       request->body_length, &control->lines);
    if (scenario)
        mock_change(control->mock, scenario, request->host_time);
    else
        control_refuse_mistakes(control);
}

static void write_use(struct control *control, const char *name)
{
    const struct journal *journal =
        mock_journal(sandboxes_find(control->sandboxes, name, strlen(name)));
    struct json_writer *writer = &control->writer;
    long long mistakes = 0;

    for (size_t place = 0; place < journal->count; place++)
        mistakes += journal_entry_is_mistake(journal_at(journal, place));
    json_write_object(writer, NULL);
    json_write_text(writer, "name", name);
    json_write_integer(writer, "calls", (long long)journal->count);
    json_write_integer(writer, "mistakes", mistakes);
    json_write_object_end(writer);
}

void control_get_sandboxes(struct control *control)
{
    struct json_writer *writer = &control->writer;
    size_t count;
    const char **names = sandboxes_names(control->sandboxes, &count);
    size_t number;

    json_write_array(writer, "sandboxes");
    for (number = 0; number < count; number++)
        json_write_text(writer, NULL, names[number]);
    json_write_array_end(writer);
    json_write_integer(writer, "count", (long long)count);
    json_write_array(writer, "used");
    for (number = 0; number < count; number++)
        write_use(control, names[number]);
    json_write_array_end(writer);
    free(names);
}

static bool check_name(struct control *control)
{
    if (sandbox_name_is_valid(control->name, strlen(control->name)))
        return true;
    mistake(&control->mistakes, "path", NULL,
            "found the name \"%.80s\", wanted 1 to %d letters, digits, dashes "
            "and underscores",
            control->name, SANDBOX_NAME_MOST);
    control_refuse_mistakes(control);
    return false;
}

static bool check_room(struct control *control)
{
    if (sandboxes_has_room(control->sandboxes, control->name))
        return true;
    control_refuse(control, 413, "too_many_sandboxes",
                   "there are as many sandboxes as --max-sandboxes says; "
                   "DELETE one, or replace it");
    return false;
}

/* An empty body: the scenario that the server runs, as it was loaded. */
static struct scenario *scenario_for_sandbox(struct control *control)
{
    if (!control->request->body_length)
        return scenario_hold(mock_loaded(control->mock));
    return load_body(control);
}

void control_put_sandbox(struct control *control)
{
    struct scenario *scenario;
    char *path;

    if (!check_name(control) || !check_room(control) ||
        !(scenario = scenario_for_sandbox(control)))
        return;
    sandboxes_put(control->sandboxes, control->name, scenario,
                  control->request->host_time);
    json_write_text(&control->writer, "name", control->name);
    path = xasprintf("/sandbox/%s/api/", control->name);
    json_write_text(&control->writer, "api", path);
    free(path);
}

void control_delete_sandbox(struct control *control)
{
    char *message;

    if (sandboxes_remove(control->sandboxes, control->name))
        return;
    message = xasprintf("there is no sandbox \"%.80s\"", control->name);
    control_refuse(control, 404, "not_found", message);
    free(message);
}
