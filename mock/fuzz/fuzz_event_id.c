/*
 * Last-Event-ID: what makes the journal (a byte: the calls, and whether it is
 * emptied among them), then the id. Whoever comes back is told of each entry
 * after his id once, or that there is a gap.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "control/control_access.h"
#include "control/watcher.h"
#include "entrance/entrance.h"
#include "fuzz.h"
#include "mock/mock.h"

#define ENTRIES_MOST 8

struct server {
    struct entrance *entrance;
    struct reply reply;
};

/* What a reader was told. */
struct told {
    char id[64]; /* the newest */
    int requests;
    int gaps;
};

static void ask(struct server *server, enum verb verb, const char *target,
                const char *last_id)
{
    const struct request_header header = {"Last-Event-ID", last_id};
    const struct input input = {
        .kind = INPUT_REQUEST,
        .host_time = FUZZ_TIME,
        .request = {.verb = verb,
                    .verb_name = "-",
                    .target = target,
                    .headers = &header,
                    .header_count = last_id ? 1 : 0},
    };

    fuzz_require(entrance_take(server->entrance, &input, &server->reply));
}

/* Each line must be one of the format. */
static struct told read_events(const char *text)
{
    struct told told = {.requests = 0};

    for (; *text; text = strchr(text, '\n') + 1) {
        fuzz_require(strchr(text, '\n'));
        fuzz_require(*text == '\n' || strncmp(text, "retry: ", 7) == 0 ||
                     strncmp(text, "data: ", 6) == 0 ||
                     strncmp(text, "event: ", 7) == 0 ||
                     sscanf(text, "id: %63s", told.id) == 1);
        told.requests += strncmp(text, "event: request\n", 15) == 0;
        told.gaps += strncmp(text, "event: gap\n", 11) == 0;
    }
    return told;
}

static struct told come_back(struct server *server, const char *last_id)
{
    struct buffer more = BUFFER_INIT;
    struct told told;

    ask(server, VERB_GET, "/_mock/events", last_id);
    fuzz_require(server->reply.status == 200 && server->reply.watcher);
    told = read_events(buffer_text(&server->reply.body));
    fuzz_require(entrance_tell(server->entrance, server->reply.watcher, &more));
    fuzz_require(more.length == 0);
    buffer_free(&more);
    return told;
}

/* Three numbers, a dot between two, and nothing else. */
static bool read_id(const char *text, long long *id)
{
    for (int part = 0; part < 3; part++) {
        char *end;

        if (*text < '0' || *text > '9')
            return false;
        id[part] = strtoll(text, &end, 10);
        if (*end != (part < 2 ? '.' : '\0'))
            return false;
        text = end + 1;
    }
    return true;
}

/* True if it is an id of that journal, whatever zeros stand before numbers. */
static bool is_id(const char *text, const char *newest, int *behind)
{
    long long id[3];
    long long now[3];

    if (!read_id(text, id) || !read_id(newest, now))
        return false;
    *behind = (int)(now[2] - id[2]);
    return id[0] == now[0] && id[1] == now[1] && id[2] <= now[2];
}

static void make_journal(struct server *server, unsigned char plan)
{
    for (int call = 0; call < plan % 16; call++) {
        if (call * 16 == plan / 16 * 16 && plan >= 128)
            ask(server, VERB_DELETE, "/_mock/requests", NULL);
        ask(server, VERB_GET, "/api/auth.test", NULL);
    }
}

/* Of an id that the server gave, so many entries back. */
static void check_known(struct server *server, const char *newest, int back)
{
    char id[64];
    long long now[3];
    struct told told;

    fuzz_require(read_id(newest, now));
    (void)snprintf(id, sizeof id, "%lld.%lld.%lld", now[0], now[1],
                   now[2] - back);
    told = come_back(server, id);
    fuzz_require(told.gaps ? told.requests == 0 : told.requests == back);
    fuzz_require(strcmp(told.id, newest) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct control_access access = {.loopback_only = true};
    static const struct mock_options options = {.sandboxes = 1,
                                                .call = CALL_LIMITS_DEFAULT,
                                                .journal_entries =
                                                    ENTRIES_MOST};
    struct fuzz_input input = fuzz_input(data, size);
    struct server server = {
        .entrance = entrance_create(fuzz_default(), &options, 1, FUZZ_TIME),
        .reply = REPLY_INIT,
    };
    const unsigned char plan = (unsigned char)fuzz_byte(&input);
    char *id = fuzz_text(input);
    struct told begun;
    struct told told;
    int behind = 0;

    entrance_set_access(server.entrance, &access);
    make_journal(&server, plan);
    begun = come_back(&server, NULL);
    fuzz_require(!begun.gaps && !begun.requests);
    told = come_back(&server, id);
    fuzz_require(strcmp(told.id, begun.id) == 0);
    if (*id && !told.gaps) {
        fuzz_require(is_id(id, begun.id, &behind));
        fuzz_require(told.requests == behind);
    }
    check_known(&server, begun.id, plan % 4);
    free(id);
    reply_free(&server.reply);
    entrance_free(server.entrance);
    return 0;
}
