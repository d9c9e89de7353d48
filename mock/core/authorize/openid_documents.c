/* Two documents; every URL in them begins as the request's own. */
#include "authorize/openid_documents.h"

#include <string.h>

#include "methods/openid_key.h"

#define DISCOVERY "/.well-known/openid-configuration"
#define KEYS      "/openid/connect/keys"

static void write_url(struct json_writer *writer, const struct call *call,
                      const char *key, const char *path)
{
    struct buffer url = BUFFER_INIT;

    request_add_base_url(call->sent.request, &url);
    buffer_add_text(&url, path);
    json_write_text(writer, key, buffer_text(&url));
    buffer_free(&url);
}

static void write_list(struct json_writer *writer, const char *key,
                       const char *const *texts)
{
    json_write_array(writer, key);
    for (; *texts; texts++)
        json_write_text(writer, NULL, *texts);
    json_write_array_end(writer);
}

#define LIST(...) ((const char *const[]){__VA_ARGS__, NULL})

static void write_discovery(struct json_writer *writer, const struct call *call)
{
    write_url(writer, call, "issuer", "");
    write_url(writer, call, "authorization_endpoint",
              "/openid/connect/authorize");
    write_url(writer, call, "token_endpoint", "/api/openid.connect.token");
    write_url(writer, call, "userinfo_endpoint",
              "/api/openid.connect.userInfo");
    write_url(writer, call, "jwks_uri", KEYS);
    write_list(writer, "scopes_supported", LIST("openid", "profile", "email"));
    write_list(writer, "response_types_supported", LIST("code"));
    write_list(writer, "response_modes_supported", LIST("form_post"));
    write_list(writer, "grant_types_supported", LIST("authorization_code"));
    write_list(writer, "subject_types_supported", LIST("public"));
    write_list(writer, "id_token_signing_alg_values_supported", LIST("RS256"));
    write_list(writer, "claims_supported", LIST("sub", "auth_time", "iss"));
    json_write_boolean(writer, "claims_parameter_supported", false);
    json_write_boolean(writer, "request_parameter_supported", false);
    json_write_boolean(writer, "request_uri_parameter_supported", true);
    write_list(writer, "token_endpoint_auth_methods_supported",
               LIST("client_secret_post", "client_secret_basic"));
}

static void write_keys(struct json_writer *writer)
{
    json_write_array(writer, "keys");
    json_write_object(writer, NULL);
    json_write_text(writer, "e", OPENID_KEY_EXPONENT);
    json_write_text(writer, "n", OPENID_KEY_MODULUS);
    json_write_text(writer, "kty", "RSA");
    json_write_text(writer, "kid", OPENID_KEY_ID);
    json_write_text(writer, "alg", "RS256");
    json_write_object_end(writer);
    json_write_array_end(writer);
}

bool openid_has_document(const char *path)
{
    return strcmp(path, DISCOVERY) == 0 || strcmp(path, KEYS) == 0;
}

bool openid_document(struct call *call, const char *path)
{
    struct json_writer writer = {.output = &call->outcome.reply->body};

    if (!openid_has_document(path))
        return false;
    buffer_clear(writer.output);
    json_write_object(&writer, NULL);
    if (strcmp(path, KEYS) == 0)
        write_keys(&writer);
    else
        write_discovery(&writer, call);
    json_write_object_end(&writer);
    return true;
}
