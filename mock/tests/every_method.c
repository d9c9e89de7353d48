/* Which methods there are, and what each wants, follows from the facts. */
#include "every_method.h"

#include <string.h>

#include "message/method_names.h"
#include "world.h"

#define TOKEN(text, team, more)                                                \
    "{\"token\":\"" text "\",\"app\":\"A0APP\",\"team\":\"" team "\"" more "}"

#define TEAMS                                                                  \
    "\"teams\":[{\"id\":\"T0ORG\",\"name\":\"Org\",\"domain\":\"org\","        \
    "\"enterprise\":{\"id\":\"E0ORG\",\"name\":\"Org\"},"                      \
    "\"is_enterprise_install\":true}]"
#define ALL_1  TOKEN(ALL_BOT, "T0TEAM", ",\"bot_user\":\"U1\"")
#define ALL_2  TOKEN(ALL_USER, "T0TEAM", ",\"user\":\"U2\"")
#define NONE_1 TOKEN(NONE_BOT, "T0TEAM", ",\"bot_user\":\"U3\",\"scope\":\"\"")
#define NONE_2 TOKEN(NONE_USER, "T0TEAM", ",\"user\":\"U4\",\"scope\":\"\"")
#define ORG    TOKEN(ORG_BOT, "T0ORG", ",\"bot_user\":\"U5\"")
#define DEAD                                                                   \
    TOKEN(DEAD_BOT, "T0TEAM", ",\"bot_user\":\"U6\",\"state\":\"revoked\"")
#define APP_1 TOKEN(ALL_APP, "T0TEAM", "")
#define APP_2 TOKEN(NONE_APP, "T0TEAM", ",\"scope\":\"\"")
#define CONFIGURATION(text, user, scopes)                                      \
    TOKEN(text, "T0TEAM",                                                      \
          ",\"user\":\"" user "\",\"scope\":\"" scopes                         \
          "\",\"refresh_token\":\"xoxe-" user "\",\"expires_in\":43200")

static const char scenario[] = WITH(
    TEAMS
    ",\"tokens\":[" ALL_1 "," ALL_2 "," NONE_1 "," NONE_2 "," ORG "," DEAD
    "," APP_1 "," APP_2
    "," CONFIGURATION(ALL_CONFIGURATION, "U7", ALL_SCOPES) "," CONFIGURATION(
        READ_CONFIGURATION, "U8", READ_SCOPES) "]");

void every_method_begin(struct life *life)
{
    world_load(life->world, scenario);
}

int every_method_setup(void **state)
{
    int failed = life_setup(state);

    if (!failed)
        every_method_begin(*state);
    return failed;
}

/* ---- what the facts want ---- */

/* Those are code of their own, with tests of their own. */
static bool is_by_facts(const struct method_facts *facts)
{
    const char *name = method_facts_name(facts);

    return !method_name_is_known(name) && !method_is_gone(name) &&
           strcmp(name, "api.test") != 0;
}

const char *token_for(const struct method_facts *facts)
{
    static const struct {
        enum method_token kind;
        const char *token;
    } tokens[] = {
        {METHOD_TOKEN_BOT, ALL_BOT},
        {METHOD_TOKEN_USER, ALL_USER},
        {METHOD_TOKEN_APP, ALL_APP},
        {METHOD_TOKEN_CONFIGURATION, ALL_CONFIGURATION},
    };

    for (size_t i = 0; i < sizeof tokens / sizeof *tokens; i++)
        if (facts->tokens & tokens[i].kind)
            return tokens[i].token;
    return NULL; /* it takes one that a scenario cannot have */
}

/* A value of the right type. */
static const char *value_of(unsigned type)
{
    static const char *const values[] = {
        [ARGUMENT_STRING] = "text", [ARGUMENT_BOOLEAN] = "true",
        [ARGUMENT_NUMBER] = "7",    [ARGUMENT_INTEGER] = "7",
        [ARGUMENT_ARRAY] = "a%2Cb", [ARGUMENT_OBJECT] = "%7B%7D",
        [ARGUMENT_ANY] = "text",
    };

    return values[type];
}

/* What methods want of which Slack's schema says that they may be left out. */
#define NEEDED "&text=hi&users=U1&unfurls=%7B%7D&timestamp=1.2&file=F1"

void add_required(struct buffer *form, const struct method_facts *facts)
{
    const uint16_t *required = &method_lists[facts->required];

    buffer_add_text(form, "team_id=T0TEAM" NEEDED);
    for (; *required; required++) {
        const char *name = method_text(*required);

        buffer_printf(form, "&%s=%s", name,
                      value_of(method_facts_argument(facts, name)));
    }
}

/* ---- calls ---- */

void check_each(struct life *life, check_method *check)
{
    for (size_t i = 0; i < method_facts_count; i++)
        if (is_by_facts(&method_facts[i]))
            check(life, &method_facts[i]);
}

void assert_begins(const char *body, const char *start,
                   const struct method_facts *facts)
{
    if (strncmp(body, start, strlen(start)) != 0)
        fail_msg("%s answers %s, wanted %s", method_facts_name(facts), body,
                 start);
}

const char *call_method(struct life *life, const struct method_facts *facts,
                        const char *token, const char *form)
{
    return life_call(life, method_facts_name(facts), token, form);
}
