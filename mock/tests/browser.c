/* Requests to pages, and what they lead to; see browser.h. */
#include "browser.h"

#include <stdio.h>
#include <string.h>

#include "base/base64.h"
#include "check.h"
#include "mock/mock.h"

static const char *ask(struct life *life, const char *path,
                       const struct request *request)
{
    struct world *world = life->world;

    assert_true(mock_show_page(world->mock, request, path, &world->reply));
    return buffer_text(&world->reply.body);
}

const char *browser_get(struct life *life, const char *path, const char *query)
{
    const struct request request = {
        .verb = VERB_GET,
        .verb_name = "GET",
        .method = "",
        .query = query,
        .query_length = strlen(query),
        .host_time = life->now,
    };

    return ask(life, path, &request);
}

const char *browser_post(struct life *life, const char *path, const char *form)
{
    const struct form_place own = {.site = "same-origin"};

    return browser_post_from(life, path, form, &own);
}

const char *browser_post_from(struct life *life, const char *path,
                              const char *form, const struct form_place *place)
{
    const struct request_header all[] = {
        {"Content-Type", "application/x-www-form-urlencoded"},
        {"Sec-Fetch-Site", place->site},
        {"Origin", place->origin},
        {"Host", place->host},
    };
    struct request_header headers[4];
    struct request request = {
        .verb = VERB_POST,
        .verb_name = "POST",
        .method = "",
        .headers = headers,
        .body = form,
        .body_length = strlen(form),
        .host_time = life->now,
    };

    for (size_t i = 0; i < 4; i++)
        if (all[i].value)
            headers[request.header_count++] = all[i];
    return ask(life, path, &request);
}

const char *browser_location(const struct life *life)
{
    return reply_header(&life->world->reply, "Location");
}

const char *browser_leads(const struct life *life)
{
    const char *location = browser_location(life);

    if (!location)
        fail_msg("led nowhere: %s", buffer_text(&life->world->reply.body));
    return location;
}

void browser_install(struct life *life, const char *path, const char *form,
                     char code[128])
{
    char whole[2048];
    const char *found;

    snprintf(whole, sizeof whole, "%s&decision=allow", form);
    browser_post(life, path, whole);
    found = strstr(browser_leads(life), "code=");
    assert_non_null(found);
    found += strlen("code=");
    snprintf(code, 128, "%.*s", (int)strcspn(found, "&"), found);
}

const char *browser_form(struct life *life, const char *more, const char *code)
{
    snprintf(life->form, sizeof life->form, "%s&code=%s", more, code);
    return life->form;
}

/* Decodes a part up to the next dot, of base64url. */
static const char *decode(const char *start)
{
    static char decoded[2048];
    char encoded[2048];
    struct buffer text = BUFFER_INIT;
    char *letter;

    snprintf(encoded, sizeof encoded, "%.*s", (int)strcspn(start, "."), start);
    for (letter = encoded; *letter; letter++)
        if (*letter == '-')
            *letter = '+';
        else if (*letter == '_')
            *letter = '/';
    assert_true(base64_decode(encoded, strlen(encoded), &text));
    snprintf(decoded, sizeof decoded, "%s", buffer_text(&text));
    buffer_free(&text);
    return decoded;
}

static const char *id_token_of(const char *body)
{
    const char *start = strstr(body, "\"id_token\":\"");

    assert_non_null(start);
    return start + strlen("\"id_token\":\"");
}

const char *browser_token_header(const char *body)
{
    return decode(id_token_of(body));
}

const char *browser_claims(const char *body)
{
    return decode(strchr(id_token_of(body), '.') + 1);
}

void assert_page_refused(const struct life *life, const char *error)
{
    const struct reply *reply = &life->world->reply;
    char wanted[128];

    snprintf(wanted, sizeof wanted, "<code id=\"error\">%s</code>", error);
    assert_number(reply->status, 400);
    assert_null(browser_location(life));
    if (!strstr(buffer_text(&reply->body), wanted))
        print_error("%s\n", buffer_text(&reply->body));
    assert_non_null(strstr(buffer_text(&reply->body), wanted));
}
