/* The body of a control request. */
#include <cjson/cJSON.h>
#include <stdio.h>

#include "control/control_parts.h"
#include "mock/mock.h"
#include "json/json_text.h"

bool control_read_body(struct control *control)
{
    const struct request *request = control->request;
    struct json_syntax_error error;
    char message[256];

    control->body =
        json_text_parse(request->body, request->body_length,
                        mock_limits(control->mock)->json_depth, &error);
    if (control->body)
        return true;
    snprintf(message, sizeof message, "body:%zu:%zu: syntax error: %s",
             error.line, error.column, error.message);
    control_refuse(control, 400, "invalid_json", message);
    return false;
}
