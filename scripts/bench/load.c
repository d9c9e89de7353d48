/* A load of calls at a server on this machine: every reply is checked, and the
 * speed is printed as one JSON object. It is one thread; `busy` says how much
 * of its core it used, since a load that is the slower side measures itself. */

#include "load_connection.h"
#include "load_options.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/resource.h>

enum { EVENTS_AT_ONCE = 256, PATIENCE_MS = 20000, OPENED_AT_ONCE = 64 };

struct load {
    const struct load_options *options;
    struct connection *connections;
    uint32_t *latencies;
    int epoll;
    long next_token;
    long sent;
    long answered;
    long limit;       /* of `sent`, in this stretch */
    int closing;      /* answered connections that are still open */
    int64_t deadline; /* no call is sent after it */
    int64_t measured;
};

static void call_next(struct load *load, struct connection *connection)
{
    if (load->sent >= load->limit || load_clock() >= load->deadline) {
        return;
    }
    const struct load_options *options = load->options;
    connection_call(connection, load->epoll, options, load->next_token);
    load->next_token = load->next_token < options->last_token
                           ? load->next_token + 1
                           : options->first_token;
    load->sent++;
}

/* The server closes first, or this side would run out of ports. */
static void take_reply(struct load *load, struct connection *connection)
{
    const struct load_options *options = load->options;
    load->latencies[load->answered++] =
        (uint32_t)(load_clock() - connection->started);
    if (!options->connection_per_call && connection->socket < 0) {
        load_fail("the server closed a connection that was to be kept");
    }
    if (options->connection_per_call && connection->socket >= 0) {
        load->closing++;
        return;
    }
    call_next(load, connection);
}

static void take_event(struct load *load, const struct epoll_event *event)
{
    struct connection *connection = event->data.ptr;
    bool closed = event->events & (EPOLLRDHUP | EPOLLHUP | EPOLLERR);
    switch (connection_act(connection, load->epoll, load->options, closed)) {
    case STILL_WAITING:
        break;
    case REPLY_CAME:
        take_reply(load, connection);
        break;
    case CONNECTION_CLOSED:
        load->closing--;
        call_next(load, connection);
        break;
    }
}

static void wait_for_all(struct load *load)
{
    struct epoll_event events[EVENTS_AT_ONCE];
    while (load->answered < load->sent || load->closing) {
        int count =
            epoll_wait(load->epoll, events, EVENTS_AT_ONCE, PATIENCE_MS);
        if (count == 0) {
            load_fail("no reply for %d ms; %ld of %ld calls are answered",
                      PATIENCE_MS, load->answered, load->sent);
        }
        for (int i = 0; i < count; i++) {
            take_event(load, &events[i]);
        }
    }
}

/* Each connection makes one call off the clock, a few at a time, so that the
 * measure begins with all of them accepted. */
static void open_connections(struct load *load)
{
    load->deadline = INT64_MAX;
    for (int i = 0; i < load->options->connections; i++) {
        load->limit = load->sent + 1;
        call_next(load, &load->connections[i]);
        if ((i + 1) % OPENED_AT_ONCE == 0) {
            wait_for_all(load);
        }
    }
    wait_for_all(load);
    load->sent = load->answered = 0;
}

static void measure_stretch(struct load *load, long calls)
{
    const struct load_options *options = load->options;
    int64_t start = load_clock();
    load->deadline = start + options->milliseconds * 1000000 - load->measured;
    load->limit = load->sent + calls;
    for (int i = 0; i < options->connections; i++) {
        call_next(load, &load->connections[i]);
    }
    wait_for_all(load);
    load->measured += load_clock() - start;
}

static void measure(struct load *load)
{
    const struct load_options *options = load->options;
    if (!options->burst) {
        measure_stretch(load, options->calls);
        return;
    }
    while (load->sent < options->calls &&
           load->measured < options->milliseconds * 1000000) {
        call_between(options);
        measure_stretch(load, options->burst);
    }
}

static int compare(const void *left, const void *right)
{
    uint32_t one = *(const uint32_t *)left;
    uint32_t other = *(const uint32_t *)right;
    return (one > other) - (one < other);
}

static double microseconds_at(const struct load *load, int percent)
{
    long place = (load->answered - 1) * percent / 100;
    return load->latencies[place] / 1e3;
}

static double seconds_used(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
           (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

static void report(struct load *load, double used)
{
    double seconds = (double)load->measured / 1e9;
    qsort(load->latencies, (size_t)load->answered, sizeof *load->latencies,
          compare);
    printf("{\"calls\":%ld,\"seconds\":%.6f,\"per_second\":%.1f,"
           "\"p50_us\":%.1f,\"p99_us\":%.1f,\"busy\":%.2f,"
           "\"next_token\":%ld}\n",
           load->answered, seconds, (double)load->answered / seconds,
           microseconds_at(load, 50), microseconds_at(load, 99), used / seconds,
           load->next_token);
}

int main(int count, char **arguments)
{
    struct load_options options;
    if (load_options_read(&options, count, arguments) != 0) {
        return 2;
    }
    size_t connections = (size_t)options.connections;
    size_t most = (size_t)(options.calls + options.burst) + connections;
    struct load load = {
        .options = &options,
        .connections = calloc(connections, sizeof *load.connections),
        .latencies = calloc(most, sizeof *load.latencies),
        .epoll = epoll_create1(0),
        .next_token = options.first_token,
    };
    if (!load.connections || !load.latencies || load.epoll < 0) {
        load_fail("no memory for %zu calls", most);
    }
    for (size_t i = 0; i < connections; i++) {
        load.connections[i].socket = -1;
    }
    if (options.between) {
        call_between(&options);
    }
    open_connections(&load);
    double used = seconds_used();
    measure(&load);
    report(&load, seconds_used() - used);
    free(load.latencies);
    free(load.connections);
    return 0;
}
