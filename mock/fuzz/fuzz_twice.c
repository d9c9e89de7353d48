/*
 * A log, applied twice: here, and in another process, whose hash tables have
 * another order, in another time zone and a locale with a decimal comma. Every
 * byte of every reply must be the same, and of what the worlds show at the end.
 * A line is an entry; the first may be a head. What is neither is left out.
 */
#include <errno.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/hash_table.h"
#include "entrance/entrance.h"
#include "entrance/log_entry.h"
#include "entrance/log_head.h"
#include "fuzz.h"
#include "mock/mock.h"
#include "scenario/scenario.h"
#include "world/world_load.h"

/* ---- one replay ---- */

struct telling {
    struct entrance *entrance;
    struct reply reply;
    struct log_entry_room room;
    int64_t time;
    struct buffer *told;
};

static void tell_text(struct buffer *told, const char *name, const char *text)
{
    buffer_printf(told, " %s=%s", name, text ? text : "(none)");
}

static void tell_reply(struct buffer *told, const struct reply *reply)
{
    const struct call_record *record = &reply->record;

    buffer_printf(told, "%d delay=%lld close=%d committed=%d", reply->status,
                  (long long)reply->delay, reply->close, record->committed);
    tell_text(told, "fault", record->fault);
    tell_text(told, "error", record->error);
    tell_text(told, "warnings", record->warnings);
    tell_text(told, "rule", record->rule);
    tell_text(told, "reason", record->reason);
    tell_text(told, "hint", record->hint);
    for (size_t i = 0; i < reply->header_count; i++)
        buffer_printf(told, "\n%s: %s", reply->headers[i].name,
                      reply->headers[i].value);
    buffer_add_byte(told, '\n');
    buffer_add(told, reply->body.data, reply->body.length);
    buffer_add_byte(told, '\n');
}

static void tell_sending(struct buffer *told, const struct sending *sending)
{
    buffer_printf(told, "ticket=%lld %s\n", (long long)sending->ticket,
                  sending->url);
    for (size_t i = 0; i < sending->header_count; i++)
        buffer_printf(told, "%s: %s\n", sending->headers[i].name,
                      sending->headers[i].value);
    buffer_add(told, sending->body, sending->body_length);
    buffer_add_byte(told, '\n');
}

static void take(struct telling *telling, struct input *input)
{
    bool has_trace;

    /* As in a log. */
    if (input->host_time < telling->time)
        input->host_time = telling->time;
    telling->time = input->host_time;
    reply_clear(&telling->reply);
    has_trace = entrance_take(telling->entrance, input, &telling->reply);
    buffer_printf(
        telling->told, "-- %d %d next=%lld\n", input->kind, has_trace,
        (long long)entrance_next_due(telling->entrance, telling->time));
    if (input->kind <= INPUT_LOST)
        tell_reply(telling->told, &telling->reply);
    else if (input->kind == INPUT_DUE && has_trace)
        tell_sending(telling->told, input->sending);
}

static void take_line(struct telling *telling, struct fuzz_input line)
{
    struct buffer text = BUFFER_INIT;
    struct buffer why = BUFFER_INIT;
    struct log_entry entry;

    buffer_add(&text, line.bytes, line.length);
    buffer_add_text(&text, "");
    if (log_entry_read(&telling->room, text.data, text.length, &entry, &why))
        take(telling, &entry.input);
    buffer_free(&text);
    buffer_free(&why);
}

static void look(struct telling *telling, const char *target)
{
    struct input input = {
        .kind = INPUT_REQUEST,
        .host_time = telling->time,
        .request = {.verb = VERB_GET, .verb_name = "GET", .target = target},
        .is_admitted = true,
    };

    take(telling, &input);
}

/* The default world, unless the first line is a head. */
static struct scenario *read_head(struct fuzz_input *input, uint64_t *entropy)
{
    struct fuzz_input rest = *input;
    struct fuzz_input line = fuzz_until(&rest, '\n');
    struct buffer text = BUFFER_INIT;
    struct buffer why = BUFFER_INIT;
    struct scenario *scenario = NULL;
    struct log_head head;

    buffer_add(&text, line.bytes, line.length);
    buffer_add_text(&text, "");
    if (log_head_read(text.data, text.length, &head, &why) &&
        head.format == LOG_FORMAT) {
        scenario = world_load_text("scenario", head.scenario,
                                   head.scenario_length, &why);
        *entropy = head.entropy;
        *input = rest;
    }
    buffer_free(&text);
    buffer_free(&why);
    return scenario ? scenario : fuzz_default();
}

static void replay(struct fuzz_input input, struct buffer *told)
{
    static const struct mock_options options = {
        .sandboxes = 100, .call = CALL_LIMITS_DEFAULT, .journal_entries = 50};
    static const char *const targets[] = {"/_mock/requests?secrets=1",
                                          "/_mock/state", "/_mock/deliveries",
                                          "/_mock/sandboxes"};
    uint64_t entropy = 1;
    struct scenario *scenario = read_head(&input, &entropy);
    struct telling telling = {
        .entrance = entrance_create(scenario, &options, entropy, FUZZ_TIME),
        .reply = REPLY_INIT,
        .time = FUZZ_TIME,
        .told = told,
    };

    while (input.length)
        take_line(&telling, fuzz_until(&input, '\n'));
    for (size_t i = 0; i < sizeof targets / sizeof *targets; i++)
        look(&telling, targets[i]);
    reply_free(&telling.reply);
    log_entry_room_free(&telling.room);
    entrance_free(telling.entrance);
}

/* ---- the other process ---- */

static struct {
    int to;
    int from;
} other = {-1, -1};

/* libFuzzer's timer interrupts whoever waits. */
static size_t moved(ssize_t count)
{
    fuzz_require(count > 0 || (count < 0 && errno == EINTR));
    return count > 0 ? (size_t)count : 0;
}

static void read_all(int descriptor, void *bytes, size_t length)
{
    char *at = bytes;

    while (length) {
        const size_t count = moved(read(descriptor, at, length));

        at += count;
        length -= count;
    }
}

static void write_all(int descriptor, const void *bytes, size_t length)
{
    const char *at = bytes;

    while (length) {
        const size_t count = moved(write(descriptor, at, length));

        at += count;
        length -= count;
    }
}

/* C's own is left alone where localedef cannot make another one. */
static void move_elsewhere(void)
{
    char folder[] = "/tmp/slackmock-locale-XXXXXX";
    const char *ci = getenv("CI");
    char command[256];

    (void)setenv("TZ", "Pacific/Kiritimati", 1);
    tzset();
    if (!mkdtemp(folder))
        return;
    (void)snprintf(command, sizeof command,
                   "localedef -i de_DE -f UTF-8 %s/de_DE.UTF-8 >%s/log 2>&1",
                   folder, folder);
    (void)setenv("LOCPATH", folder, 1);
    if (system(command) != 0 || !setlocale(LC_ALL, "de_DE.UTF-8")) {
        (void)fprintf(stderr, "no locale with a decimal comma is there\n");
        if (ci && strcmp(ci, "true") == 0)
            fuzz_fail("CI=true wants one: localedef, and Debian's locales");
    }
    (void)snprintf(command, sizeof command, "rm -r %s", folder);
    if (system(command) != 0)
        (void)fprintf(stderr, "%s is left behind\n", folder);
}

static void serve(int from, int to)
{
    size_t length;

    hash_table_seed(0x2545f4914f6cdd1d);
    move_elsewhere();
    while (read(from, &length, sizeof length) == (ssize_t)sizeof length) {
        char *bytes = malloc(length + 1);
        struct buffer told = BUFFER_INIT;

        fuzz_require(bytes);
        read_all(from, bytes, length);
        replay((struct fuzz_input){bytes, length}, &told);
        write_all(to, &told.length, sizeof told.length);
        write_all(to, told.data, told.length);
        buffer_free(&told);
        free(bytes);
    }
    _exit(0);
}

static void start_other(void)
{
    int down[2];
    int up[2];
    pid_t pid;

    fuzz_require(pipe(down) == 0 && pipe(up) == 0);
    pid = fork();
    fuzz_require(pid >= 0);
    if (!pid) {
        (void)close(down[1]);
        (void)close(up[0]);
        serve(down[0], up[1]);
    }
    (void)close(down[0]);
    (void)close(up[1]);
    other.to = down[1];
    other.from = up[0];
    hash_table_seed(1);
}

static void ask_other(struct fuzz_input input, struct buffer *told)
{
    size_t length;

    write_all(other.to, &input.length, sizeof input.length);
    write_all(other.to, input.bytes, input.length);
    read_all(other.from, &length, sizeof length);
    read_all(other.from, buffer_extend(told, length), length);
}

/* ---- both ---- */

static void compare(const struct buffer *one, const struct buffer *two)
{
    size_t line = 0;

    for (size_t i = 0; i < one->length && i < two->length; i++) {
        if (one->data[i] != two->data[i])
            fuzz_fail("here:  %.300s\nthere: %.300s", one->data + line,
                      two->data + line);
        if (one->data[i] == '\n')
            line = i + 1;
    }
    fuzz_require(one->length == two->length);
}

/* NOLINTBEGIN(readability-*): libFuzzer's name, and what it hands over */
int LLVMFuzzerInitialize(int *argument_count, char ***arguments);

/* A locale takes long to make, and the time of an input is limited. */
/* cppcheck-suppress constParameter; libFuzzer wants it so */
int LLVMFuzzerInitialize(int *argument_count, char ***arguments)
{
    struct buffer told = BUFFER_INIT;

    (void)argument_count;
    (void)arguments;
    start_other();
    ask_other((struct fuzz_input){"", 0}, &told);
    buffer_free(&told);
    return 0;
}
/* NOLINTEND(readability-*) */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct fuzz_input input = fuzz_input(data, size);
    struct buffer here = BUFFER_INIT;
    struct buffer there = BUFFER_INIT;

    if (other.to < 0)
        start_other();
    replay(input, &here);
    ask_other(input, &there);
    compare(&here, &there);
    buffer_free(&here);
    buffer_free(&there);
    return 0;
}
