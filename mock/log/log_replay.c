/* Reads lines into a server. */
#include "log/log_replay.h"

#include <string.h>

#include "entrance/entrance.h"
#include "scenario/scenario.h"
#include "world/world_load.h"

void log_replay_init(struct log_replay *replay,
                     const struct mock_options *options)
{
    *replay = (struct log_replay){.options = options, .reply = REPLY_INIT};
}

bool log_replay_head(struct log_replay *replay, const char *line, size_t length,
                     struct buffer *why)
{
    buffer_clear(&replay->head_line);
    buffer_add(&replay->head_line, line, length);
    if (!log_head_read(replay->head_line.data, length, &replay->head, why))
        return false;
    if (replay->head.snapshot_lines < 0) {
        buffer_add_text(why, "wanted the lines of a snapshot, 0 or more");
        return false;
    }
    replay->snapshot_left = replay->head.snapshot_lines;
    replay->last_id = replay->head.snapshot_last_id;
    replay->last_time = replay->head.snapshot_lines ? replay->head.snapshot_time
                                                    : replay->head.time;
    return true;
}

/* A mistake of a scenario is a whole line. */
static void cut_last_newline(struct buffer *why)
{
    if (why->length && why->data[why->length - 1] == '\n')
        why->data[--why->length] = '\0';
}

bool log_replay_begin(struct log_replay *replay, struct buffer *why)
{
    const struct log_head *head = &replay->head;
    struct scenario *scenario;

    replay->salted = *replay->options;
    replay->salted.token_salt = head->salt;
    replay->salted.salts_seeds = head->is_redacted;
    if (replay->snapshot_left)
        return true;
    scenario =
        world_load_text("scenario", head->scenario, head->scenario_length, why);
    if (scenario)
        replay->entrance = entrance_create(scenario, &replay->salted,
                                           head->entropy, head->time);
    else
        cut_last_newline(why);
    return scenario != NULL;
}

bool log_replay_wants_snapshot(const struct log_replay *replay)
{
    return replay->snapshot_left > 0;
}

/* The last line makes the server. */
static bool take_snapshot_line(struct log_replay *replay, const char *line,
                               size_t length, struct buffer *why)
{
    struct buffer *lines = &replay->snapshot;

    buffer_add(lines, line, length);
    buffer_add_byte(lines, '\n');
    if (--replay->snapshot_left)
        return true;
    replay->entrance =
        entrance_restore(lines->data, lines->length, &replay->salted,
                         replay->head.snapshot_time, why);
    buffer_free(lines);
    return replay->entrance != NULL;
}

static bool is_next(const struct log_replay *replay, struct buffer *why)
{
    const struct log_entry *entry = &replay->entry;

    if (entry->id != replay->last_id + 1) {
        buffer_printf(why, "found entry %lld, wanted %lld", entry->id,
                      replay->last_id + 1);
        return false;
    }
    if (entry->input.host_time >= replay->last_time)
        return true;
    buffer_add_text(why, "its time is before that of the entry before");
    return false;
}

bool log_replay_line(struct log_replay *replay, char *line, size_t length,
                     struct buffer *why)
{
    const struct log_entry *entry = &replay->entry;

    if (replay->snapshot_left)
        return take_snapshot_line(replay, line, length, why);
    if (!log_entry_read(&replay->room, line, length, &replay->entry, why))
        return false;
    if (!is_next(replay, why)) {
        scenario_release(entry->input.scenario);
        return false;
    }
    replay->last_id = entry->id;
    replay->last_time = entry->input.host_time;
    reply_clear(&replay->reply);
    (void)entrance_take(replay->entrance, &entry->input, &replay->reply);
    (void)entrance_due_has_changed(replay->entrance);
    return true;
}

void log_replay_free(struct log_replay *replay)
{
    log_entry_room_free(&replay->room);
    reply_free(&replay->reply);
    buffer_free(&replay->head_line);
    buffer_free(&replay->snapshot);
}
