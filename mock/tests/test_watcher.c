/* What readers of GET /_mock/events are told, and when there is a gap. */
#include <stdio.h>
#include <string.h>

#include "check.h"
#include "control/watcher.h"
#include "door.h"

#define EVENTS  "/_mock/events"
#define CALL    "/api/auth.test"
#define SANDBOX "/sandbox/s"

struct reading {
    struct watcher watcher;
    char text[64 * 1024]; /* of the last time */
};

static void take_text(struct reading *reading, const char *text)
{
    assert_true(strlen(text) < sizeof reading->text);
    memcpy(reading->text, text, strlen(text) + 1);
}

/* Begins to read, with a Last-Event-ID unless it is NULL. */
static void begin(struct door *door, struct reading *reading,
                  const char *target, const char *last_id)
{
    const struct request_header header = {"last-event-id", last_id};
    struct input input = door_input(door, INPUT_REQUEST, VERB_GET, target);

    input.request.headers = &header;
    input.request.header_count = last_id ? 1 : 0;
    take_text(reading, door_take(door, &input));
    assert_non_null(door->reply.watcher);
    reading->watcher = *door->reply.watcher;
}

/* The names and data of all events, as `request 1, tokens 2`. */
static struct shown events_in(const char *text)
{
    struct shown shown = {""};

    while ((text = strstr(text, "event: "))) {
        const char *name = text + strlen("event: ");
        const char *data = strstr(name, "data: ") + strlen("data: ");

        if (*shown.text)
            shown_add(&shown, ", ", 2);
        shown_add(&shown, name, strcspn(name, "\n"));
        shown_add(&shown, " ", 1);
        shown_add(&shown, data, strcspn(data, "\n"));
        text = data;
    }
    return shown;
}

/* The same of what there is to tell by now. */
static struct shown tell(const struct door *door, struct reading *reading)
{
    struct buffer text = BUFFER_INIT;

    assert_true(entrance_tell(door->entrance, &reading->watcher, &text));
    take_text(reading, buffer_text(&text));
    buffer_free(&text);
    return events_in(reading->text);
}

/* The last id in what was told. */
static const char *last_id(struct reading *reading)
{
    char *id = reading->text;
    char *next;

    while ((next = strstr(id, "id: ")))
        id = next + strlen("id: ");
    id[strcspn(id, "\n")] = '\0';
    return id;
}

static void call(struct door *door, const char *target, int times)
{
    while (times-- > 0)
        door_ask(door, VERB_GET, target);
}

static void assert_events(struct shown got, const char *wanted)
{
    assert_string_equal(got.text, wanted);
}

static void it_begins_with_an_id_and_no_event(void **state)
{
    struct door *door = *state;
    struct reading reading;

    call(door, CALL, 2);
    begin(door, &reading, EVENTS, NULL);
    assert_string_equal(reading.text, "retry: 1000\nid: 1767225600000.0.2\n\n");
    assert_string_equal(reply_header(&door->reply, "Content-Type"),
                        "text/event-stream");
    assert_events(tell(door, &reading), "");
}

static void each_call_is_told_by_its_id(void **state)
{
    struct door *door = *state;
    struct reading reading;

    begin(door, &reading, EVENTS, NULL);
    call(door, CALL, 2);
    tell(door, &reading);
    assert_string_equal(reading.text,
                        "id: 1767225600000.0.1\nevent: request\ndata: 1\n\n"
                        "id: 1767225600000.0.2\nevent: request\ndata: 2\n\n");
    assert_events(tell(door, &reading), "");
}

static void of_too_many_the_last_is_told(void **state)
{
    struct door *door = *state;
    struct reading reading;

    begin(door, &reading, EVENTS, NULL);
    call(door, CALL, 100);
    assert_non_null(strstr(tell(door, &reading).text, "request 1, request 2"));
    call(door, CALL, 101);
    assert_events(tell(door, &reading), "request 201");
}

static void what_made_room_untold_is_a_gap(void **state)
{
    struct door *door = *state;
    struct reading reading;

    begin(door, &reading, EVENTS, NULL);
    call(door, CALL, DOOR_JOURNAL + 1);
    assert_events(tell(door, &reading), "gap 2");
}

static void an_emptied_journal_is_a_gap(void **state)
{
    struct door *door = *state;
    struct reading reading;

    call(door, CALL, 2);
    begin(door, &reading, EVENTS, NULL);
    door_ask(door, VERB_DELETE, "/_mock/requests");
    call(door, CALL, 1);
    assert_events(tell(door, &reading), "gap 3");
    call(door, CALL, 1);
    assert_events(tell(door, &reading), "request 4");
}

static void a_reset_changes_everything(void **state)
{
    struct door *door = *state;
    struct reading reading;

    begin(door, &reading, EVENTS, NULL);
    door_ask(door, VERB_POST, "/_mock/reset");
    assert_events(tell(door, &reading),
                  "gap 1, state 2, tokens 2, rules 3, clock 2, deliveries 1");
}

struct change {
    const char *name;
    enum verb verb;
    const char *target;
    const char *body;
    const char *events;
};

#define POST_CALL(method, form)                                                \
    VERB_POST, "/api/" method "?" form, "", "request 1"

static struct change changes[] = {
    {"an exchange changes tokens",
     POST_CALL("oauth.v2.exchange", EXCHANGE_BOT) ", tokens 2"},
    {"a refused exchange changes none",
     POST_CALL("oauth.v2.exchange", CLIENT "&" SECRET "&token=x")},
    {"the clock is set", VERB_POST, "/_mock/clock", "{\"advance\":1}",
     "clock 2"},
    {"an install changes tokens", VERB_POST, "/_mock/install", "{}",
     "tokens 2"},
    {"rules are dropped", VERB_DELETE, "/_mock/rules", "", "rules 2"},
    {"a PATCH changes the scenario", VERB_PATCH, "/_mock/scenario",
     "{\"rules\":[{\"when\":{},\"reply\":{\"error\":\"fatal_error\"}}]}",
     "state 2, tokens 2, rules 2, clock 2"},
    {"a wrong PATCH changes nothing", VERB_PATCH, "/_mock/scenario",
     "{\"rulez\":[]}", ""},
    {"a sandbox comes", VERB_PUT, "/_mock/sandboxes/s", "", "sandboxes 1"},
    {"a look changes nothing", VERB_GET, "/_mock/state", "", ""},
};

/* A door, and the row that the test was given. */
struct door_row {
    void *door;
    const void *row;
};

static int row_setup(void **state)
{
    static struct door_row both;

    both.row = *state;
    *state = &both;
    return door_setup(&both.door);
}

static int row_teardown(void **state)
{
    struct door_row *both = *state;

    return door_teardown(&both->door);
}

static void a_change_is_told(void **state)
{
    const struct door_row *both = *state;
    struct door *door = both->door;
    const struct change *change = both->row;
    struct input input =
        door_input(door, INPUT_REQUEST, change->verb, change->target);
    struct reading reading;

    input.request.body = change->body;
    input.request.body_length = strlen(change->body);
    begin(door, &reading, EVENTS, NULL);
    door_take(door, &input);
    assert_events(tell(door, &reading), change->events);
}

static void who_comes_back_misses_nothing(void **state)
{
    struct door *door = *state;
    struct reading reading;

    call(door, CALL, 1);
    begin(door, &reading, EVENTS, NULL);
    call(door, CALL, 2);
    begin(door, &reading, EVENTS, last_id(&reading));
    assert_events(events_in(reading.text), "request 2, request 3, state 1, "
                                           "tokens 1, rules 1, clock 1");
}

static void nothing_is_told_twice(void **state)
{
    struct door *door = *state;
    struct reading reading;

    call(door, CALL, 1);
    begin(door, &reading, EVENTS, NULL);
    begin(door, &reading, EVENTS, last_id(&reading));
    assert_null(strstr(reading.text, "request"));
    assert_null(strstr(reading.text, "gap"));
}

static void who_comes_back_after_a_delete_is_told_of_a_gap(void **state)
{
    struct door *door = *state;
    struct reading reading;

    call(door, CALL, 1);
    begin(door, &reading, EVENTS, NULL);
    door_ask(door, VERB_DELETE, "/_mock/requests");
    begin(door, &reading, EVENTS, last_id(&reading));
    assert_non_null(strstr(reading.text, "event: gap\ndata: 2\n\n"));
}

/* Another server has made as many calls by then. */
static void who_comes_back_after_a_restart_is_told_of_a_gap(void **state)
{
    struct door *door = *state;
    struct reading reading;

    call(door, CALL, 3);
    begin(door, &reading, EVENTS, "1767225599999.0.2");
    assert_non_null(strstr(reading.text, "event: gap\ndata: 1\n\n"));
}

struct wrong {
    const char *name;
    const char *id;
};

static struct wrong wrongs[] = {
    {"an id of nothing", "x"},
    {"an id that is cut", "1767225600000.0"},
    {"an id with a dot and nothing", "1767225600000.0."},
    {"an id with more behind it", "1767225600000.0.0x"},
    {"an id that is not given yet", "1767225600000.0.1"},
    {"a negative id", "1767225600000.0.-1"},
    {"an id beyond 64 bits", "1767225600000.0.99999999999999999999999999"},
};

static void a_wrong_id_is_a_gap(void **state)
{
    const struct door_row *both = *state;
    const struct wrong *wrong = both->row;
    struct reading reading;

    begin(both->door, &reading, EVENTS, wrong->id);
    assert_non_null(strstr(reading.text, "event: gap\ndata: 1\n\n"));
}

static void a_sandbox_is_a_world_of_its_own(void **state)
{
    struct door *door = *state;
    struct reading outside;
    struct reading reading;

    door_ask(door, VERB_PUT, "/_mock/sandboxes/s");
    begin(door, &outside, EVENTS, NULL);
    begin(door, &reading, SANDBOX EVENTS, NULL);
    call(door, SANDBOX CALL, 1);
    assert_events(tell(door, &outside), "sandboxes 2");
    assert_events(tell(door, &reading), "request 1");
    call(door, CALL, 1);
    assert_events(tell(door, &outside), "request 1");
    assert_events(tell(door, &reading), "");
}

static void there_is_no_more_from_a_sandbox_that_is_gone(void **state)
{
    struct door *door = *state;
    struct buffer text = BUFFER_INIT;
    struct reading reading;
    bool is_there;

    door_ask(door, VERB_PUT, "/_mock/sandboxes/s");
    begin(door, &reading, SANDBOX EVENTS, NULL);
    door_ask(door, VERB_DELETE, "/_mock/sandboxes/s");
    is_there = entrance_tell(door->entrance, &reading.watcher, &text);
    assert_null(text.data);
    assert_false(is_there);
}

static void a_sandbox_made_anew_is_another(void **state)
{
    struct door *door = *state;
    struct reading reading;

    door_ask(door, VERB_PUT, "/_mock/sandboxes/s");
    begin(door, &reading, SANDBOX EVENTS, NULL);
    door_ask(door, VERB_DELETE, "/_mock/sandboxes/s");
    door->now++;
    door_ask(door, VERB_PUT, "/_mock/sandboxes/s");
    call(door, SANDBOX CALL, 1);
    assert_events(tell(door, &reading), "gap 1");
}

static void only_those_who_were_told_the_same_are_equal(void **state)
{
    struct door *door = *state;
    struct reading one;
    struct reading other;

    begin(door, &one, EVENTS, NULL);
    begin(door, &other, EVENTS, NULL);
    assert_true(watcher_equals(&one.watcher, &other.watcher));
    call(door, CALL, 1);
    tell(door, &one);
    assert_false(watcher_equals(&one.watcher, &other.watcher));
    tell(door, &other);
    assert_true(watcher_equals(&one.watcher, &other.watcher));
    other.watcher.sandbox[0] = 's';
    assert_false(watcher_equals(&one.watcher, &other.watcher));
}

#define ADD(function) add_test_with(&list, function, door_setup, door_teardown)

int main(void)
{
    struct test_list list = {.count = 0};

    ADD(it_begins_with_an_id_and_no_event);
    ADD(each_call_is_told_by_its_id);
    ADD(of_too_many_the_last_is_told);
    ADD(what_made_room_untold_is_a_gap);
    ADD(an_emptied_journal_is_a_gap);
    ADD(a_reset_changes_everything);
    add_rows_with(&list, a_change_is_told, changes, row_setup, row_teardown);
    ADD(who_comes_back_misses_nothing);
    ADD(nothing_is_told_twice);
    ADD(who_comes_back_after_a_delete_is_told_of_a_gap);
    ADD(who_comes_back_after_a_restart_is_told_of_a_gap);
    add_rows_with(&list, a_wrong_id_is_a_gap, wrongs, row_setup, row_teardown);
    ADD(a_sandbox_is_a_world_of_its_own);
    ADD(there_is_no_more_from_a_sandbox_that_is_gone);
    ADD(a_sandbox_made_anew_is_another);
    ADD(only_those_who_were_told_the_same_are_equal);
    return run_list("watcher", &list);
}
