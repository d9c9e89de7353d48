/*
 * A server, and another one that was saved and restored on the way: every reply
 * of both must be the same, to the byte. A line is a step:
 *
 *     P PATH FORM     a POST of a form        J PATH JSON     of JSON
 *     G PATH          a GET                   D PATH          a DELETE
 *     U PATH JSON     a PUT                   A PATH JSON     a PATCH
 *     + N             N milliseconds pass
 *     E STATUS        an event that is due is sent, and answered so; 0: it
 *                     fails; nothing: no answer comes
 *     =               the other server is the first one, saved and restored
 *
 * `$N` stands for a token or code that a reply had, counted from `0` on.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "base/xalloc.h"
#include "entrance/entrance.h"
#include "fuzz.h"
#include "mock/mock.h"
#include "scenario/scenario.h"

#define SEEN_MOST 128
#define STEPS     400

static const char world[] =
    "{\"description\":\"fuzz\",\"extends\":\"default.json\",\"seed\":1,"
    "\"clock\":\"2026-01-01T00:00:00Z\",\"consent\":\"allow\","
    "\"apps\":[{\"id\":\"A0OFF\",\"client_id\":\"2.2\",\"client_secret\":"
    "\"off\",\"token_rotation\":false,\"bot_optional\":[\"commands\"],"
    "\"events\":{\"url\":\"http://127.0.0.1:1/e\",\"signing_secret\":\"s\"}},"
    "{\"id\":\"A0PKCE\",\"client_id\":\"3.3\",\"client_secret\":\"p\","
    "\"token_rotation\":true,\"pkce\":true,\"redirect_uris\":"
    "[\"http://localhost/cb\"],\"distributed\":true}],"
    "\"teams\":[{\"id\":\"E0ORG\",\"name\":\"O\",\"enterprise\":{\"id\":"
    "\"E0ORG\",\"name\":\"O\",\"forbidden_scopes\":[\"admin\"]}}],"
    "\"tokens\":[{\"token\":\"xoxb-off\",\"app\":\"A0OFF\",\"team\":\"T0TEAM\","
    "\"scope\":\"s\",\"bot_user\":\"U0BOT\"},"
    "{\"generate\":5,\"type\":\"user\",\"app\":\"A0APP\",\"team\":\"E0ORG\","
    "\"scope\":\"s\"},"
    "{\"token\":\"xoxe.xoxb-1-r\",\"refresh_token\":\"xoxe-1-r\","
    "\"expires_in\":3600,\"app\":\"A0APP\",\"team\":\"E0ORG\",\"scope\":\"s\","
    "\"bot_user\":\"U2\"}],"
    "\"pairs\":[{\"access_token\":\"xoxe.xoxb-1-pair\",\"refresh_token\":"
    "\"xoxe-1-pair\",\"type\":\"bot\"}],"
    "\"codes\":[{\"code\":\"0\",\"app\":\"A0APP\",\"team\":\"T0TEAM\",\"bot\":"
    "{\"user\":\"U0BOT\",\"scope\":\"s\"},\"user\":{\"user\":\"U0USER\","
    "\"scope\":\"s\"}}],"
    "\"rate_limits\":{\"api.test\":{\"per_minute\":6,\"burst\":2},"
    "\"chat.postMessage\":{\"tier\":1}},"
    "\"rules\":[{\"name\":\"twice\",\"when\":{\"method\":\"api.*\",\"call\":"
    "\"2-\"},\"times\":2,\"reply\":{\"error\":\"fatal_error\"}},"
    "{\"when\":{\"method\":\"auth.test\"},\"sequence\":[{\"error\":"
    "\"internal_error\"},\"pass\",{\"status\":500,\"delay\":{\"min\":1,"
    "\"max\":9}}]},"
    "{\"when\":{\"method\":\"users.*\",\"probability\":0.5},\"reply\":"
    "{\"fault\":\"reset\"}}],"
    "\"stubs\":{\"chat.postMessage\":{\"channel\":\"C1\"}}}";

static const struct mock_options options = {
    .sandboxes = 4, .call = CALL_LIMITS_DEFAULT, .journal_entries = 50};

struct twins {
    struct entrance *one;
    struct entrance *other; /* NULL before the first saving */
    struct reply replies[2];
    int64_t now;
    char *seen[SEEN_MOST];
    size_t seen_count;
};

/* ---- what replies had ---- */

static bool is_of_word(char byte)
{
    return text_is_alphanumeric(byte) || byte == '-' || byte == '.' ||
           byte == '_';
}

static void see(struct twins *twins, const char *word)
{
    size_t length = 0;

    while (is_of_word(word[length]))
        length++;
    for (size_t i = 0; i < twins->seen_count; i++)
        if (strlen(twins->seen[i]) == length &&
            memcmp(twins->seen[i], word, length) == 0)
            return;
    if (length && twins->seen_count < SEEN_MOST)
        twins->seen[twins->seen_count++] = xmemdup0(word, length);
}

/* The word that a token or code is at the beginning of a text; or NULL. */
static const char *word_at(const char *text)
{
    if (strncmp(text, "code=", strlen("code=")) == 0)
        return text + strlen("code=");
    return strncmp(text, "xox", strlen("xox")) == 0 ? text : NULL;
}

static void see_all(struct twins *twins, const char *text)
{
    while (*text) {
        const char *word = word_at(text);

        if (!word) {
            text++;
            continue;
        }
        see(twins, word);
        for (text = word; is_of_word(*text); text++)
            ;
    }
}

/* A copy with what `$N` in it stands for. */
static char *fill_in(const struct twins *twins, struct fuzz_input from)
{
    struct buffer text = BUFFER_INIT;

    buffer_add_text(&text, "");
    while (from.length) {
        char byte = fuzz_byte(&from);
        size_t number;

        if (byte != '$' || !twins->seen_count) {
            buffer_add_byte(&text, byte);
            continue;
        }
        number = (size_t)(unsigned char)(fuzz_byte(&from) - '0');
        buffer_add_text(&text, twins->seen[number % twins->seen_count]);
    }
    return buffer_take(&text);
}

/* ---- inputs ---- */

static long long number_of(struct fuzz_input text)
{
    long long number = 0;

    while (text.length && number < 10000000000) {
        const char digit = fuzz_byte(&text);

        if (digit >= '0' && digit <= '9')
            number = number * 10 + (digit - '0');
    }
    return number;
}

/* The journal, or the list of sandboxes, which counts its entries. */
static bool shows_journal(const char *target)
{
    static const char list[] = "_mock/sandboxes";
    const char *found = strstr(target, list);

    return strstr(target, "_mock/requests") ||
           (found && found[sizeof list - 1] != '/');
}

/* Entries of the journal are not saved; all else must be the same. */
static bool is_comparable(const struct input *input)
{
    return input->kind != INPUT_REQUEST ||
           !shows_journal(input->request.target);
}

static void compare_texts(const char *what, const char *one, const char *other)
{
    if (strcmp(one ? one : "", other ? other : "") != 0)
        fuzz_fail("%s: \"%s\" is \"%s\" after saving", what, one, other);
}

static void compare(const struct reply *one, const struct reply *other)
{
    fuzz_require(one->status == other->status);
    fuzz_require(one->delay == other->delay);
    fuzz_require(one->fault == other->fault);
    fuzz_require(one->close == other->close);
    fuzz_require(one->header_count == other->header_count);
    for (size_t i = 0; i < one->header_count; i++)
        compare_texts(one->headers[i].name, one->headers[i].value,
                      other->headers[i].value);
    compare_texts("body", buffer_text(&one->body), buffer_text(&other->body));
    compare_texts("rule", one->record.rule, other->record.rule);
    compare_texts("hint", one->record.hint, other->record.hint);
}

static void take(struct twins *twins, struct input *input)
{
    struct reply *one = &twins->replies[0];

    input->host_time = twins->now;
    (void)entrance_take(twins->one, input, one);
    if (twins->other) {
        (void)entrance_take(twins->other, input, &twins->replies[1]);
        if (is_comparable(input))
            compare(one, &twins->replies[1]);
    }
    see_all(twins, buffer_text(&one->body));
    for (size_t i = 0; i < one->header_count; i++)
        see_all(twins, one->headers[i].value);
}

static void ask(struct twins *twins, enum verb verb, const char *type,
                struct fuzz_input rest)
{
    static const char *const names[] = {[VERB_GET] = "GET",
                                        [VERB_POST] = "POST",
                                        [VERB_PUT] = "PUT",
                                        [VERB_PATCH] = "PATCH",
                                        [VERB_DELETE] = "DELETE"};
    char *target = fill_in(twins, fuzz_until(&rest, ' '));
    char *body = fill_in(twins, rest);
    const struct request_header headers[] = {{"Host", "127.0.0.1"},
                                             {"Content-Type", type}};
    struct input input = {
        .kind = INPUT_REQUEST,
        .request = {.verb = verb,
                    .verb_name = names[verb],
                    .target = target,
                    .headers = headers,
                    .header_count = type ? 2 : 1,
                    .body = body,
                    .body_length = strlen(body)},
        .is_admitted = true,
    };

    take(twins, &input);
    free(target);
    free(body);
}

static void settle(struct twins *twins, uint64_t ticket, int status)
{
    struct input input = {
        .kind = INPUT_OUTCOME,
        .outcome = {.ticket = ticket,
                    .problem = status == 0         ? PROBLEM_CONNECTION
                               : status / 100 == 2 ? PROBLEM_NONE
                                                   : PROBLEM_HTTP,
                    .status = status,
                    .answer = ""},
        .host_time = twins->now,
    };

    (void)entrance_take(twins->one, &input, &twins->replies[0]);
    if (twins->other)
        (void)entrance_take(twins->other, &input, &twins->replies[1]);
}

static void compare_sendings(const struct sending *one,
                             const struct sending *other)
{
    fuzz_require(one->ticket == other->ticket);
    fuzz_require(one->header_count == other->header_count);
    compare_texts("url", one->url, other->url);
    compare_texts("event", one->body, other->body);
    for (size_t i = 0; i < one->header_count; i++)
        compare_texts(one->headers[i].name, one->headers[i].value,
                      other->headers[i].value);
}

static void send_event(struct twins *twins, struct fuzz_input status)
{
    struct sending one;
    struct sending other;
    struct input input = {
        .kind = INPUT_DUE, .sending = &one, .host_time = twins->now};
    const bool is_due = entrance_take(twins->one, &input, &twins->replies[0]);

    if (twins->other) {
        input.sending = &other;
        fuzz_require(entrance_take(twins->other, &input, &twins->replies[1]) ==
                     is_due);
        fuzz_require(entrance_next_due(twins->one, twins->now) ==
                     entrance_next_due(twins->other, twins->now));
    }
    if (is_due && twins->other)
        compare_sendings(&one, &other);
    if (is_due && status.length)
        settle(twins, one.ticket, (int)(number_of(status) % 1000));
}

/* ---- saving ---- */

static void save_again(const struct entrance *entrance, int64_t now,
                       const struct buffer *saved)
{
    struct buffer again = BUFFER_INIT;

    entrance_save(entrance, now, &again);
    compare_texts("saved", buffer_text(saved), buffer_text(&again));
    buffer_free(&again);
}

static void save(struct twins *twins)
{
    struct buffer saved = BUFFER_INIT;
    struct buffer mistakes = BUFFER_INIT;

    entrance_save(twins->one, twins->now, &saved);
    if (twins->other)
        save_again(twins->other, twins->now, &saved);
    entrance_free(twins->other);
    twins->other = entrance_restore(saved.data, saved.length, &options,
                                    twins->now, &mistakes);
    if (!twins->other)
        fuzz_fail("%s\nof %s", buffer_text(&mistakes), buffer_text(&saved));
    save_again(twins->other, twins->now, &saved);
    buffer_free(&saved);
}

/* ---- steps ---- */

static void step(struct twins *twins, struct fuzz_input line)
{
    static const char form[] = "application/x-www-form-urlencoded";
    static const char json[] = "application/json";
    const char letter = fuzz_byte(&line);

    if (line.length && *line.bytes == ' ')
        (void)fuzz_byte(&line);
    switch (letter) {
    case 'P':
        ask(twins, VERB_POST, form, line);
        break;
    case 'J':
        ask(twins, VERB_POST, json, line);
        break;
    case 'G':
        ask(twins, VERB_GET, NULL, line);
        break;
    case 'D':
        ask(twins, VERB_DELETE, NULL, line);
        break;
    case 'U':
        ask(twins, VERB_PUT, json, line);
        break;
    case 'A':
        ask(twins, VERB_PATCH, json, line);
        break;
    case '+':
        twins->now += number_of(line);
        break;
    case 'E':
        send_event(twins, line);
        break;
    case '=':
        save(twins);
        break;
    default:
        break;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fuzz_input input = fuzz_input(data, size);
    struct twins twins = {
        .one = entrance_create(fuzz_load_text(world), &options, 1, FUZZ_TIME),
        .replies = {REPLY_INIT, REPLY_INIT},
        .now = FUZZ_TIME,
    };
    int steps = 0;

    see_all(&twins, world);
    see(&twins, "xoxb-12345-67890-abcdefg");
    while (input.length && steps++ < STEPS)
        step(&twins, fuzz_until(&input, '\n'));
    save(&twins);
    entrance_free(twins.one);
    entrance_free(twins.other);
    reply_free(&twins.replies[0]);
    reply_free(&twins.replies[1]);
    for (size_t i = 0; i < twins.seen_count; i++)
        free(twins.seen[i]);
    return 0;
}
