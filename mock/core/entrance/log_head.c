/* Writes, reads and compares heads. */
#include "entrance/log_head.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/timestamp.h"
#include "base/version.h"
#include "base/xalloc.h"
#include "entrance/scenario_difference.h"
#include "json/json_scan.h"
#include "json/json_writer.h"

/* ---- writing ---- */

static void write_time(struct json_writer *writer, const char *key,
                       int64_t time)
{
    char text[ISO_8601_SIZE];

    timestamp_to_iso_8601(time, text);
    json_write_text(writer, key, text);
}

static void write_number(struct json_writer *writer, const char *key,
                         uint64_t number)
{
    char *digits = xasprintf("%016" PRIx64, number);

    json_write_text(writer, key, digits);
    free(digits);
}

static void write_options(struct json_writer *writer,
                          const struct log_head *head)
{
    json_write_object(writer, "options");
    for (size_t i = 0; i < head->option_count; i++)
        json_write_integer(writer, head->options[i].name,
                           head->options[i].value);
    json_write_object_end(writer);
}

static void write_snapshot(struct json_writer *writer,
                           const struct log_head *head)
{
    json_write_object(writer, "snapshot");
    json_write_integer(writer, "lines", head->snapshot_lines);
    json_write_integer(writer, "last_id", head->snapshot_last_id);
    write_time(writer, "time", head->snapshot_time);
    json_write_object_end(writer);
}

void log_head_write(const struct log_head *head, struct buffer *line)
{
    struct buffer key = BUFFER_INIT;
    struct json_writer writer = {.output = line};
    struct buffer scenario = BUFFER_INIT;

    json_write_object(&writer, NULL);
    json_write_integer(&writer, "slackmock_log", head->format);
    json_write_text(&writer, "version", SLACKMOCK_VERSION);
    write_time(&writer, "time", head->time);
    write_options(&writer, head);
    write_number(&writer, "entropy", head->entropy);
    write_number(&writer, "salt", head->salt);
    if (head->is_redacted)
        json_write_boolean(&writer, "redacted", true);
    if (head->snapshot_lines)
        write_snapshot(&writer, head);
    buffer_add_text(&key, "scenario");
    buffer_add(&scenario, head->scenario, head->scenario_length);
    json_write_member(&writer, &key, &scenario);
    json_write_object_end(&writer);
    buffer_free(&key);
    buffer_free(&scenario);
}

/* ---- reading ---- */

static int64_t read_time(struct json_scan *scan)
{
    int64_t time = 0;

    if (timestamp_from_iso_8601(json_scan_text(scan).bytes, &time) != 0)
        json_scan_fail(scan, "a time as 2026-01-01T00:00:00.000Z");
    return time;
}

static uint64_t read_number(struct json_scan *scan)
{
    const struct scanned_text text = json_scan_text(scan);

    if (text.length != 16 ||
        strspn(text.bytes, "0123456789abcdef") != text.length)
        json_scan_fail(scan, "16 hexadecimal digits");
    return strtoull(text.bytes, NULL, 16);
}

static void read_options(struct json_scan *scan, struct log_head *head)
{
    bool is_first = true;

    json_scan_enter(scan, '{');
    while (json_scan_next(scan, &is_first)) {
        struct log_option option = {.name = json_scan_key(scan)};

        option.value = json_scan_integer(scan);
        if (head->option_count < LOG_OPTIONS_MOST)
            head->options[head->option_count++] = option;
        else
            json_scan_fail(scan, "fewer options");
    }
}

static void read_snapshot(struct json_scan *scan, struct log_head *head)
{
    bool is_first = true;

    json_scan_enter(scan, '{');
    while (json_scan_next(scan, &is_first)) {
        const char *key = json_scan_key(scan);

        if (strcmp(key, "lines") == 0)
            head->snapshot_lines = json_scan_integer(scan);
        else if (strcmp(key, "last_id") == 0)
            head->snapshot_last_id = json_scan_integer(scan);
        else if (strcmp(key, "time") == 0)
            head->snapshot_time = read_time(scan);
        else
            json_scan_fail(scan, "a key of a snapshot");
    }
}

static void read_key(struct json_scan *scan, struct log_head *head)
{
    const char *key = json_scan_key(scan);

    if (strcmp(key, "version") == 0) {
        (void)json_scan_text(scan);
    } else if (strcmp(key, "time") == 0) {
        head->time = read_time(scan);
    } else if (strcmp(key, "options") == 0) {
        read_options(scan, head);
    } else if (strcmp(key, "entropy") == 0) {
        head->entropy = read_number(scan);
    } else if (strcmp(key, "salt") == 0) {
        head->salt = read_number(scan);
    } else if (strcmp(key, "redacted") == 0) {
        head->is_redacted = json_scan_boolean(scan);
    } else if (strcmp(key, "snapshot") == 0) {
        read_snapshot(scan, head);
    } else if (strcmp(key, "scenario") == 0) {
        struct scanned_text scenario = json_scan_value(scan);

        head->scenario = scenario.bytes;
        head->scenario_length = scenario.length;
    } else {
        json_scan_fail(scan, "a key of a log's first line");
    }
}

/* The format is read before all else: of another one nothing is known. */
bool log_head_read(char *line, size_t length, struct log_head *head,
                   struct buffer *why)
{
    struct json_scan scan = json_scan_begin(line, length);
    bool is_first = true;

    *head = (struct log_head){0};
    json_scan_enter(&scan, '{');
    if (!json_scan_next(&scan, &is_first) ||
        strcmp(json_scan_key(&scan), "slackmock_log") != 0) {
        buffer_add_text(why, "this is no log of slackmock");
        return false;
    }
    head->format = json_scan_integer(&scan);
    if (!scan.problem && head->format != LOG_FORMAT &&
        head->format != LOG_STREAM_FORMAT)
        return true;
    while (json_scan_next(&scan, &is_first))
        read_key(&scan, head);
    if (json_scan_end(&scan) && !head->scenario)
        json_scan_fail(&scan, "\"scenario\"");
    if (!scan.problem)
        return true;
    buffer_printf(why, "wanted %s", scan.problem);
    return false;
}

/* ---- comparing ---- */

/* NULL if it has none of that name. */
static const struct log_option *find_option(const struct log_head *head,
                                            const char *name)
{
    for (size_t i = 0; i < head->option_count; i++)
        if (strcmp(head->options[i].name, name) == 0)
            return &head->options[i];
    return NULL;
}

/* A build without TLS answers openid.connect.token otherwise. */
static void explain_tls(bool had_tls, struct buffer *why)
{
    buffer_printf(why,
                  "it began with a slackmock that was built %s TLS, and "
                  "this one was built %s",
                  had_tls ? "with" : "without", had_tls ? "without" : "with");
}

static bool options_differ(const struct log_head *head,
                           const struct log_head *own, struct buffer *why)
{
    for (size_t i = 0; i < own->option_count; i++) {
        const struct log_option *option = &own->options[i];
        const struct log_option *there = find_option(head, option->name);

        if (there && there->value == option->value)
            continue;
        if (there && strcmp(option->name, LOG_OPTION_TLS) == 0) {
            explain_tls(there->value != 0, why);
            return true;
        }
        buffer_printf(why, "it began with --%s ", option->name);
        if (there)
            buffer_add_integer(why, there->value);
        else
            buffer_add_text(why, "unknown");
        buffer_printf(why, ", and this server has %lld", option->value);
        return true;
    }
    return false;
}

bool log_head_differs(const struct log_head *head, const struct log_head *own,
                      struct buffer *why)
{
    if (head->format != own->format) {
        buffer_printf(
            why,
            "its format is %lld, and this slackmock, version " SLACKMOCK_VERSION
            ", writes and reads %lld",
            head->format, own->format);
        return true;
    }
    if (head->is_redacted && !own->is_redacted) {
        buffer_add_text(why, "it is a redacted copy, which is for `slackmock "
                             "replay` alone");
        return true;
    }
    return options_differ(head, own, why);
}

bool log_head_has_other_scenario(const struct log_head *head,
                                 const struct log_head *own, struct buffer *why)
{
    struct buffer place = BUFFER_INIT;
    const bool differ =
        (own->scenario_length != head->scenario_length ||
         memcmp(own->scenario, head->scenario, own->scenario_length) != 0) &&
        scenario_difference(head->scenario, head->scenario_length,
                            own->scenario, own->scenario_length, &place);

    if (differ)
        buffer_printf(why,
                      "it began with another scenario, which differs in %s; "
                      "without a SCENARIO its own goes on",
                      place.data);
    buffer_free(&place);
    return differ;
}
