/*
 * Claims and their order are those of a real id_token; times are the mock's.
 */
#include "methods/openid.h"

#include <stdlib.h>
#include <string.h>

#include "base/base64.h"
#include "base/sha256.h"
#include "base/text.h"
#include "base/xalloc.h"
#include "methods/openid_key.h"
#include "tokens/scope.h"

#define ID_TOKEN_LIFE 300 /* seconds, of a real one */
#define CLAIM(name)   "https://slack.com/" name
#define LOCALE        "en-US"

static bool has(const char *scope, const char *name)
{
    const char *texts[] = {name};
    const struct text_list names = {texts, 1};

    return scope_has_any(scope, &names);
}

static void write_printed(struct json_writer *fields, const char *key,
                          const char *format, const char *value)
{
    struct buffer text = BUFFER_INIT;
    const char *place = strchr(format, '*');

    buffer_add(&text, format, (size_t)(place - format));
    buffer_add_text(&text, value);
    buffer_add_text(&text, place + 1);
    json_write_text(fields, key, buffer_text(&text));
    buffer_free(&text);
}

#define USER_IMAGE(size) CLAIM("user_image_" size)
#define TEAM_IMAGE(size) CLAIM("team_image_" size)

static void write_images(struct json_writer *fields,
                         const struct openid_person *person)
{
    static const char *const of_user[] = {
        USER_IMAGE("24"),
        USER_IMAGE("32"),
        USER_IMAGE("48"),
        USER_IMAGE("72"),
        USER_IMAGE("192"),
        USER_IMAGE("512"),
        NULL,
    };
    static const char *const of_team[] = {
        TEAM_IMAGE("34"),  TEAM_IMAGE("44"),
        TEAM_IMAGE("68"),  TEAM_IMAGE("88"),
        TEAM_IMAGE("102"), TEAM_IMAGE("132"),
        TEAM_IMAGE("230"), NULL,
    };
    const char *const *key;

    for (key = of_user; *key; key++)
        write_printed(fields, *key, "https://example.com/*.png", person->user);
    for (key = of_team; *key; key++)
        write_printed(fields, *key, "https://example.com/*.png",
                      person->team->id);
    json_write_boolean(fields, TEAM_IMAGE("default"), true);
}

/* As small as the default domain of a team. */
static void write_domain(struct json_writer *fields, const char *key,
                         const char *id)
{
    struct buffer domain = BUFFER_INIT;

    for (; *id; id++)
        buffer_add_byte(&domain, text_lower(*id));
    json_write_text(fields, key, buffer_text(&domain));
    buffer_free(&domain);
}

static void write_enterprise(struct json_writer *fields,
                             const struct team *team)
{
    if (!team->enterprise_id)
        return;
    json_write_text(fields, CLAIM("enterprise_id"), team->enterprise_id);
    json_write_text(fields, CLAIM("enterprise_name"), team->enterprise_name);
    write_domain(fields, CLAIM("enterprise_domain"), team->enterprise_id);
}

static void write_email(struct json_writer *fields,
                        const struct openid_person *person)
{
    write_printed(fields, "email", "*@example.com", person->user);
    json_write_boolean(fields, "email_verified", true);
    json_write_integer(fields, "date_email_verified", 1609459200);
}

static void write_name(struct json_writer *fields,
                       const struct openid_person *person)
{
    json_write_text(fields, "name", person->user);
    write_printed(fields, "picture", "https://example.com/*.png", person->user);
    json_write_text(fields, "given_name", person->user);
    json_write_text(fields, "family_name", "");
}

static void write_team(struct json_writer *fields,
                       const struct openid_person *person)
{
    json_write_text(fields, CLAIM("team_name"), person->team->name);
    json_write_text(fields, CLAIM("team_domain"), person->team->domain);
}

void openid_write_profile(struct json_writer *fields,
                          const struct openid_person *person)
{
    if (has(person->scope, "email"))
        write_email(fields, person);
    if (!has(person->scope, "profile"))
        return;
    write_name(fields, person);
    json_write_text(fields, "locale", LOCALE);
    write_team(fields, person);
    write_enterprise(fields, person->team);
    write_images(fields, person);
}

/* ---- the id_token ---- */

static void add_hash(const char *access_token, struct buffer *hash)
{
    unsigned char digest[SHA256_SIZE];

    sha256(access_token, strlen(access_token), digest);
    base64_url_encode(digest, SHA256_SIZE / 2, hash);
}

/* The locale stands elsewhere here, and there is no organisation. */
static void write_profile_claims(struct json_writer *claims,
                                 const struct openid_person *person)
{
    if (has(person->scope, "email"))
        write_email(claims, person);
    if (!has(person->scope, "profile"))
        return;
    json_write_text(claims, "locale", LOCALE);
    write_name(claims, person);
    write_team(claims, person);
    write_images(claims, person);
}

static void write_claims(struct call *call, const struct code_entry *code,
                         const char *access_token, struct json_writer *claims)
{
    const int64_t now = call->now / 1000;
    struct buffer text = BUFFER_INIT;

    request_add_base_url(call->sent.request, &text);
    json_write_text(claims, "iss", buffer_text(&text));
    json_write_text(claims, "sub", code->user.user);
    json_write_text(claims, "aud", code->app->client_id);
    json_write_integer(claims, "exp", now + ID_TOKEN_LIFE);
    json_write_integer(claims, "iat", now);
    json_write_integer(claims, "auth_time", now);
    if (code->nonce)
        json_write_text(claims, "nonce", code->nonce);
    buffer_clear(&text);
    add_hash(access_token, &text);
    json_write_text(claims, "at_hash", buffer_text(&text));
    json_write_text(claims, CLAIM("team_id"), code->team->id);
    json_write_text(claims, CLAIM("user_id"), code->user.user);
    buffer_free(&text);
}

static bool add_signature(struct call *call, struct buffer *token)
{
    unsigned char digest[SHA256_SIZE];
    unsigned char signature[SIGNATURE_SIZE];

    sha256(token->data, token->length, digest);
    if (!call->sign || !call->sign(digest, signature))
        return false;
    buffer_add_byte(token, '.');
    base64_url_encode(signature, sizeof signature, token);
    return true;
}

bool openid_add_id_token(struct call *call, const struct code_entry *code,
                         const char *access_token, const char *scope,
                         struct buffer *token)
{
    static const char header[] =
        "{\"alg\":\"RS256\",\"typ\":\"JWT\",\"kid\":\"" OPENID_KEY_ID "\"}";
    const struct openid_person person = {code->team, code->user.user, scope};
    struct buffer claims = BUFFER_INIT;
    struct json_writer writer = {.output = &claims};

    json_write_object(&writer, NULL);
    write_claims(call, code, access_token, &writer);
    write_profile_claims(&writer, &person);
    json_write_object_end(&writer);
    base64_url_encode(header, strlen(header), token);
    buffer_add_byte(token, '.');
    base64_url_encode(claims.data, claims.length, token);
    buffer_free(&claims);
    return add_signature(call, token);
}
