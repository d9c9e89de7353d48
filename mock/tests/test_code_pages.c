/*
 * Which method redeems the codes of which authorize page, and how often
 * (docs.slack.dev, "Installing with OAuth"; the methods' reference pages).
 */
#include <stdio.h>
#include <string.h>

#include "browser.h"
#include "check.h"

#define ALL CLIENT "&" SECRET "&redirect_uri=" BACK
#define CHALLENGE                                                              \
    "&code_challenge=ldMBaaWcQYtSATMV_IG8mf3wp7A6EW80arYoSW80ntU"              \
    "&code_challenge_method=S256"

static const struct page {
    const char *path;
    const char *scope;
} pages[] = {
    {"/oauth/v2/authorize", "&scope=commands&user_scope=chat:write"},
    {"/oauth/v2_user/authorize", "&scope=chat:write"},
    {"/oauth/authorize", "&scope=commands"},
    {"/openid/connect/authorize", "&scope=openid"},
};

struct method_row {
    const char *name;
    const char *of_page[4]; /* the error; NULL: it redeems them */
    const char *again;      /* the error of a second use */
};

#define MISMATCH "oauth_authorization_url_mismatch"

static struct method_row methods[] = {
    {"oauth.v2.access", {NULL, NULL, MISMATCH, MISMATCH}, "invalid_code"},
    {"oauth.v2.user.access",
     {MISMATCH, NULL, MISMATCH, MISMATCH},
     "invalid_code"},
    {"oauth.access", {MISMATCH, MISMATCH, NULL, MISMATCH}, "code_already_used"},
    {"openid.connect.token",
     {MISMATCH, MISMATCH, MISMATCH, NULL},
     "invalid_code"},
};

static bool sign(const unsigned char *digest,
                 unsigned char signature[SIGNATURE_SIZE])
{
    memset(signature, digest[0], SIGNATURE_SIZE);
    return true;
}

static void install(struct life *life, const struct page *page,
                    const char *more, char code[128])
{
    char form[512];

    snprintf(form, sizeof form, ASKING "%s%s", page->scope, more);
    browser_install(life, page->path, form, code);
}

static void it_redeems_codes_of_its_pages_alone_and_once(void **state)
{
    const struct world_row *at = *state;
    const struct method_row *row = at->row;
    struct life life = {.world = at->world, .now = HOST_TIME};
    char code[128];
    size_t number;

    life.world->sign = sign;
    world_load(life.world, BASE "}");
    for (number = 0; number < sizeof pages / sizeof *pages; number++) {
        const char *body;

        install(&life, &pages[number], "", code);
        body =
            life_call(&life, row->name, NULL, browser_form(&life, ALL, code));
        if (row->of_page[number]) {
            assert_refused(body, row->of_page[number]);
            continue;
        }
        assert_non_null(strstr(body, "{\"ok\":true,"));
        assert_refused(
            life_call(&life, row->name, NULL, browser_form(&life, ALL, code)),
            row->again);
    }
}

static void the_user_page_checks_verifiers_as_the_other_does(void **state)
{
    struct life *life = *state;
    static const char client[] = CLIENT "&redirect_uri=" BACK;
    char code[128];

    world_load(life->world, APP("\"pkce\":true"));
    install(life, &pages[1], CHALLENGE, code);
    assert_refused(life_call(life, "oauth.v2.user.access", NULL,
                             browser_form(life, client, code)),
                   "invalid_code_verifier");
    assert_refused(
        life_call(life, "oauth.v2.user.access", NULL,
                  browser_form(life,
                               CLIENT "&redirect_uri=" BACK "&code_verifier=x",
                               code)),
        "invalid_code_verifier");
    assert_non_null(
        strstr(life_call(life, "oauth.v2.user.access", NULL,
                         browser_form(life,
                                      CLIENT "&redirect_uri=" BACK
                                             "&code_verifier=secretpassword",
                                      code)),
               "{\"ok\":true,"));
    world_load(life->world, BASE "}");
    install(life, &pages[1], CHALLENGE, code);
    assert_refused(
        life_call(life, "oauth.v2.user.access", NULL,
                  browser_form(life,
                               CLIENT "&redirect_uri=" BACK
                                      "&code_verifier=secretpassword",
                               code)),
        "pkce_not_allowed");
}

static void the_classic_page_knows_no_challenge(void **state)
{
    struct life *life = *state;
    char code[128];

    install(life, &pages[2], "&code_challenge=x", code);
    assert_non_null(strstr(
        life_call(life, "oauth.access", NULL, browser_form(life, ALL, code)),
        "{\"ok\":true,"));
}

static void a_code_is_two_numbers_and_64_hexadecimal_digits(void **state)
{
    struct life *life = *state;
    char code[128];
    size_t length;

    install(life, &pages[0], "", code);
    length = strspn(code, "0123456789");
    assert_int_equal(code[length], '.');
    length += 1 + strspn(code + length + 1, "0123456789");
    assert_int_equal(code[length], '.');
    assert_number(strspn(code + length + 1, "0123456789abcdef"), 64);
    assert_number(strlen(code), length + 65);
}

/* One of scope and user_scope may be absent, or empty. */
static void the_scopes_of_either_are_enough(void **state)
{
    static const char *const queries[] = {
        ASKING "&scope=commands",
        ASKING "&scope=commands&user_scope=",
        ASKING "&user_scope=chat:write",
        ASKING "&scope=&user_scope=chat:write",
    };
    struct life *life = *state;
    size_t number;

    for (number = 0; number < sizeof queries / sizeof *queries; number++) {
        browser_get(life, pages[0].path, queries[number]);
        assert_number(life->world->reply.status, 200);
    }
}

#define ADD(function) add_test_with(&list, function, life_setup, life_teardown)

int main(void)
{
    struct test_list list = {.count = 0};

    add_rows_with(&list, it_redeems_codes_of_its_pages_alone_and_once, methods,
                  world_row_setup, world_row_teardown);
    ADD(the_user_page_checks_verifiers_as_the_other_does);
    ADD(the_classic_page_knows_no_challenge);
    ADD(a_code_is_two_numbers_and_64_hexadecimal_digits);
    ADD(the_scopes_of_either_are_enough);
    return run_list("codes of pages", &list);
}
