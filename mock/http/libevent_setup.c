/* What deviates from libevent's defaults, and why. */
#include "libevent_setup.h"

#include <event2/event.h>
#include <event2/http.h>

/* The change list halves the system calls, and wants no fd duplicated. */
struct event_base *libevent_loop(void)
{
    struct event_config *config = event_config_new();
    struct event_base *base;

    event_config_set_flag(config, EVENT_BASE_FLAG_EPOLL_USE_CHANGELIST);
    base = event_base_new_with_config(config);
    event_config_free(config);
    return base;
}

struct evhttp *libevent_server(struct event_base *base, size_t head,
                               size_t body)
{
    const unsigned verbs = EVHTTP_REQ_GET | EVHTTP_REQ_POST | EVHTTP_REQ_HEAD |
                           EVHTTP_REQ_PUT | EVHTTP_REQ_DELETE |
                           EVHTTP_REQ_OPTIONS | EVHTTP_REQ_TRACE |
                           EVHTTP_REQ_CONNECT | EVHTTP_REQ_PATCH;
    struct evhttp *http = evhttp_new(base);

    evhttp_set_allowed_methods(http, (ev_uint16_t)verbs);
    evhttp_set_max_headers_size(http, (ev_ssize_t)head);
    evhttp_set_max_body_size(http, (ev_ssize_t)body);
    return http;
}
