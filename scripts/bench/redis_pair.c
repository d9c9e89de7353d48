/*
 * Usage: redis_pair PORT IN-FLIGHT SECONDS. What Redis itself allows a log:
 * entries of as many bytes as a call's are added on one connection and read
 * back on another, so many under way at a time. Prints a line of JSON.
 */
#include <event2/event.h>
#include <hiredis/async.h>
#include <hiredis/hiredis.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* It defines functions that nobody need use. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-function"
#pragma GCC diagnostic ignored "-Wsign-conversion"
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wstrict-prototypes"
#include <hiredis/adapters/libevent.h>
#pragma GCC diagnostic pop

#define ENTRY       400
#define IN_FLIGHT   1024
#define CALLS_MOST  4000000
#define KEY         "redis-pair"
#define NANOSECONDS 1000000000LL

static struct {
    struct event_base *base;
    redisAsyncContext *adds;
    redisAsyncContext *reads;
    char last_id[48];
    char entry[ENTRY + 1];
    int64_t sent[IN_FLIGHT]; /* in the order in which they come back */
    size_t first;
    size_t in_flight;
    int64_t begin;
    int64_t end;
    uint32_t *times; /* microseconds, of each */
    size_t count;
} pair;

static int64_t now(void)
{
    struct timespec time = {0};

    (void)clock_gettime(CLOCK_MONOTONIC, &time);
    return (int64_t)time.tv_sec * NANOSECONDS + time.tv_nsec;
}

static void fail(const char *what)
{
    (void)fprintf(stderr, "redis_pair: %s\n", what);
    exit(1);
}

/* cppcheck-suppress constParameter; hiredis wants it so */
static void on_added(redisAsyncContext *context, void *answer, void *unused)
{
    const redisReply *reply = answer;

    (void)context;
    (void)unused;
    if (reply && reply->type == REDIS_REPLY_ERROR)
        fail(reply->str);
}

static void add(void)
{
    pair.sent[(pair.first + pair.in_flight++) % IN_FLIGHT] = now();
    (void)redisAsyncCommand(pair.adds, on_added, NULL, "XADD " KEY " * e %s",
                            pair.entry);
}

static void note(void)
{
    const int64_t time = now() - pair.sent[pair.first];

    pair.first = (pair.first + 1) % IN_FLIGHT;
    pair.in_flight--;
    if (pair.count < CALLS_MOST)
        pair.times[pair.count++] = (uint32_t)(time / 1000);
}

static void await_more(void);

/* cppcheck-suppress constParameter; hiredis wants it so */
static void on_elements(redisAsyncContext *context, void *answer, void *unused)
{
    const redisReply *reply = answer;
    const redisReply *elements;

    (void)context;
    (void)unused;
    if (!reply || reply->type != REDIS_REPLY_ARRAY)
        fail(reply && reply->str ? reply->str : "no answer");
    elements = reply->element[0]->element[1];
    for (size_t i = 0; i < elements->elements; i++) {
        note();
        if (now() < pair.end)
            add();
    }
    (void)snprintf(pair.last_id, sizeof pair.last_id, "%s",
                   elements->element[elements->elements - 1]->element[0]->str);
    if (pair.in_flight)
        await_more();
    else
        (void)event_base_loopbreak(pair.base);
}

static void await_more(void)
{
    (void)redisAsyncCommand(pair.reads, on_elements, NULL,
                            "XREAD COUNT 1000 BLOCK 5000 STREAMS " KEY " %s",
                            pair.last_id);
}

static redisAsyncContext *connect_to(int port)
{
    redisAsyncContext *context = redisAsyncConnect("127.0.0.1", port);

    if (!context || context->err)
        fail("cannot connect");
    (void)redisLibeventAttach(context, pair.base);
    return context;
}

static int compare(const void *one, const void *other)
{
    const uint32_t first = *(const uint32_t *)one;
    const uint32_t second = *(const uint32_t *)other;

    return (first > second) - (first < second);
}

int main(int argument_count, char **arguments)
{
    long depth = argument_count == 4 ? strtol(arguments[2], NULL, 10) : 0;
    double seconds;

    if (depth < 1 || depth > IN_FLIGHT)
        fail("wanted PORT IN-FLIGHT SECONDS");
    pair.base = event_base_new();
    pair.times = calloc(CALLS_MOST, sizeof *pair.times);
    if (!pair.base || !pair.times)
        fail("no memory");
    pair.adds = connect_to((int)strtol(arguments[1], NULL, 10));
    pair.reads = connect_to((int)strtol(arguments[1], NULL, 10));
    memset(pair.entry, 'x', ENTRY);
    (void)redisAsyncCommand(pair.adds, on_added, NULL, "DEL " KEY);
    (void)snprintf(pair.last_id, sizeof pair.last_id, "0-0");
    pair.begin = now();
    pair.end = pair.begin + strtol(arguments[3], NULL, 10) * NANOSECONDS;
    await_more();
    for (long i = 0; i < depth; i++)
        add();
    (void)event_base_dispatch(pair.base);
    seconds = (double)(now() - pair.begin) / (double)NANOSECONDS;
    qsort(pair.times, pair.count, sizeof *pair.times, compare);
    printf("{\"per_second\":%.0f,\"p50_us\":%u}\n",
           (double)pair.count / seconds,
           pair.count ? pair.times[pair.count / 2] : 0);
    return 0;
}
