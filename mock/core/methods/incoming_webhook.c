/* Orders are those of the methods' reference pages. */
#include "methods/incoming_webhook.h"

static void write_url(struct call *call, const struct code_entry *code)
{
    struct buffer url = BUFFER_INIT;

    request_add_base_url(call->sent.request, &url);
    buffer_printf(&url, "/services/%s/B0WEBHOOK/SLACKMOCKFAKE", code->team->id);
    json_write_text(&call->outcome.fields, "url", buffer_text(&url));
    buffer_free(&url);
}

static void write_configuration_url(struct call *call,
                                    const struct code_entry *code)
{
    struct buffer url = BUFFER_INIT;

    buffer_printf(&url, "https://%s.slack.com/services/B0WEBHOOK",
                  code->team->domain);
    json_write_text(&call->outcome.fields, "configuration_url",
                    buffer_text(&url));
    buffer_free(&url);
}

void incoming_webhook_write(struct call *call, const struct code_entry *code)
{
    struct json_writer *fields = &call->outcome.fields;

    if (!code->channel)
        return;
    json_write_object(fields, "incoming_webhook");
    json_write_text(fields, "channel", code->channel);
    json_write_text(fields, "channel_id", "C0CHANNEL");
    write_configuration_url(call, code);
    write_url(call, code);
    json_write_object_end(fields);
}

void incoming_webhook_write_classic(struct call *call,
                                    const struct code_entry *code)
{
    struct json_writer *fields = &call->outcome.fields;

    if (!code->channel)
        return;
    json_write_object(fields, "incoming_webhook");
    write_url(call, code);
    json_write_text(fields, "channel", code->channel);
    write_configuration_url(call, code);
    json_write_object_end(fields);
}
