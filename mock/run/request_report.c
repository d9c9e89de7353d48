/* One line after the other, as far as REPORT_MOST; the rest is counted. */
#include "request_report.h"

#include <stdbool.h>
#include <string.h>

#include "http/log_text.h"
#include "http/request_log.h"
#include "journal/mask.h"
#include "message/reply.h"

#define REPORT_MOST 1000
#define API         "/api/"
#define CONTROL     "/_mock/"

/* What no state of Slack brings about, but a wrong request. */
static const char *const mistakes[] = {
    "bad_client_secret", "forbidden_host",      "invalid_arg_name",
    "invalid_arguments", "invalid_array_arg",   "invalid_charset",
    "invalid_client_id", "invalid_form_data",   "invalid_json",
    "invalid_post_type", "json_not_object",     "missing_post_type",
    "not_authed",        "not_found",           "unknown_method",
    "bad_request",       "method_not_supported"};

/* A rule that answers so was asked to. */
static bool is_mistake(const struct call_record *record)
{
    if (record->hint)
        return true;
    if (!record->error || record->rule)
        return false;
    for (size_t i = 0; i < sizeof mistakes / sizeof mistakes[0]; i++)
        if (strcmp(record->error, mistakes[i]) == 0)
            return true;
    return false;
}

/* Adds a value, masked, so that it cannot end its line. */
static void add_masked(struct buffer *lines, const char *name,
                       const char *value, size_t length)
{
    struct buffer masked = BUFFER_INIT;

    mask_value(&masked, name, strlen(name), value, length);
    log_text_add_escaped(lines, &masked, "");
    buffer_free(&masked);
}

/* The method, or the verb and the path of what is none. */
static void add_what(struct buffer *lines, const struct logged_request *request)
{
    const char *target = request->target;
    size_t length = strcspn(target, "?");

    if (strncmp(target, API, strlen(API)) == 0) {
        target += strlen(API);
        length -= strlen(API);
    } else {
        add_masked(lines, "verb", request->verb, strlen(request->verb));
        buffer_add_byte(lines, ' ');
    }
    add_masked(lines, "path", target, length);
}

static void add_field(struct buffer *lines, const char *name, const char *value)
{
    if (!value)
        return;
    buffer_printf(lines, ", %s: ", name);
    add_masked(lines, name, value, strlen(value));
}

void request_report_add(struct request_report *report,
                        const struct logged_request *request)
{
    const struct call_record *record = request->record;
    struct buffer *lines = &report->lines;
    const char *outcome = request->status ? "ok" : "no answer";
    bool is_wrong = is_mistake(record);

    if (strncmp(request->target, CONTROL, strlen(CONTROL)) == 0)
        return;
    report->mistakes += is_wrong;
    if (report->count++ >= REPORT_MOST)
        return;
    buffer_add_text(lines, is_wrong ? "  ! " : "    ");
    add_what(lines, request);
    buffer_add_text(lines, ": ");
    outcome = record->error ? record->error : outcome;
    add_masked(lines, "error", outcome, strlen(outcome));
    add_field(lines, "fault", record->fault);
    add_field(lines, "rule", record->rule);
    add_field(lines, "hint", record->hint);
    buffer_add_byte(lines, '\n');
}

void request_report_print(const struct request_report *report,
                          struct buffer *output)
{
    buffer_printf(output, "slackmock: was asked %zu %s", report->count,
                  report->count == 1 ? "time" : "times");
    if (report->mistakes)
        buffer_add_text(output, ", ! marks what looks like a mistake");
    buffer_add_text(output, report->count ? ":\n" : "\n");
    buffer_add(output, buffer_text(&report->lines), report->lines.length);
    if (report->count > REPORT_MOST)
        buffer_printf(output, "    and %zu more\n",
                      report->count - REPORT_MOST);
}
