/* A state is checked by having a mock go on with it. */
#include "world/world_load.h"

#include "arguments/call_limits.h"
#include "base/buffer.h"
#include "base/xalloc.h"
#include "mock/mock.h"
#include "scenario/scenario.h"
#include "scenario/scenario_load.h"

bool world_state_is_right(struct scenario *scenario, struct buffer *mistakes)
{
    static const struct mock_options options = {
        .journal_entries = 1,
        .sandboxes = 1,
        .call = CALL_LIMITS_DEFAULT,
    };

    return !scenario->state || mock_check_state(scenario, &options, mistakes);
}

struct document {
    const char *text;
    size_t length;
};

static int find(void *context, const char *name, const char *named_by,
                struct scenario_text *text, struct buffer *why)
{
    const struct document *document = context;

    if (named_by) {
        buffer_add_text(why, "what is saved extends nothing");
        return -1;
    }
    *text = (struct scenario_text){xstrdup(name),
                                   xmemdup0(document->text, document->length),
                                   document->length};
    return 0;
}

struct scenario *world_load_unchecked(const char *name, const char *text,
                                      size_t length, struct buffer *mistakes)
{
    struct document document = {text, length};

    return scenario_load(name, find, &document, mistakes);
}

struct scenario *world_load_text(const char *name, const char *text,
                                 size_t length, struct buffer *mistakes)
{
    struct scenario *scenario =
        world_load_unchecked(name, text, length, mistakes);

    if (!scenario || world_state_is_right(scenario, mistakes))
        return scenario;
    scenario_release(scenario);
    return NULL;
}
