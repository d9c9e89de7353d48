/*
 * The first six statuses are those of Slack's announcement of 2016-05-17, the
 * next seven were seen live. The rest are our choice, by their kind.
 */
#include "message/webhook_error.h"

#include <string.h>

const struct webhook_error webhook_errors[WEBHOOK_ERROR_COUNT] = {
    {"invalid_payload", 400},
    {"user_not_found", 400},
    {"action_prohibited", 403},
    {"channel_not_found", 404},
    {"channel_is_archived", 410},
    {"rollup_error", 500},
    {"no_service", 404},
    {"no_active_hooks", 404},
    {"no_team", 404},
    {"no_text", 400},
    {"invalid_token", 403},
    {"invalid_blocks", 400},
    {"rate_limited", 429},
    {"no_service_id", 404},
    {"team_disabled", 403},
    {"posting_to_general_channel_denied", 403},
    {"too_many_attachments", 400},
};

const struct webhook_error *webhook_error_find(const char *name)
{
    size_t number;

    for (number = 0; number < WEBHOOK_ERROR_COUNT; number++)
        if (strcmp(webhook_errors[number].name, name) == 0)
            return &webhook_errors[number];
    return NULL;
}
