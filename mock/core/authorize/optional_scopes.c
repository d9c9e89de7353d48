/* A box is named `bot_optional.SCOPE` or `user_optional.SCOPE`. */
#include "authorize/optional_scopes.h"

#include <string.h>

#include "authorize/asked_scopes.h"
#include "authorize/page_text.h"
#include "base/text.h"

/* One of an app's two lists, and what is asked of that kind. */
struct optional_part {
    const char *name;
    const struct text_list *list;
};

static struct optional_part bot_part(const struct app *app)
{
    return (struct optional_part){"bot_optional", &app->bot_optional};
}

static struct optional_part user_part(const struct app *app)
{
    return (struct optional_part){"user_optional", &app->user_optional};
}

/* ---- the boxes ---- */

static void add_box(struct buffer *page, const char *part,
                    struct asked_scope scope)
{
    buffer_printf(page, "<p><label><input type=\"checkbox\" name=\"%s.", part);
    page_add_bytes(page, scope.name, scope.length);
    buffer_add_text(page, "\" checked> ");
    page_add_bytes(page, scope.name, scope.length);
    buffer_add_text(page, " (optional)</label></p>\n");
}

static void add_boxes(struct buffer *page, struct optional_part part,
                      const struct buffer *scopes)
{
    const char *list = buffer_text(scopes);
    struct asked_scope scope;

    while (asked_scopes_next(&list, &scope))
        if (asked_scope_is_listed(scope, part.list))
            add_box(page, part.name, scope);
}

void optional_scopes_add(struct buffer *page,
                         const struct installation_request *request)
{
    add_boxes(page, bot_part(request->app), &request->bot_scope);
    add_boxes(page, user_part(request->app), &request->user_scope);
}

/* ---- what came back ---- */

static bool is_ticked(const struct call *call, const char *part,
                      struct asked_scope scope)
{
    const struct arguments *arguments = call->sent.arguments;
    struct buffer name = BUFFER_INIT;
    bool is_there = false;
    size_t place;

    buffer_printf(&name, "%s.", part);
    buffer_add(&name, scope.name, scope.length);
    for (place = 0; place < arguments->count && !is_there; place++)
        is_there =
            text_equals(arguments->list[place].name,
                        arguments->list[place].name_length, buffer_text(&name));
    buffer_free(&name);
    return is_there;
}

static void drop(struct call *call, struct optional_part part,
                 struct buffer *scopes)
{
    const char *list = buffer_text(scopes);
    struct buffer kept = BUFFER_INIT;
    struct asked_scope scope;

    while (asked_scopes_next(&list, &scope)) {
        if (asked_scope_is_listed(scope, part.list) &&
            !is_ticked(call, part.name, scope)) {
            call_hint(call,
                      "%s.%.*s did not come with the form: that scope "
                      "is left out",
                      part.name, (int)scope.length, scope.name);
            continue;
        }
        if (kept.length)
            buffer_add_byte(&kept, ',');
        buffer_add(&kept, scope.name, scope.length);
    }
    buffer_free(scopes);
    *scopes = kept;
}

void optional_scopes_drop(struct call *call,
                          struct installation_request *request)
{
    if (call->sent.request->verb != VERB_POST ||
        !authorize_query_has(&request->query, ASKED_DECISION))
        return;
    drop(call, bot_part(request->app), &request->bot_scope);
    drop(call, user_part(request->app), &request->user_scope);
}
