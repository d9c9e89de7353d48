/*
 * The life of the server as a process: start, ready, signals, end.
 */
#include "serve.h"

#include <errno.h>
#include <event2/event.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "entrance/entrance.h"
#include "http/host_time.h"
#include "http/intake.h"
#include "http/spare_memory.h"
#include "options.h"
#include "process.h"
#include "run/run.h"
#include "scenario/scenario.h"
#include "state.h"
#include "upstream_proxy.h"
#include "world.h"

#define SIGNAL_COUNT 3
#define CANNOT_START 1 /* as an exit status */

struct service {
    struct intake_asker reload; /* first */
    const struct options *options;
    struct request_log *log;
    struct server *server;
    struct state state;
    struct server_options server_options;
    struct upstream_proxy upstream_proxy;
    struct event *signals[SIGNAL_COUNT];
    struct event *input; /* NULL if it is not watched */
    struct run run;      /* nothing, unless a command is asked for */
};

static void log_lines(struct request_log *log, const char *lines)
{
    size_t length;

    for (; *lines; lines += length + (lines[length] == '\n')) {
        length = strcspn(lines, "\n");
        request_log_message(log, host_time(), "%.*s", (int)length, lines);
    }
}

static void on_reloaded(struct intake_asker *asker, const struct input *input,
                        enum verdict verdict, struct reply *reply)
{
    const struct service *service = (const struct service *)asker;
    const char *name = world_source_name(&service->options->source);

    (void)input;
    (void)reply;
    if (verdict == VERDICT_PUT_OFF)
        request_log_message(service->log, host_time(),
                            "%s is not loaded again: --state cannot take it",
                            name);
    else
        request_log_message(service->log, host_time(),
                            "loaded %s again, the world starts over", name);
    spare_memory_look(SIZE_MAX);
}

static void reload(struct service *service, struct scenario *loaded)
{
    const struct input input = {
        .kind = INPUT_LOAD, .host_time = host_time(), .scenario = loaded};

    intake_forget(&service->reload);
    intake_take(server_intake(service->server), &input, &service->reload);
}

/* The scenario of a log that was gone on with is nowhere else. */
static void on_reload(evutil_socket_t number, short what, void *argument)
{
    struct service *service = argument;
    const struct options *options = service->options;
    struct buffer mistakes = BUFFER_INIT;
    struct scenario *loaded;

    (void)number;
    (void)what;
    if (!options->source.scenario &&
        (options->state.path || options->replay.path)) {
        request_log_message(service->log, host_time(),
                            "there is nothing to load again: the scenario is "
                            "the log's");
        return;
    }
    loaded = world_load_again(&options->source, &mistakes);
    if (loaded) {
        reload(service, loaded);
    } else {
        log_lines(service->log, buffer_text(&mistakes));
        request_log_message(service->log, host_time(),
                            "%s has mistakes, the running world stays",
                            world_source_name(&options->source));
    }
    buffer_free(&mistakes);
}

static void on_stop(evutil_socket_t number, short what, void *argument)
{
    const struct service *service = argument;

    (void)number;
    (void)what;
    server_stop(service->server);
}

static void on_input(evutil_socket_t fd, short what, void *argument)
{
    const struct service *service = argument;
    char dropped[4096];
    ssize_t size = (what & EV_READ) ? read(fd, dropped, sizeof dropped) : 0;

    if (size > 0 || (size < 0 && (errno == EINTR || errno == EAGAIN)))
        return;
    (void)event_del(service->input);
    request_log_message(service->log, host_time(),
                        "standard input has ended, the server ends");
    server_stop(service->server);
}

/* epoll refuses a file, at a time when nobody hears of it. */
static void watch_input(struct service *service)
{
    service->input = event_new(server_event_base(service->server), STDIN_FILENO,
                               EV_READ | EV_PERSIST, on_input, service);
    if (process_input_can_wait())
        event_add(service->input, NULL);
    else
        event_active(service->input, EV_TIMEOUT, 1);
}

static void watch_signals(struct service *service)
{
    static const struct {
        int number;
        event_callback_fn callback;
    } signals[SIGNAL_COUNT] = {
        {SIGTERM, on_stop}, {SIGINT, on_stop}, {SIGHUP, on_reload}};
    struct event_base *base = server_event_base(service->server);

    for (size_t i = 0; i < SIGNAL_COUNT; i++) {
        service->signals[i] =
            evsignal_new(base, signals[i].number, signals[i].callback, service);
        event_add(service->signals[i], NULL);
    }
}

static int print_ready(const struct service *service, struct buffer *why)
{
    const struct options *options = service->options;
    const int port = server_port(service->server);
    struct buffer line = BUFFER_INIT;

    buffer_add_text(&line, "slackmock ready on http://");
    listen_address_print(&line, options->server.addresses[0].host, port);
    buffer_add_text(&line, "/api/\n");
    (void)fputs(line.data, stdout);
    buffer_free(&line);
    return process_flush_stdout(why);
}

static void on_request(void *context, const struct logged_request *request)
{
    request_report_add(context, request);
}

static void on_command_ended(void *context)
{
    const struct service *service = context;

    server_stop(service->server);
}

static int run_command(struct service *service, struct buffer *why)
{
    const struct options *options = service->options;
    const char *name = options->server.addresses[0].host;
    struct buffer host = BUFFER_INIT;
    struct run_start how = {
        .base = server_event_base(service->server),
        .port = server_port(service->server),
        .certificate = server_certificate(service->server),
        .words = options->command,
        .prepare = process_undo_prepare,
        .ended = on_command_ended,
        .context = service,
    };
    int result;

    buffer_printf(&host, strchr(name, ':') ? "[%s]" : "%s", name);
    how.host = host.data;
    request_log_on_request(service->log, on_request, &service->run.report);
    result = run_begin(&service->run, &how, why);
    buffer_free(&host);
    return result;
}

/* The command is gone, and so is its claim to the terminal. */
static void report_requests(const struct service *service)
{
    struct buffer output = BUFFER_INIT;

    request_report_print(&service->run.report, &output);
    (void)fputs(buffer_text(&output), stderr);
    buffer_free(&output);
}

/* Connections are accepted: whoever waits for that may go on. */
static int announce(struct service *service, struct buffer *why)
{
    const char *port_file = service->options->port_file;
    int result;

    if (port_file &&
        process_write_port(port_file, server_port(service->server), why) != 0)
        return -1;
    if (service->options->command)
        result = run_command(service, why);
    else
        result = print_ready(service, why);
    if (result != 0 && port_file)
        (void)process_remove_port(port_file, why);
    return result;
}

static int find_upstream_proxy(struct service *service, struct buffer *why)
{
    struct upstream_proxy *proxy = &service->upstream_proxy;
    struct server_options *options = &service->server_options;

    if (upstream_proxy_read(proxy, why) != 0)
        return -1;
    if (proxy->address.length) {
        options->upstream_proxy = proxy->address.data;
        options->upstream_authorization = proxy->authorization.data;
        options->upstream_bypass = proxy->bypass;
    }
    return 0;
}

static int open_state(struct service *service, struct options *options,
                      struct buffer *why)
{
    struct buffer mistakes = BUFFER_INIT;
    int result = state_open(&service->state, options, &mistakes, why);

    (void)fputs(buffer_text(&mistakes), stderr);
    log_lines(service->log, buffer_text(&service->state.news));
    buffer_free(&mistakes);
    return result;
}

/*
 * Returns 0, or -1 or the exit status of a command that did not start. Adds the
 * reason to `why`, unless mistakes in the scenario say enough.
 */
static int start(struct service *service, struct options *options,
                 struct buffer *why)
{
    if (options->port_file && process_remove_port(options->port_file, why) != 0)
        return -1;
    if (open_state(service, options, why) != 0)
        return -1;
    spare_memory_look(SIZE_MAX);
    service->server_options = options->server;
    if (options->server.pass_through && find_upstream_proxy(service, why) != 0)
        return -1;
    service->server =
        server_create(&service->server_options, service->log,
                      service->state.entrance, service->state.order, why);
    service->state.order = NULL; /* the server's */
    if (!service->server)
        return -1;
    if (server_control_is_off(service->server))
        request_log_message(service->log, host_time(),
                            "the control API is off: more than loopback is "
                            "listened on, and there is no --control-token");
    request_log_flush(service->log);
    if (!options->command)
        watch_signals(service);
    if (options->until_eof)
        watch_input(service);
    return announce(service, why);
}

int serve(struct options *options)
{
    struct service service = {.reload = {.told = on_reloaded},
                              .options = options};
    struct buffer why = BUFFER_INIT;
    int result;

    service.log = request_log_create(options->log);
    result = start(&service, options, &why);
    if (result == 0) {
        server_run(service.server);
        process_hold_signals();
        if (options->command)
            result = run_status(&service.run);
        if (options->command && options->report)
            report_requests(&service);
    } else if (why.length) {
        process_complain(why.data);
    }
    run_clear(&service.run);
    for (size_t i = 0; i < SIGNAL_COUNT; i++)
        if (service.signals[i])
            event_free(service.signals[i]);
    if (service.input)
        event_free(service.input);
    server_free(service.server);
    state_clear(&service.state);
    request_log_free(service.log);
    upstream_proxy_clear(&service.upstream_proxy);
    buffer_free(&why);
    return result < 0 ? CANNOT_START : result;
}
