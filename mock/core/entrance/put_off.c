/* Without the headers and the request id that a world gives. */
#include "entrance/put_off.h"

#include "control/control.h"
#include "message/refusal.h"
#include "message/reply.h"

/* No request id: it would be drawn from the worlds, which must not change. */
void put_off_call(struct reply *reply, const char *message)
{
    static const char error[] = "service_unavailable";

    reply_clear(reply);
    reply_add_header_static(reply, "Content-Type",
                            "application/json; charset=utf-8");
    reply_add_header_static(reply, "Access-Control-Allow-Origin", "*");
    buffer_add_text(&reply->body,
                    "{\"ok\":false,\"error\":\"service_unavailable\"}");
    reply->record.error = error;
    reply->record.hint = reply_copy(reply, message);
}

void put_off_control(struct reply *reply, const char *message)
{
    const struct refusal refusal = {503, "service_unavailable", message};

    control_refuse_request(reply, &refusal);
}
