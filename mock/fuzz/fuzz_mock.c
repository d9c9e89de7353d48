/*
 * Calls in sequence, held against a model (observer.h). An input is a text of
 * operations, each a letter; other bytes are skipped. T is a token and C a
 * client, each a byte counted from `0` on, tokens in the order they were seen:
 *
 *     xTC  exchange T as C          tT  auth.test
 *     rTC  refresh T as C           vT  auth.revoke
 *     cKC  redeem code K as C       uTC apps.uninstall
 *     +N   let the N-th span of time pass
 *     mNNAVAV~ the documented method NN, each argument A with the value V
 *     !VMETHOD|QUERY|TYPE|AUTHORIZATION|BODY~
 *
 * The last is a raw request: V is the letter of a verb, `$T` in a field stands
 * for that token and `@C` for that client's two arguments.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "message/method_facts.h"
#include "message/method_names.h"
#include "mock/mock.h"
#include "observer.h"

#define SCOPES                                                                 \
    "bookmarks:write,calls:write,canvases:write,channels:read,chat:write,"     \
    "conversations.connect:write,datastore:write,files:read,files:write,"      \
    "lists:write,reactions:write,search:read,team:read,triggers:write,"        \
    "usergroups:write,users:read,users.profile:write,admin.users:write"

static const char world[] =
    "{\"description\":\"fuzz\",\"extends\":\"default.json\",\"seed\":1,"
    "\"apps\":[{\"id\":\"A0OFF\",\"client_id\":\"2.2\",\"client_secret\":"
    "\"off\",\"token_rotation\":false}],"
    "\"teams\":[{\"id\":\"T0MOVING\",\"name\":\"M\",\"state\":\"migrating\"},"
    "{\"id\":\"E0ORG\",\"name\":\"O\",\"enterprise\":{\"id\":\"E0ORG\","
    "\"name\":\"O\"}}],"
    "\"tokens\":[{\"token\":\"xoxb-off\",\"app\":\"A0OFF\",\"team\":\"T0TEAM\","
    "\"scope\":\"s\",\"bot_user\":\"U0BOT\"},"
    "{\"token\":\"xoxb-moving\",\"app\":\"A0APP\",\"team\":\"T0MOVING\","
    "\"scope\":\"s\",\"bot_user\":\"U0BOT\"},"
    "{\"token\":\"xoxp-org\",\"app\":\"A0APP\",\"team\":\"E0ORG\","
    "\"scope\":\"s\",\"user\":\"U1\"},"
    "{\"token\":\"xoxb-12345-67890-abcdefg\",\"app\":\"A0APP\",\"team\":"
    "\"T0TEAM\",\"scope\":\"" SCOPES "\",\"bot_user\":\"U0BOT\"},"
    "{\"token\":\"xoxp-12345-67890-1928471-abcdefg\",\"app\":\"A0APP\","
    "\"team\":\"T0TEAM\",\"scope\":\"" SCOPES "\",\"user\":\"U0USER\"},"
    "{\"token\":\"xoxe.xoxb-1-r\",\"refresh_token\":\"xoxe-1-r\","
    "\"expires_in\":3600,\"app\":\"A0APP\",\"team\":\"E0ORG\",\"scope\":\"s\","
    "\"bot_user\":\"U2\"}],"
    "\"codes\":[{\"code\":\"0\",\"app\":\"A0APP\",\"team\":\"T0TEAM\",\"bot\":"
    "{\"user\":\"U0BOT\",\"scope\":\"s\"},\"user\":{\"user\":\"U0USER\","
    "\"scope\":\"s\"}},"
    "{\"code\":\"1\",\"app\":\"A0APP\",\"team\":\"T0TEAM\",\"bot\":"
    "{\"user\":\"U0BOT\",\"scope\":\"s\"},\"expires_in\":60},"
    "{\"code\":\"2\",\"app\":\"A0OFF\",\"team\":\"T0TEAM\",\"bot\":"
    "{\"user\":\"U0BOT\",\"scope\":\"s\"}},"
    "{\"code\":\"3\",\"app\":\"A0APP\",\"team\":\"E0ORG\",\"user\":"
    "{\"user\":\"U1\",\"scope\":\"s\"}},"
    "{\"code\":\"4\",\"app\":\"A0APP\",\"team\":\"T0MOVING\",\"bot\":"
    "{\"user\":\"U0BOT\",\"scope\":\"s\"}}],"
    "\"stubs\":{\"chat.postMessage\":{\"channel\":\"C1\"}}}";

static const struct observer_seed seeds[] = {
    {"xoxb-12345-67890-abcdefg", "A0APP T0TEAM bot U0BOT", 0},
    {"xoxp-12345-67890-1928471-abcdefg", "A0APP T0TEAM user U0USER", 0},
    {"xoxb-off", "A0OFF T0TEAM bot U0BOT", 0},
    {"xoxb-moving", "A0APP T0MOVING bot U0BOT", 0},
    {"xoxp-org", "A0APP E0ORG user U1", 0},
    {"xoxe.xoxb-1-r", "A0APP E0ORG bot U2", 3600000},
    {"xoxe-1-r", "A0APP E0ORG bot U2", 0},
    {NULL, NULL, 0},
};

#define ID     "client_id=4123121235.9872358710"
#define SECRET "&client_secret=e1b9e11dfcd19c1982d5de12921e17e8c"
static const char *const clients[] = {
    (ID SECRET),
    "client_id=2.2&client_secret=off",
    (ID "&client_secret=wrong"),
    "client_id=3.3&client_secret=off",
};

#define SECOND INT64_C(1000)
#define HOUR   (3600 * SECOND)
static const int64_t spans[] = {
    1,         SECOND,        59 * SECOND, 60 * SECOND,     HOUR,
    11 * HOUR, 12 * HOUR - 1, 12 * HOUR,   24 * 400 * HOUR,
};

#define COUNT(list) (sizeof(list) / sizeof *(list))

static size_t choose(struct fuzz_input *input, size_t count)
{
    return (size_t)(unsigned char)(fuzz_byte(input) - '0') % count;
}

static struct model_token *choose_token(struct fuzz_input *input,
                                        struct observer *observer)
{
    return &observer->model.tokens[choose(input, observer->model.count)];
}

static const char *choose_client(struct fuzz_input *input)
{
    return clients[choose(input, COUNT(clients))];
}

/* ---- usual calls ---- */

/* A form, with a Bearer token unless that is NULL. */
static void post(struct observer *observer, const char *method,
                 const char *bearer, const char *form,
                 struct model_token *refresh)
{
    char authorization[256];
    const struct request_header headers[] = {
        {"Content-Type", "application/x-www-form-urlencoded"},
        {"Authorization", authorization},
    };
    const struct request request = {
        .verb = VERB_POST,
        .verb_name = "POST",
        .target = "",
        .method = method,
        .headers = headers,
        .header_count = bearer ? 2 : 1,
        .body = form,
        .body_length = strlen(form),
        .host_time = observer->model.now,
    };

    snprintf(authorization, sizeof authorization, "Bearer %s",
             bearer ? bearer : "");
    observer_call(observer, &request, refresh);
}

static void exchange(struct observer *observer, struct fuzz_input *input)
{
    const struct model_token *token = choose_token(input, observer);
    char form[512];

    snprintf(form, sizeof form, "%s&token=%s", choose_client(input),
             token->text);
    post(observer, "oauth.v2.exchange", NULL, form, NULL);
}

static void refresh(struct observer *observer, struct fuzz_input *input)
{
    struct model_token *token = choose_token(input, observer);
    char form[512];

    snprintf(form, sizeof form, "%s&grant_type=refresh_token&refresh_token=%s",
             choose_client(input), token->text);
    post(observer, "oauth.v2.access", NULL, form, token);
}

static void redeem(struct observer *observer, struct fuzz_input *input)
{
    char form[512];
    char code = fuzz_byte(input);

    snprintf(form, sizeof form, "%s&code=%%%02x", choose_client(input),
             (unsigned)(unsigned char)code);
    post(observer, "oauth.v2.access", NULL, form, NULL);
}

static void test(struct observer *observer, struct fuzz_input *input)
{
    post(observer, "auth.test", choose_token(input, observer)->text, "", NULL);
}

static void revoke(struct observer *observer, struct fuzz_input *input)
{
    post(observer, "auth.revoke", choose_token(input, observer)->text, "",
         NULL);
}

static void uninstall(struct observer *observer, struct fuzz_input *input)
{
    const char *token = choose_token(input, observer)->text;

    post(observer, "apps.uninstall", token, choose_client(input), NULL);
}

static void advance(struct observer *observer, struct fuzz_input *input)
{
    observer_advance(observer, spans[choose(input, COUNT(spans))]);
}

/* ---- raw requests ---- */

/* A field of a raw request, with what `$T` and `@C` in it stand for. */
static struct buffer read_field(struct observer *observer,
                                struct fuzz_input *from, char end)
{
    struct fuzz_input field = fuzz_until(from, end);
    struct buffer text = BUFFER_INIT;

    buffer_add_text(&text, "");
    while (field.length > 0) {
        char byte = fuzz_byte(&field);

        if (byte == '$')
            buffer_add_text(&text, choose_token(&field, observer)->text);
        else if (byte == '@')
            buffer_add_text(&text, choose_client(&field));
        else
            buffer_add_byte(&text, byte);
    }
    return text;
}

static void set_verb(struct request *request, char letter)
{
    static const char letters[] = "GHPO";
    const char *place = letter ? strchr(letters, letter) : NULL;
    static const enum verb verbs[] = {VERB_GET, VERB_HEAD, VERB_POST,
                                      VERB_OPTIONS};

    request->verb = place ? verbs[place - letters] : VERB_OTHER;
    request->cut_short = letter == 'S';
    if (letter == 'S')
        request->verb = VERB_POST;
}

enum field { METHOD, QUERY, TYPE, AUTHORIZATION, BODY, FIELDS };

/* An empty header is an absent one. */
static void send_fields(struct observer *observer, char verb,
                        const struct buffer *fields)
{
    const struct request_header headers[] = {
        {"content-type", fields[TYPE].data},
        {"authorization", fields[AUTHORIZATION].data},
    };
    bool has_type = fields[TYPE].length > 0;
    bool has_authorization = fields[AUTHORIZATION].length > 0;
    struct request request = {
        .verb_name = "",
        .target = fields[METHOD].data,
        .method = fields[METHOD].data,
        .query = fields[QUERY].length ? fields[QUERY].data : NULL,
        .query_length = fields[QUERY].length,
        .headers = has_type ? headers : headers + 1,
        .header_count = (size_t)has_type + has_authorization,
        .body = fields[BODY].data,
        .body_length = fields[BODY].length,
        .host_time = observer->model.now,
    };

    set_verb(&request, verb);
    observer_call(observer, &request, NULL);
}

static void send_raw(struct observer *observer, struct fuzz_input *input)
{
    struct fuzz_input raw = fuzz_until(input, '~');
    char verb = fuzz_byte(&raw);
    struct buffer fields[FIELDS];

    for (size_t i = 0; i < FIELDS; i++)
        fields[i] = read_field(observer, &raw, i == BODY ? '~' : '|');
    send_fields(observer, verb, fields);
    for (size_t i = 0; i < FIELDS; i++)
        buffer_free(&fields[i]);
}

/* ---- documented methods ---- */

static const char *const values[] = {
    "",
    "a",
    "1",
    "true",
    "a%2Cb",
    "%5B%5D",
    "%5B1%2C%7B%22id%22%3Anull%7D%5D",
    "%7B%22id%22%3A%5B%5D%2C%22n%22%3A1%7D",
    "%7B",
    "%00",
};

/* The form with the arguments that the rest of the operation chooses. */
static struct buffer read_arguments(struct fuzz_input *from,
                                    const struct method_facts *facts)
{
    struct fuzz_input chosen = fuzz_until(from, '~');
    const uint16_t *arguments = &method_lists[facts->arguments];
    struct buffer form = BUFFER_INIT;
    size_t count = 0;

    buffer_add_text(&form, "");
    while (arguments[2 * count])
        count++;
    while (count && chosen.length > 1) {
        size_t number = (unsigned char)fuzz_byte(&chosen) % count;
        const char *value = values[choose(&chosen, COUNT(values))];

        buffer_printf(&form, "&%s=%s", method_text(arguments[2 * number]),
                      value);
    }
    return form;
}

/* By a token that has many scopes, of a kind that the method takes. */
#define BOT  "Bearer xoxb-12345-67890-abcdefg"
#define USER "Bearer xoxp-12345-67890-1928471-abcdefg"

static void call_documented(struct observer *observer, struct fuzz_input *input)
{
    size_t high = (unsigned char)fuzz_byte(input);
    size_t number =
        (high << 8 | (unsigned char)fuzz_byte(input)) % method_facts_count;
    const struct method_facts *facts = &method_facts[number];
    struct buffer form = read_arguments(input, facts);
    const struct request_header headers[] = {
        {"content-type", "application/x-www-form-urlencoded"},
        {"authorization", facts->tokens & METHOD_TOKEN_BOT ? BOT : USER},
    };
    const struct request request = {
        .verb = VERB_POST,
        .verb_name = "POST",
        .target = "/api/",
        .method = method_facts_name(facts),
        .headers = headers,
        .header_count = COUNT(headers),
        .body = form.data,
        .body_length = form.length,
        .host_time = observer->model.now,
    };

    if (!method_name_is_known(request.method))
        observer_call(observer, &request, NULL);
    buffer_free(&form);
}

/* ---- operations ---- */

static const struct operation {
    char letter;
    void (*run)(struct observer *observer, struct fuzz_input *input);
} operations[] = {
    {'x', exchange}, {'r', refresh},  {'c', redeem},
    {'t', test},     {'v', revoke},   {'u', uninstall},
    {'+', advance},  {'!', send_raw}, {'m', call_documented},
};

static void run_operation(struct observer *observer, struct fuzz_input *input)
{
    char letter = fuzz_byte(input);

    for (size_t i = 0; i < COUNT(operations); i++)
        if (operations[i].letter == letter)
            operations[i].run(observer, input);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct mock_options options = {
        .sandboxes = 100, .call = CALL_LIMITS_DEFAULT, .journal_entries = 10};
    struct fuzz_input input = fuzz_input(data, size);
    struct observer observer;

    observer_init(&observer,
                  mock_create(fuzz_load_text(world), &options, 1, FUZZ_TIME),
                  seeds);
    while (input.length > 0 && observer_has_room(&observer))
        run_operation(&observer, &input);
    observer_free(&observer);
    return 0;
}
