/* Writes the bodies of events. */
#include "events/event_body.h"

#include <string.h>

#include "tokens/directory.h"
#include "json/json_writer.h"

/* The deprecated verification token, which nobody may rely on. */
#define VERIFICATION_TOKEN "fake-verification-token"

static struct json_writer begin(struct buffer *body)
{
    struct json_writer writer = {.output = body};

    json_write_object(&writer, NULL);
    json_write_text(&writer, "token", VERIFICATION_TOKEN);
    return writer;
}

static void begin_frame(const struct event_frame *frame,
                        struct json_writer *writer, const char *type)
{
    const struct team *team = frame->team;

    json_write_text(writer, "team_id", team->id);
    /* SDKs find the installation of an organisation by it. */
    if (team->enterprise_id && (team->is_enterprise_install ||
                                strcmp(team->id, team->enterprise_id) == 0))
        json_write_text(writer, "enterprise_id", team->enterprise_id);
    json_write_text(writer, "api_app_id", frame->app->id);
    json_write_object(writer, "event");
    json_write_text(writer, "type", type);
}

static void end_frame(const struct event_frame *frame,
                      struct json_writer *writer)
{
    json_write_object_end(writer);
    json_write_text(writer, "type", "event_callback");
    json_write_text(writer, "event_id", frame->id);
    json_write_integer(writer, "event_time", frame->time / 1000);
    json_write_object_end(writer);
}

static void write_ids(struct json_writer *writer, const char *key,
                      const struct user_ids *list)
{
    size_t number;

    json_write_array(writer, key);
    for (number = 0; number < list->count; number++)
        json_write_text(writer, NULL, list->ids[number]);
    json_write_array_end(writer);
}

void event_body_tokens_revoked(const struct event_frame *frame,
                               const struct user_ids *people,
                               const struct user_ids *bots, struct buffer *body)
{
    struct json_writer writer = begin(body);

    begin_frame(frame, &writer, EVENT_TOKENS_REVOKED);
    json_write_object(&writer, "tokens");
    write_ids(&writer, "oauth", people);
    write_ids(&writer, "bot", bots);
    json_write_object_end(&writer);
    end_frame(frame, &writer);
}

void event_body_app_uninstalled(const struct event_frame *frame,
                                struct buffer *body)
{
    struct json_writer writer = begin(body);

    begin_frame(frame, &writer, EVENT_APP_UNINSTALLED);
    end_frame(frame, &writer);
}

void event_body_url_verification(const char *challenge, struct buffer *body)
{
    struct json_writer writer = begin(body);

    json_write_text(&writer, "challenge", challenge);
    json_write_text(&writer, "type", EVENT_URL_VERIFICATION);
    json_write_object_end(&writer);
}
