/* Which parts of an entry may hold a secret. */
#include <string.h>

#include "arguments/content_type.h"
#include "base/base64.h"
#include "base/text.h"
#include "entrance/log_entry.h"
#include "entrance/redaction.h"
#include "entrance/redaction_parts.h"
#include "journal/secret_name.h"
#include "scenario/scenario.h"
#include "scenario/scenario_save.h"
#include "world/world_load.h"

/* What redaction->text holds, for as long as the entry is at hand. */
static const char *keep(struct redaction *redaction)
{
    const struct buffer *text = &redaction->text;
    char *kept = arena_bytes(&redaction->entry, text->length + 1);

    memcpy(kept, buffer_text(text), text->length + 1);
    return kept;
}

static const char *redact(struct redaction *redaction, const char *text)
{
    if (!text)
        return NULL;
    buffer_clear(&redaction->text);
    redaction_add_text(redaction, text, strlen(text), &redaction->text);
    return keep(redaction);
}

/* ---- headers ---- */

/* `Basic`: a name, a colon and a secret, as base64. */
static bool add_basic(struct redaction *redaction, const char *letters)
{
    struct buffer plain = BUFFER_INIT;
    struct buffer hidden = BUFFER_INIT;
    const bool is_base64 = base64_decode(letters, strlen(letters), &plain);
    const char *colon =
        plain.length ? memchr(plain.data, ':', plain.length) : NULL;

    if (is_base64 && colon) {
        const size_t name = (size_t)(colon - plain.data) + 1;

        buffer_add(&hidden, plain.data, name);
        redaction_hide(redaction, &hidden, colon + 1, plain.length - name);
        base64_encode(hidden.data, hidden.length, &redaction->text);
    }
    buffer_free(&plain);
    buffer_free(&hidden);
    return is_base64 && colon;
}

static bool is_scheme(const char *value, size_t length)
{
    return text_equals_ignore_case(value, length, "Basic") ||
           text_equals_ignore_case(value, length, "Bearer");
}

/* Nothing but a secret, after a scheme maybe. */
static const char *redact_secret(struct redaction *redaction, const char *value)
{
    size_t scheme = strcspn(value, " \t");
    const char *secret;
    struct buffer *text = &redaction->text;

    if (!is_scheme(value, scheme))
        scheme = 0;
    secret = value + scheme + strspn(value + scheme, " \t");
    buffer_clear(text);
    buffer_add(text, value, (size_t)(secret - value));
    if (!text_equals_ignore_case(value, scheme, "Basic") ||
        !add_basic(redaction, secret))
        redaction_hide(redaction, text, secret, strlen(secret));
    return keep(redaction);
}

static void redact_headers(struct redaction *redaction, struct request *request)
{
    struct request_header *headers = arena_allocate(
        &redaction->entry, (request->header_count + 1) * sizeof *headers);

    for (size_t i = 0; i < request->header_count; i++) {
        const struct request_header *header = &request->headers[i];

        headers[i].name = header->name;
        headers[i].value = secret_name_is_header(header->name)
                               ? redact_secret(redaction, header->value)
                               : redact(redaction, header->value);
    }
    request->headers = headers;
}

/* ---- bodies ---- */

static const char *redact_bytes(struct redaction *redaction, const char *bytes,
                                size_t *length)
{
    struct buffer *text = &redaction->text;

    if (!*length)
        return bytes;
    buffer_clear(text);
    redaction_add_body(redaction, bytes, *length, text);
    *length = text->length;
    return keep(redaction);
}

static void redact_body(struct redaction *redaction, struct request *request)
{
    const struct content_type type =
        content_type_parse(request_header(request, "Content-Type"));
    const struct redaction_body body = {request->body, request->body_length,
                                        type.boundary};

    if (type.media != MEDIA_MULTIPART || !*type.boundary || !body.length) {
        request->body =
            redact_bytes(redaction, request->body, &request->body_length);
        return;
    }
    buffer_clear(&redaction->text);
    redaction_add_multipart(redaction, &body, &redaction->text);
    request->body_length = redaction->text.length;
    request->body = keep(redaction);
}

/* ---- entries ---- */

static void redact_request(struct redaction *redaction, struct input *input)
{
    struct request *request = &input->request;

    request->target = redact(redaction, request->target);
    redact_headers(redaction, request);
    redact_body(redaction, request);
    input->refusal.message = redact(redaction, input->refusal.message);
}

static bool redact_scenario(struct redaction *redaction, struct input *input,
                            struct buffer *why)
{
    struct buffer document = BUFFER_INIT;
    struct buffer *text = &redaction->text;

    scenario_save(input->scenario, &document);
    buffer_clear(text);
    redaction_add_json(redaction, document.data, document.length, text);
    input->scenario =
        world_load_text("scenario", text->data, text->length, why);
    buffer_free(&document);
    return input->scenario != NULL;
}

bool redaction_add_entry(struct redaction *redaction,
                         const struct log_entry *entry, struct buffer *line,
                         struct buffer *why)
{
    struct log_entry copy = *entry;
    struct input *input = &copy.input;
    struct delivery_outcome *outcome = &input->outcome;

    arena_clear(&redaction->entry);
    if (input->kind == INPUT_LOAD && !redact_scenario(redaction, input, why))
        return false;
    if (input->kind == INPUT_OUTCOME) {
        outcome->note = redact(redaction, outcome->note);
        outcome->answer =
            redact_bytes(redaction, outcome->answer, &outcome->answer_length);
    } else if (input->kind <= INPUT_LOST) {
        redact_request(redaction, input);
    }
    log_entry_write(&copy, line);
    if (input->kind == INPUT_LOAD)
        scenario_release(input->scenario);
    return true;
}
