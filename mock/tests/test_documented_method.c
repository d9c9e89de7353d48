/*
 * Methods that are answered from what Slack documents of them: what their
 * answers say of the call and of the world, and what a scenario may ask of
 * them.
 */
#include <stdio.h>
#include <string.h>

#include "check.h"
#include "life.h"
#include "message/method_facts.h"
#include "world.h"

#define NOW "1767225600"

#define ALL_SCOPES                                                             \
    BASE ",\"tokens\":[{\"token\":\"xoxb-all\",\"app\":\"A0APP\",\"team\":"    \
         "\"T0TEAM\",\"bot_user\":\"U0BOT\"},{\"token\":\"xoxp-ada\",\"app\":" \
         "\"A0APP\",\"team\":\"T0TEAM\",\"user\":\"U0ADA\",\"user_name\":"     \
         "\"ada\"}]"

static int set_up(void **state)
{
    int failed = life_setup(state);
    struct life *life = *state;

    if (!failed)
        world_load(life->world, ALL_SCOPES "}");
    return failed;
}

/* ---- what was sent, and what is known ---- */

static struct row {
    const char *name;
    const char *method;
    const char *form;
    const char *wanted; /* somewhere in the body */
} rows[] = {
    {"a message comes back", "chat.postMessage",
     "channel=C1&text=%5B1%5D&blocks=%5B%7B%22type%22%3A%22divider%22%7D%5D",
     "{\"ok\":true,\"channel\":\"C1\",\"ts\":\"" NOW ".000000\",\"message\":{"
     "\"type\":\"message\",\"user\":\"U0BOT\",\"ts\":\"" NOW ".000000\","
     "\"bot_id\":\"B0BOT\",\"app_id\":\"A0APP\",\"text\":\"[1]\",\"team\":"
     "\"T0TEAM\",\"blocks\":[{\"type\":\"divider\"}]}}"},
    {"a changed message keeps its ts", "chat.update",
     "channel=C1&ts=1.2&text=new", "\"ts\":\"1.2\",\"text\":\"new\""},
    {"an object is known by its id", "conversations.info", "channel=C7",
     "{\"ok\":true,\"channel\":{\"id\":\"C7\","},
    {"its value is what was set", "bookmarks.add",
     "channel_id=C1&title=T&type=link&link=https%3A%2F%2Fexample.org",
     "\"title\":\"T\",\"link\":\"https://example.org\""},
    {"a view lies over the documented one", "views.open",
     "view=%7B%22type%22%3A%22home%22%2C%22close%22%3Anull%2C%22n%22%3A1%7D",
     "\"type\":\"home\",\"title\""},
    {"and what no view has is not made up", "views.publish",
     "user_id=U1&view=%7B%22type%22%3A%22home%22%7D",
     "\"private_metadata\":\"\",\"callback_id\":\"\""},
    {"and brings what that has not", "views.open",
     "view=%7B%22type%22%3A%22home%22%2C%22close%22%3Anull%2C%22n%22%3A1%7D",
     "\"close\":null,\"n\":1}}"},
    {"a list is all there is", "conversations.list", "",
     "\"response_metadata\":{\"next_cursor\":\"\"}}"},
    {"what is empty names nobody", "users.list",
     "team_id=", "\"team_id\":\"T0TEAM\""},
    {"a member is the caller", "conversations.members", "channel=C1",
     "\"members\":[\"U0BOT\"]"},
    {"a team is the caller's", "team.info", "",
     "{\"ok\":true,\"team\":{\"id\":\"T0TEAM\",\"name\":\"Example\",\"domain\":"
     "\"example\""},
    {"a person's name is in the world", "users.info", "user=U0ADA",
     "\"id\":\"U0ADA\",\"team_id\":\"T0TEAM\",\"name\":\"ada\""},
    {"a bot's too", "users.info", "user=U0BOT", "\"is_bot\":true"},
    {"of names that repeat the last counts", "files.completeUploadExternal",
     "files=%5B%7B%22id%22%3A%22F1%22%2C%22x%22%3A%7B%22a%22%3A1%2C%22a%22%3A2"
     "%7D%2C%22id%22%3A%22F2%22%7D%5D",
     "\"files\":[{\"id\":\"F2\",\"title\":\"title\",\"name\":\"name\","
     "\"mimetype\":\"text/plain\",\"user\":\"U0BOT\",\"created\":" NOW
     ",\"permalink\":\"https://example.com/\",\"x\":{\"a\":2}}]"},
    {"each file lies over one", "files.completeUploadExternal",
     "files=%5B%7B%22id%22%3A%22F1%22%7D%2C%7B%22id%22%3A%22F2%22%7D%5D",
     "\"files\":[{\"id\":\"F1\",\"title\":\"title\""},
    {"a file has a place to go", "files.getUploadURLExternal",
     "filename=a&length=1",
     "\"upload_url\":\"https://files.slack.com/upload/v1/F000000001\","
     "\"file_id\":\"F000000001\"}"},
    {"an absent organisation is left out", "team.info", "",
     "\"image_default\":true}}}"},
    {"a message without a text", "chat.postMessage",
     "channel=C1&text=", "{\"ok\":false,\"error\":\"no_text\"}"},
    {"an empty channel", "chat.postMessage", "channel=&text=a",
     "{\"ok\":false,\"error\":\"channel_not_found\"}"},
    {"nobody to talk to", "conversations.open", "",
     "{\"ok\":false,\"error\":\"users_list_not_supplied\"}"},
    {"nothing to pin", "pins.add", "channel=C1",
     "{\"ok\":false,\"error\":\"no_item_specified\"}"},
    {"api.test gives its arguments back", "api.test", "foo=bar",
     "{\"ok\":true,\"args\":{\"foo\":\"bar\"}}"},
    {"and the error that it is asked for", "api.test", "error=my_error",
     "{\"ok\":false,\"error\":\"my_error\",\"args\":{\"error\":\"my_error\"}}"},
    {"a method of a family that is gone", "channels.list", "",
     "{\"ok\":false,\"error\":\"method_deprecated\"}"},
    {"files.upload is gone", "files.upload", "content=a",
     "{\"ok\":false,\"error\":\"method_deprecated\"}"},
};

struct life_row {
    struct life *life;
    const struct row *row;
};

static int row_setup(void **state)
{
    static struct life_row both;
    void *life = NULL;
    int failed;

    both.row = *state;
    failed = set_up(&life);
    both.life = life;
    *state = &both;
    return failed;
}

static int row_teardown(void **state)
{
    struct life_row *both = *state;
    void *life = both->life;

    return life_teardown(&life);
}

static void it_says(void **state)
{
    const struct life_row *both = *state;
    const char *body =
        life_call(both->life, both->row->method, "xoxb-all", both->row->form);

    if (!strstr(body, both->row->wanted))
        fail_msg("%s, wanted %s", body, both->row->wanted);
}

static void no_two_messages_have_one_ts(void **state)
{
    struct life *life = *state;
    const char *body;

    (void)life_call(life, "chat.postMessage", "xoxb-all", "channel=C&text=a");
    body = life_call(life, "chat.postMessage", "xoxb-all", "channel=C&text=a");
    assert_non_null(strstr(body, "\"ts\":\"" NOW ".000001\""));
    life_pass(life, 1);
    body = life_call(life, "chat.postMessage", "xoxb-all", "channel=C&text=a");
    assert_non_null(strstr(body, "\"ts\":\"1767225601.000000\""));
}

static void a_reply_tells_the_scopes_that_it_takes(void **state)
{
    struct life *life = *state;

    (void)life_call(life, "conversations.join", BOT_TOKEN, "");
    assert_string_equal(reply_header(&life->world->reply, "X-OAuth-Scopes"),
                        "commands,chat:write");
    assert_string_equal(
        reply_header(&life->world->reply, "X-Accepted-OAuth-Scopes"),
        "channels:join");
    (void)life_call(life, "conversations.join", USER_TOKEN, "");
    assert_string_equal(
        reply_header(&life->world->reply, "X-Accepted-OAuth-Scopes"),
        "channels:write");
}

static void a_likely_mistake_is_explained(void **state)
{
    struct life *life = *state;
    const struct call_record *record = &life->world->reply.record;

    (void)life_call(life, "chat.postMesage", "xoxb-all", "channel=C1&text=a");
    assert_string_equal(
        record->hint,
        "Slack has no such method; did you mean chat.postMessage?");
    (void)life_call(life, "no.such.method", "xoxb-all", "");
    assert_null(record->hint);
    (void)life_call(life, "users.list", BOT_TOKEN, "");
    assert_string_equal(record->hint,
                        "a token has the scopes that its scenario gives it, "
                        "and all if that leaves \"scope\" out");
}

static void each_type_of_conversation_has_its_scope(void **state)
{
    static const struct {
        const char *method;
        const char *form;
        const char *wanted; /* needed; NULL: the call succeeds */
    } asked[] = {
        {"conversations.list", "", NULL},
        {"conversations.list", "types=public_channel", NULL},
        {"conversations.list", "types=im", "im:read"},
        {"conversations.list", "types=im%2Cpublic_channel%2Cprivate_channel",
         "groups:read,im:read"},
        {"users.conversations", "types=%5B%22mpim%22%5D", "mpim:read"},
        {"files.list", "types=im", NULL},
    };
    struct life *life = *state;
    char wanted[200];

    world_load(life->world,
               BASE ",\"tokens\":[{\"token\":\"xoxb-few\",\"app\":\"A0APP\","
                    "\"team\":\"T0TEAM\",\"bot_user\":\"U1\",\"scope\":"
                    "\"channels:read,files:read\"}]}");
    for (size_t i = 0; i < sizeof asked / sizeof *asked; i++) {
        const char *body =
            life_call(life, asked[i].method, "xoxb-few", asked[i].form);

        snprintf(wanted, sizeof wanted,
                 "{\"ok\":false,\"error\":\"missing_scope\",\"needed\":\"%s\","
                 "\"provided\":\"channels:read,files:read\"}",
                 asked[i].wanted ? asked[i].wanted : "");
        if (asked[i].wanted)
            assert_string_equal(body, wanted);
        else
            assert_int_equal(strncmp(body, "{\"ok\":true", 10), 0);
    }
}

/* Whoever asks: those that have a page still, and those that have none. */
static void what_slack_took_back_is_deprecated(void **state)
{
    static const char *const names[] = {"channels.list", "groups.history",
                                        "im.open", "mpim.close"};
    static const char wanted[] =
        "{\"ok\":false,\"error\":\"method_deprecated\"}";
    struct life *life = *state;
    size_t gone = 0;

    for (size_t i = 0; i < method_facts_count; i++) {
        const char *name = method_facts_name(&method_facts[i]);

        if (!method_is_gone(name))
            continue;
        gone++;
        assert_string_equal(life_call(life, name, "xoxp-ada", ""), wanted);
        assert_string_equal(life_call(life, name, NULL, ""), wanted);
    }
    assert_number(gone, 1); /* files.upload */
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        assert_string_equal(life_call(life, names[i], "xoxp-ada", ""), wanted);
}

/* ---- what a scenario may ask ---- */

#define RULE(method, reply)                                                    \
    WITH("\"rules\":[{\"when\":{\"method\":\"" method "\"},\"reply\":" reply   \
         "}]")

static void a_rule_forces_what_the_method_documents(void **state)
{
    struct life *life = *state;

    world_load(life->world,
               RULE("chat.postMessage", "{\"error\":\"is_archived\"}"));
    assert_refused(life_call(life, "chat.postMessage", BOT_TOKEN, ""),
                   "is_archived");
    world_load(life->world,
               RULE("chat.*", "{\"error\":\"message_not_found\"}"));
    assert_refused(life_call(life, "chat.update", BOT_TOKEN, ""),
                   "message_not_found");
}

static struct mistake_row mistakes[] = {
    {"an error of another method",
     RULE("views.open", "{\"error\":\"is_archived\"}"),
     "$.rules[0].reply.error: found \"is_archived\", wanted a documented "
     "error, or \"undocumented\": true beside it\n"},
    {"one that is nearly the method's",
     RULE("chat.postMessage", "{\"error\":\"channel_not_foud\"}"),
     "$.rules[0].reply.error: found \"channel_not_foud\", wanted a documented "
     "error, or \"undocumented\": true beside it; did you mean "
     "\"channel_not_found\"?\n"},
    {"limits that are another word", WITH("\"rate_limits\":\"document\""),
     "$.rate_limits: found \"document\", wanted an object or \"documented\"\n"},
};

static void documented_limits_are_those_of_the_tiers(void **state)
{
    struct life *life = *state;
    int number;

    world_load(life->world, ALL_SCOPES ",\"rate_limits\":\"documented\"}");
    for (number = 0; number < 20; number++)
        assert_null(
            strstr(life_call(life, "conversations.list", "xoxb-all", ""),
                   "ratelimited"));
    assert_refused(life_call(life, "conversations.list", "xoxb-all", ""),
                   "ratelimited");
}

static void posting_is_limited_by_the_channel(void **state)
{
    struct life *life = *state;

    world_load(life->world, ALL_SCOPES ",\"rate_limits\":\"documented\"}");
    (void)life_call(life, "chat.postMessage", "xoxb-all", "channel=C1&text=a");
    assert_refused(
        life_call(life, "chat.postMessage", "xoxb-all", "channel=C1&text=a"),
        "ratelimited");
    assert_string_equal(reply_header(&life->world->reply, "Retry-After"), "1");
    assert_null(strstr(
        life_call(life, "chat.postMessage", "xoxb-all", "channel=C2&text=a"),
        "ratelimited"));
    life_pass(life, 1);
    assert_null(strstr(
        life_call(life, "chat.postMessage", "xoxb-all", "channel=C1&text=a"),
        "ratelimited"));
}

static void a_stub_comes_before_the_documentation(void **state)
{
    struct life *life = *state;

    world_load(life->world,
               WITH("\"stubs\":{\"team.info\":{\"team\":{\"id\":\"T9\"}},"
                    "\"channels.list\":{}}"));
    assert_string_equal(life_call(life, "team.info", BOT_TOKEN, ""),
                        "{\"ok\":true,\"team\":{\"id\":\"T9\"}}");
    assert_string_equal(life_call(life, "channels.list", BOT_TOKEN, ""),
                        "{\"ok\":true}");
}

#define ADD(function) add_test_with(&list, function, set_up, life_teardown)

int main(void)
{
    struct test_list list = {.count = 0};

    add_rows_with(&list, it_says, rows, row_setup, row_teardown);
    ADD(no_two_messages_have_one_ts);
    ADD(a_reply_tells_the_scopes_that_it_takes);
    ADD(what_slack_took_back_is_deprecated);
    ADD(a_likely_mistake_is_explained);
    ADD(each_type_of_conversation_has_its_scope);
    ADD(a_rule_forces_what_the_method_documents);
    ADD(documented_limits_are_those_of_the_tiers);
    ADD(posting_is_limited_by_the_channel);
    ADD(a_stub_comes_before_the_documentation);
    world_add_mistakes(&list, mistakes, sizeof mistakes / sizeof *mistakes);
    return run_list("documented method", &list);
}
