/*
 * Collects the warnings and messages of a call, its rule and its stub: each of
 * the two keys is in a body only once.
 */
#include "call/reply_notes.h"

#include <cjson/cJSON.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "call/call.h"
#include "call/method.h"
#include "rules/rule.h"

static bool has_name(const char *const *names, size_t count, const char *name)
{
    size_t number;

    for (number = 0; number < count; number++)
        if (strcmp(names[number], name) == 0)
            return true;
    return false;
}

/* The names of all warnings, the call's own and then the rule's, once each. */
struct warnings {
    const char *names[SLACK_WARNING_COUNT + TEXT_LIST_MAX];
    size_t count;
};

static void add_warning(struct warnings *warnings, const char *name)
{
    if (!has_name(warnings->names, warnings->count, name))
        warnings->names[warnings->count++] = name;
}

static struct warnings collect_warnings(const struct call *call)
{
    const struct text_list *more =
        call->ruling.reply ? &call->ruling.reply->warnings : NULL;
    struct warnings warnings;
    size_t number;

    warnings.count = 0; /* `names` is left unset beyond it */
    for (number = 0; number < SLACK_WARNING_COUNT; number++)
        if (call->outcome.has_warning[number])
            add_warning(&warnings,
                        slack_warning_name((enum slack_warning)number));
    for (number = 0; more && number < more->count; number++)
        add_warning(&warnings, more->texts[number]);
    return warnings;
}

/* A member of a stub, or of an object in it; NULL without a stub. */
static const cJSON *member(const cJSON *object, const char *key)
{
    return object ? cJSON_GetObjectItemCaseSensitive(object, key) : NULL;
}

/* True if a name is in a list that commas join. */
static bool is_joined(const char *joined, const char *name)
{
    size_t length;

    for (; *joined; joined += length + (joined[length] == ',')) {
        length = strcspn(joined, ",");
        if (text_equals(joined, length, name))
            return true;
    }
    return false;
}

static void write_warnings(struct call *call, const struct warnings *warnings)
{
    const cJSON *own = member(call->outcome.stub, "warning");
    struct buffer joined = BUFFER_INIT;
    size_t number;

    if (!warnings->count && !own)
        return;
    if (own)
        buffer_add_text(&joined, own->valuestring);
    for (number = 0; number < warnings->count; number++)
        if (!own || !is_joined(own->valuestring, warnings->names[number]))
            buffer_printf(&joined, "%s%s", joined.length ? "," : "",
                          warnings->names[number]);
    json_write_text(&call->outcome.fields, "warning", buffer_text(&joined));
    call->outcome.reply->record.warnings =
        reply_copy(call->outcome.reply, buffer_text(&joined));
    buffer_free(&joined);
}

/*
 * Writes the texts of a list in a stub's response_metadata, which may be NULL.
 */
static void write_own(struct call *call, const cJSON *list)
{
    const cJSON *text;

    cJSON_ArrayForEach (text, list)
        json_write_text(&call->outcome.fields, NULL, text->valuestring);
}

static bool is_in(const cJSON *list, const char *name)
{
    const cJSON *text;

    cJSON_ArrayForEach (text, list)
        if (strcmp(text->valuestring, name) == 0)
            return true;
    return false;
}

static void write_warning_list(struct call *call, const cJSON *own,
                               const struct warnings *warnings)
{
    size_t number;

    if (!warnings->count && !own)
        return;
    json_write_array(&call->outcome.fields, "warnings");
    write_own(call, own);
    for (number = 0; number < warnings->count; number++)
        if (!is_in(own, warnings->names[number]))
            json_write_text(&call->outcome.fields, NULL,
                            warnings->names[number]);
    json_write_array_end(&call->outcome.fields);
}

static void write_missing(struct call *call)
{
    const char *const *name = call->sent.method->required;
    char message[128];

    for (; *name; name++) {
        if (!call_lacks(call, *name))
            continue;
        snprintf(message, sizeof message, "[ERROR] missing required field: %s",
                 *name);
        json_write_text(&call->outcome.fields, NULL, message);
    }
}

static void write_messages(struct call *call, const cJSON *own)
{
    struct json_writer *fields = &call->outcome.fields;
    const struct text_list *more =
        call->ruling.reply ? &call->ruling.reply->messages : NULL;
    size_t place;

    if (!call->outcome.missing && !own && !(more && more->count))
        return;
    json_write_array(fields, "messages");
    write_own(call, own);
    if (call->outcome.missing)
        write_missing(call);
    for (place = 0; more && place < more->count; place++)
        json_write_text(fields, NULL, more->texts[place]);
    json_write_array_end(fields);
}

/* The stub's own fields come first, such as a cursor. */
static void write_metadata(struct call *call, const struct warnings *warnings)
{
    const cJSON *own = member(call->outcome.stub, "response_metadata");
    const cJSON *own_warnings = member(own, "warnings");
    const cJSON *messages = member(own, "messages");
    const cJSON *field;
    bool has_messages =
        call->outcome.missing ||
        (call->ruling.reply && call->ruling.reply->messages.count);

    if (!warnings->count && !has_messages && !own && !call->outcome.ends_list)
        return;
    json_write_object(&call->outcome.fields, "response_metadata");
    if (call->outcome.ends_list)
        json_write_text(&call->outcome.fields, "next_cursor", "");
    cJSON_ArrayForEach (field, own)
        if (field != own_warnings && field != messages)
            json_write_tree(&call->outcome.fields, field->string, field);
    write_warning_list(call, own_warnings, warnings);
    write_messages(call, messages);
    json_write_object_end(&call->outcome.fields);
}

void reply_notes_write(struct call *call)
{
    const struct warnings warnings = collect_warnings(call);

    write_warnings(call, &warnings);
    write_metadata(call, &warnings);
}
