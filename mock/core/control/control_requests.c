/* GET and DELETE /_mock/requests: the journal, filtered. */
#include <string.h>

#include "base/text.h"
#include "call/credentials.h"
#include "control/control_parts.h"
#include "journal/journal.h"
#include "journal/journal_entry.h"
#include "mock/mock.h"

struct filter {
    const struct argument *method;
    const struct argument *error;
    const struct argument *token;
    const struct argument *rule;
    long long since;
    bool secrets;
};

/* ---- which entries ---- */

static bool is_text(const struct journal_text *text,
                    const struct argument *wanted)
{
    return text->bytes && text->length == wanted->value_length &&
           memcmp(text->bytes, wanted->value, text->length) == 0;
}

static bool is_in_argument(const struct journal_pair *argument,
                           const struct argument *wanted)
{
    const char *name = argument->name.bytes;

    return (strcmp(name, "token") == 0 || strcmp(name, "refresh_token") == 0) &&
           is_text(&argument->value, wanted);
}

static bool is_in_header(const struct journal_pair *header,
                         const struct argument *wanted)
{
    struct sent_text token;

    if (!text_equals_ignore_case(header->name.bytes, header->name.length,
                                 "Authorization"))
        return false;
    token = credentials_bearer_of(header->value.bytes);
    return token.bytes && token.length == wanted->value_length &&
           memcmp(token.bytes, wanted->value, token.length) == 0;
}

/* True if the call was judged by that token, or carried it elsewhere. */
static bool has_token(const struct journal_entry *entry,
                      const struct argument *wanted)
{
    size_t number;

    if (is_text(&entry->token, wanted))
        return true;
    for (number = 0; number < entry->argument_count; number++)
        if (is_in_argument(&entry->arguments[number], wanted))
            return true;
    for (number = 0; number < entry->header_count; number++)
        if (is_in_header(&entry->headers[number], wanted))
            return true;
    return false;
}

static bool passes(const struct filter *filter,
                   const struct journal_entry *entry)
{
    return entry->id > filter->since &&
           (!filter->method || is_text(&entry->method, filter->method)) &&
           (!filter->error || is_text(&entry->error, filter->error)) &&
           (!filter->rule || is_text(&entry->rule, filter->rule)) &&
           (!filter->token || has_token(entry, filter->token));
}

/* ---- the calls ---- */

void control_get_requests(struct control *control)
{
    const struct journal *journal = mock_journal(control->mock);
    const struct argument *secrets = control_query_text(control, "secrets");
    struct json_writer *writer = &control->writer;
    struct filter filter = {
        .method = control_query_text(control, "method"),
        .error = control_query_text(control, "error"),
        .token = control_query_text(control, "token"),
        .rule = control_query_text(control, "rule"),
        .since = control_query_number(control, "since", 0),
        .secrets = secrets && strcmp(secrets->value, "1") == 0,
    };
    long long limit = control_query_number(control, "limit", INT64_MAX);
    long long count = 0;
    size_t place;

    json_write_array(writer, "requests");
    for (place = 0; place < journal->count && count < limit; place++) {
        const struct journal_entry *entry = journal_at(journal, place);

        if (!passes(&filter, entry))
            continue;
        journal_entry_write(entry, filter.secrets, writer);
        count++;
    }
    json_write_array_end(writer);
    json_write_integer(writer, "count", count);
    json_write_integer(writer, "dropped", journal->dropped);
}

void control_delete_requests(struct control *control)
{
    mock_clear_journal(control->mock);
}
