/* What the fuzz drivers share; see fuzz.h. */
#include "fuzz.h"

#include <cjson/cJSON.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "message/method_facts.h"
#include "message/reply.h"
#include "message/slack_error.h"
#include "scenario/scenario_load.h"
#include "scenario/shipped_scenarios.h"
#include "json/json_text.h"

void fuzz_fail(const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    (void)vfprintf(stderr, format, arguments);
    va_end(arguments);
    (void)fputc('\n', stderr);
    abort();
}

struct fuzz_input fuzz_input(const uint8_t *data, size_t size)
{
    return (struct fuzz_input){(const char *)data, size};
}

static struct fuzz_input take(struct fuzz_input *input, size_t length)
{
    struct fuzz_input piece = {input->bytes, length};

    if (length) {
        input->bytes += length;
        input->length -= length;
    }
    return piece;
}

char fuzz_byte(struct fuzz_input *input)
{
    if (!input->length)
        return '\0';
    return *take(input, 1).bytes;
}

struct fuzz_input fuzz_until(struct fuzz_input *input, char end)
{
    const char *place =
        input->length ? memchr(input->bytes, end, input->length) : NULL;
    struct fuzz_input piece;

    if (!place)
        return take(input, input->length);
    piece = take(input, (size_t)(place - input->bytes));
    (void)fuzz_byte(input);
    return piece;
}

char *fuzz_text(struct fuzz_input piece)
{
    return xmemdup0(piece.bytes, piece.length);
}

/* ---- scenarios ---- */

static int find(void *context, const char *name, const char *named_by,
                struct scenario_text *text, struct buffer *why)
{
    const struct shipped_scenario *shipped = shipped_scenario_find(name);
    const struct fuzz_input *own = context;

    if (named_by && !shipped) {
        buffer_add_text(why, "no such scenario");
        return -1;
    }
    text->name = xstrdup(name);
    text->bytes = named_by ? xmemdup0(shipped->bytes, shipped->length)
                           : xmemdup0(own->bytes, own->length);
    text->length = named_by ? shipped->length : own->length;
    return 0;
}

struct scenario *fuzz_load(struct fuzz_input text, struct buffer *mistakes)
{
    return scenario_load("fuzz.json", find, &text, mistakes);
}

struct scenario *fuzz_load_over(const struct scenario *base,
                                struct fuzz_input text, struct buffer *mistakes)
{
    const struct scenario_base world = {base, NULL};

    return scenario_load_over(&world, "fuzz.json", find, &text, mistakes);
}

struct scenario *fuzz_load_text(const char *text)
{
    struct buffer mistakes = BUFFER_INIT;
    struct scenario *scenario = fuzz_load(
        (struct fuzz_input){.bytes = text, .length = strlen(text)}, &mistakes);

    if (!scenario)
        fuzz_fail("%s", buffer_text(&mistakes));
    buffer_free(&mistakes);
    return scenario;
}

struct scenario *fuzz_default(void)
{
    return fuzz_load_text("{\"description\":\"fuzz\","
                          "\"extends\":\"default.json\",\"seed\":1}");
}

/* ---- replies ---- */

/* A journal may hold NULs, which are JSON and which our parser refuses. */
static char *without_nuls(const struct buffer *body)
{
    char *text = xmemdup0(body->data, body->length);
    char *place = text;

    while ((place = strstr(place, "\\u0000")))
        place[strlen("\\u000")] = '1';
    return text;
}

struct cJSON *fuzz_body(const struct reply *reply)
{
    char *text = without_nuls(&reply->body);
    struct json_syntax_error error;
    cJSON *tree = json_text_parse(text, reply->body.length, 64, &error);

    if (!tree)
        fuzz_fail("a body that is no JSON: %zu:%zu: %s: %s", error.line,
                  error.column, error.message, text);
    fuzz_require(reply_header(reply, "Content-Type"));
    fuzz_require(cJSON_IsObject(tree));
    fuzz_require(tree->child);
    fuzz_require(strcmp(tree->child->string, "ok") == 0);
    fuzz_require(cJSON_IsBool(tree->child));
    free(text);
    return tree;
}

bool fuzz_error_is_documented(const char *name)
{
    for (size_t i = 0; i < method_facts_count; i++)
        if (method_facts_has_error(&method_facts[i], name))
            return true;
    return slack_error_is_documented(name);
}
