/*
 * Errors that a page of Slack documents of the methods of an installation, and
 * that no request to slackmock can cause: a rule forces each, in the shape of
 * every error.
 */
#include <stdio.h>
#include <string.h>

#include "check.h"
#include "life.h"

struct forced_row {
    const char *name; /* the method and the error */
};

/* docs.slack.dev, the reference pages of the methods, "Errors". */
static struct forced_row rows[] = {
    {"oauth.v2.user.access bad_client_secret"},
    {"oauth.v2.user.access bad_redirect_uri"},
    {"oauth.v2.user.access cannot_install_an_org_installed_app"},
    {"oauth.v2.user.access invalid_client_id"},
    {"oauth.v2.user.access invalid_code"},
    {"oauth.v2.user.access invalid_grant_type"},
    {"oauth.v2.user.access invalid_refresh_token"},
    {"oauth.v2.user.access no_scopes"},
    {"oauth.v2.user.access no_user_scopes"},
    {"oauth.v2.user.access not_implemented"},
    {"oauth.v2.user.access oauth_authorization_url_mismatch"},
    {"oauth.v2.user.access preview_feature_not_available"},
    {"oauth.v2.user.access user_email_unverified"},
    {"openid.connect.token bad_client_secret"},
    {"openid.connect.token bad_redirect_uri"},
    {"openid.connect.token cannot_install_an_org_installed_app"},
    {"openid.connect.token invalid_client"},
    {"openid.connect.token invalid_client_id"},
    {"openid.connect.token invalid_code"},
    {"openid.connect.token invalid_grant"},
    {"openid.connect.token invalid_grant_type"},
    {"openid.connect.token invalid_refresh_token"},
    {"openid.connect.token invalid_request"},
    {"openid.connect.token oauth_authorization_url_mismatch"},
    {"openid.connect.token preview_feature_not_available"},
    {"openid.connect.token unsupported_grant_type"},
    {"oauth.v2.access no_scopes"},
    {"oauth.v2.access user_email_unverified"},
    {"oauth.v2.access preview_feature_not_available"},
    {"oauth.v2.access cannot_install_an_org_installed_app"},
    {"oauth.v2.access pkce_not_allowed"},
    {"oauth.v2.access invalid_code_verifier"},
    {"oauth.access bad_client_secret"},
    {"oauth.access bad_redirect_uri"},
    {"oauth.access code_already_used"},
    {"oauth.access internal_error"},
    {"oauth.access invalid_client_id"},
    {"oauth.access invalid_code"},
    {"oauth.access invalid_token"},
    {"oauth.access missing_resource"},
    {"oauth.access oauth_authorization_url_mismatch"},
    {"oauth.access user_email_unverified"},
    {"tooling.tokens.rotate invalid_refresh_token"},
    {"apps.event.authorizations.list auth_mismatch"},
    {"apps.event.authorizations.list internal_error"},
    {"apps.event.authorizations.list invalid_cursor"},
    {"apps.event.authorizations.list invalid_event_context"},
};

static void it_can_be_forced(void **state)
{
    const struct world_row *at = *state;
    const struct forced_row *row = at->row;
    struct life life = {.world = at->world, .now = HOST_TIME};
    const char *error = strchr(row->name, ' ') + 1;
    char method[64];
    char scenario[512];
    char body[128];

    snprintf(method, sizeof method, "%.*s", (int)(error - row->name - 1),
             row->name);
    snprintf(scenario, sizeof scenario,
             WITH("\"rules\":[{\"when\":{\"method\":\"%s\"},\"reply\":"
                  "{\"error\":\"%s\"}}]"),
             method, error);
    world_load(life.world, scenario);
    snprintf(body, sizeof body, "{\"ok\":false,\"error\":\"%s\"}", error);
    assert_string_equal(life_call(&life, method, NULL, "code=c"), body);
    assert_number(life.world->reply.status, 200);
    assert_false(life.world->reply.record.committed);
}

int main(void)
{
    struct test_list list = {.count = 0};

    add_rows_with(&list, it_can_be_forced, rows, world_row_setup,
                  world_row_teardown);
    return run_list("forced errors", &list);
}
