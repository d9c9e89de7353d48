/* Two lists, of which the first goes before. */
#include "authorize/organisation_rules.h"

#include "authorize/asked_scopes.h"

/* Adds the scopes that are on the list, or those that are not. */
static void pick(const struct buffer *asked, const struct text_list *list,
                 bool on_it, struct buffer *picked)
{
    const char *left = buffer_text(asked);
    struct asked_scope scope;

    while (asked_scopes_next(&left, &scope)) {
        if (asked_scope_is_listed(scope, list) != on_it)
            continue;
        if (picked->length)
            buffer_add_text(picked, ", ");
        buffer_add(picked, scope.name, scope.length);
    }
}

static void pick_all(const struct installation_request *request,
                     const struct text_list *list, bool on_it,
                     struct buffer *picked)
{
    pick(&request->bot_scope, list, on_it, picked);
    pick(&request->user_scope, list, on_it, picked);
}

const char *organisation_rules_break(const struct installation_request *request,
                                     struct buffer *scopes)
{
    const struct team *team = request->team;

    pick_all(request, &team->forbidden_scopes, true, scopes);
    if (scopes->length)
        return "scope_not_allowed_on_enterprise";
    if (team->approved_scopes.count)
        pick_all(request, &team->approved_scopes, false, scopes);
    return scopes->length ? "unapproved_scope" : NULL;
}
