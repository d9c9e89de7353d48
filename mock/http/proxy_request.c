/* A CONNECT is answered here, not by evhttp, which would end the connection. */
#include "proxy_request.h"

#include <event2/buffer.h>
#include <string.h>

#include "connection.h"
#include "connection_output.h"
#include "handover.h"

#define ESTABLISHED "HTTP/1.1 200 Connection established\r\n\r\n"

bool proxy_request_is_one(const struct connection *connection)
{
    const char *blank = strchr(buffer_text(&connection->head.bytes), ' ');

    return blank && blank[1] != '/' && blank[1] != '*';
}

struct proxy_ruling proxy_request_judge(const struct connection *connection)
{
    const struct connections *all = connection->all;

    return all->handler->judge_proxy(all->context, connection->head.bytes.data,
                                     connection->head.length);
}

bool proxy_request_is_connect(const struct connection *connection)
{
    return strncmp(buffer_text(&connection->head.bytes), "CONNECT ",
                   strlen("CONNECT ")) == 0;
}

bool proxy_request_confirm(struct connection *connection)
{
    struct evbuffer *input = bufferevent_get_input(connection->bufferevent);

    evbuffer_drain(input, connection->head.length);
    head_copy_clear(&connection->head);
    connection->unread = 0;
    connection_stop_deadline(connection);
    connection_become_idle(connection);
    (void)connection_output_push(connection, ESTABLISHED, strlen(ESTABLISHED));
    return evbuffer_get_length(input) > 0;
}

void proxy_request_tunnel(struct connection *connection,
                          const struct authority_form *target)
{
    evbuffer_drain(bufferevent_get_input(connection->bufferevent),
                   connection->head.length);
    handover_to_tunnel(connection, target);
}
