/*
 * Writes the refusals of the control API: an HTTP status, an error name and a
 * message.
 */
#include <string.h>

#include "control/control.h"
#include "control/control_parts.h"
#include "message/refusal.h"

static void begin_refusal(struct reply *reply, struct json_writer *writer,
                          const struct refusal *refusal)
{
    buffer_clear(&reply->body);
    *writer = (struct json_writer){.output = &reply->body};
    reply->status = refusal->status;
    reply->record.error = reply_copy(reply, refusal->error);
    json_write_object(writer, NULL);
    json_write_boolean(writer, "ok", false);
    json_write_text(writer, "error", refusal->error);
    json_write_text(writer, "message", refusal->message);
}

void control_refuse(struct control *control, int status, const char *error,
                    const char *message)
{
    const struct refusal refusal = {status, error, message};

    begin_refusal(control->reply, &control->writer, &refusal);
}

void control_refuse_request(struct reply *reply, const struct refusal *refusal)
{
    struct json_writer writer;

    reply_clear(reply);
    reply_set_header_static(reply, "Content-Type",
                            "application/json; charset=utf-8");
    begin_refusal(reply, &writer, refusal);
    json_write_object_end(&writer);
}

void control_refuse_mistakes(struct control *control)
{
    const char *line = buffer_text(&control->lines);
    struct json_writer *writer = &control->writer;

    control_refuse(control, 422, "invalid_request",
                   "well-formed, but wrong; nothing has changed");
    json_write_array(writer, "mistakes");
    for (; *line; line += strcspn(line, "\n") + 1)
        json_write_bytes(writer, NULL, line, strcspn(line, "\n"));
    json_write_array_end(writer);
}
