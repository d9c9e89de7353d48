/* Reads requests.txt and writes its requests out; see recorded_requests.h. */
#include "recorded_requests.h"

#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "files.h"
#include "test_case.h"

#define REQUESTS_FILE "client-tests/recording/requests.txt"
#define BEGINNING     "### "

static int release(void *thing)
{
    free(thing);
    return 0;
}

void recorded_bytes_add(struct recorded_bytes *bytes, const char *data,
                        size_t length)
{
    size_t wanted = bytes->length + length + 1;

    if (wanted > bytes->room) {
        bytes->room = 2 * wanted;
        bytes->data = realloc(bytes->data, bytes->room);
    }
    if (!bytes->data)
        abort();
    memcpy(bytes->data + bytes->length, data, length);
    bytes->length += length;
    bytes->data[bytes->length] = '\0';
}

static void add_text(struct recorded_bytes *bytes, const char *text)
{
    recorded_bytes_add(bytes, text, strlen(text));
}

/* ---- the file ---- */

static bool pass_over(const char **text, const char *beginning)
{
    size_t length = strlen(beginning);

    if (strncmp(*text, beginning, length) != 0)
        return false;
    *text += length;
    return true;
}

static void refuse_same_title(const struct recorded_requests *requests,
                              const char *title)
{
    for (size_t i = 0; i < requests->count; i++)
        if (strcmp(requests->list[i].title, title) == 0)
            fail_msg(REQUESTS_FILE ": two requests are called \"%s\"", title);
}

/* Cuts the part from after its `### ` to the next into title and text. */
static void add_request(struct recorded_requests *requests, char *part)
{
    struct recorded_request request = {0};
    const char *title = part;
    size_t end = strlen(part);
    char *line_end = strchr(part, '\n');

    if (!line_end || requests->count == RECORDED_REQUESTS_MAX) {
        fail_msg(REQUESTS_FILE ": no request, or one too many: %s", part);
        return;
    }
    while (end > 0 && part[end - 1] == '\n')
        part[--end] = '\0';
    *line_end = '\0';
    request.as_it_stands = pass_over(&title, "[as it stands] ");
    request.half_closes = pass_over(&title, "[half-close] ");
    request.title = title;
    request.text = line_end + 1;
    refuse_same_title(requests, title);
    requests->list[requests->count++] = request;
}

struct recorded_requests *recorded_requests_read(struct test *test)
{
    struct recorded_requests *requests = calloc(1, sizeof *requests);
    char *part = file_read(REQUESTS_FILE);

    if (!requests)
        abort();
    test_keep(test, requests, release);
    if (!part) {
        fail_msg("no " REQUESTS_FILE);
        return NULL;
    }
    test_keep(test, part, release);
    part = strstr(part, "\n" BEGINNING); /* after the file's own head */
    while (part) {
        char *next = strstr(part + 1, "\n" BEGINNING);

        if (next)
            *next = '\0';
        add_request(requests, part + strlen("\n" BEGINNING));
        part = next;
    }
    assert_true(requests->count > 0);
    return requests;
}

/* ---- the bytes of a request ---- */

/* Adds what a placeholder stands for and passes over it; false: it is none. */
static bool add_token(struct recorded_bytes *bytes, const char **text,
                      const struct given_tokens *tokens)
{
    const struct {
        const char *name;
        const char *value;
    } places[] = {
        {"{access_token}", tokens->access},
        {"{refresh_token}", tokens->refresh},
        {"{former_access_token}", tokens->former_access},
        {"{former_refresh_token}", tokens->former_refresh},
    };

    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        if (!pass_over(text, places[i].name))
            continue;
        add_text(bytes, places[i].value ? places[i].value : "none-was-given");
        return true;
    }
    return false;
}

/* The same for the escape of one byte. */
static bool add_byte(struct recorded_bytes *bytes, const char **text)
{
    const char *digits = *text + 2;
    char number[3] = "";
    char byte;

    if (strncmp(*text, "\\x", 2) != 0 || strlen(digits) < 2)
        return false;
    memcpy(number, digits, 2);
    byte = (char)strtoul(number, NULL, 16);
    recorded_bytes_add(bytes, &byte, 1);
    *text = digits + 2;
    return true;
}

static void add_written(struct recorded_bytes *bytes, const char *text,
                        size_t length, const struct given_tokens *tokens)
{
    const char *end = text + length;

    while (text < end) {
        if (add_token(bytes, &text, tokens) || add_byte(bytes, &text))
            continue;
        if (*text == '\n')
            add_text(bytes, "\r\n");
        else
            recorded_bytes_add(bytes, text, 1);
        text++;
    }
}

static bool has_header(const char *head, size_t length, const char *name)
{
    const char *found = strstr(head, name);

    return found && found < head + length;
}

/* Adds the line and what a client would write beside it. */
static void add_head(struct recorded_bytes *bytes, const char *head,
                     size_t length, const struct given_tokens *tokens)
{
    size_t line = strcspn(head, "\n");

    add_written(bytes, head, line, tokens);
    add_text(bytes, " HTTP/1.1");
    if (!has_header(head, length, "\nHost:"))
        add_text(bytes, "\r\nHost: localhost");
    add_written(bytes, head + line, length - line, tokens);
}

struct recorded_bytes
recorded_request_bytes(struct test *test,
                       const struct recorded_request *request,
                       const struct given_tokens *tokens)
{
    const char *head = request->text;
    const char *gap = strstr(head, "\n\n");
    size_t length = gap ? (size_t)(gap - head) : strlen(head);
    struct recorded_bytes bytes = {0};
    struct recorded_bytes body = {0};

    if (request->as_it_stands)
        add_written(&bytes, head, length, tokens);
    else
        add_head(&bytes, head, length, tokens);
    if (gap)
        add_written(&body, gap + 2, strlen(gap + 2), tokens);
    if (gap && !request->as_it_stands &&
        !has_header(head, length, "\nContent-Length:") &&
        !has_header(head, length, "\nTransfer-Encoding:"))
        add_text(&bytes,
                 test_printf(test, "\r\nContent-Length: %zu", body.length));
    add_text(&bytes, "\r\n\r\n");
    if (gap)
        recorded_bytes_add(&bytes, body.data ? body.data : "", body.length);
    free(body.data);
    test_keep(test, bytes.data, release);
    return bytes;
}

/* ---- tokens ---- */

static void take(struct test *test, const char *reply, const char *key,
                 const char **last, const char **former)
{
    const char *value = NULL;
    const char *found = reply;
    size_t length;

    while ((found = strstr(found, key)) != NULL)
        value = found += strlen(key);
    length = value ? strcspn(value, "\"") : 0;
    if (length == 0 || value[length] != '"')
        return;
    *former = *last;
    *last = test_printf(test, "%.*s", (int)length, value);
}

void given_tokens_take(struct test *test, struct given_tokens *tokens,
                       const char *reply)
{
    if (!strstr(reply, "{\"ok\":true,\"app_id\":"))
        return;
    take(test, reply, "\"access_token\":\"", &tokens->access,
         &tokens->former_access);
    take(test, reply, "\"refresh_token\":\"", &tokens->refresh,
         &tokens->former_refresh);
}
