/* Makes an entrance, and asks at it. */
#include "door.h"

#include <stdlib.h>

#include "base/xalloc.h"
#include "check.h"

int door_setup(void **state)
{
    static const struct mock_options options = {.sandboxes = 1,
                                                .call = CALL_LIMITS_DEFAULT,
                                                .journal_entries =
                                                    DOOR_JOURNAL};
    struct door *door = xcalloc(1, sizeof *door);

    *state = door;
    door->now = HOST_TIME;
    door->access.loopback_only = true;
    door->reply = (struct reply)REPLY_INIT;
    door->entrance =
        entrance_create(world_scenario(&door->world, WITH("\"seed\":1")),
                        &options, 1, HOST_TIME);
    entrance_set_access(door->entrance, &door->access);
    return 0;
}

int door_teardown(void **state)
{
    struct door *door = *state;

    entrance_free(door->entrance);
    reply_free(&door->reply);
    free(door->world.mistakes);
    free(door);
    return 0;
}

struct input door_input(const struct door *door, enum input_kind kind,
                        enum verb verb, const char *target)
{
    return (struct input){
        .kind = kind,
        .host_time = door->now,
        .request = {.verb = verb, .verb_name = "-", .target = target},
    };
}

const char *door_take(struct door *door, const struct input *input)
{
    assert_true(entrance_take(door->entrance, input, &door->reply));
    return buffer_text(&door->reply.body);
}

const char *door_ask(struct door *door, enum verb verb, const char *target)
{
    const struct input input = door_input(door, INPUT_REQUEST, verb, target);

    return door_take(door, &input);
}
