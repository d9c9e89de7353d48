/*
 * A port that is free on one address may be taken on the other, so a pair is
 * tried again with another port.
 */
#include "shared_port.h"

#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <string.h>

#define TRIES 20

struct pair {
    struct event_base *base;
    const struct listen_address *addresses;
    struct addrinfo *found[ADDRESSES_MAX];
    struct listener *listeners;
    size_t count;
    bool ipv6_only; /* one of them has IPv4 for itself */
};

/* ---- addresses ---- */

/* The IPv4 address, also of one in IPv6 spelling; false if it has none. */
static bool ipv4_of(const struct addrinfo *found, struct in_addr *address)
{
    const struct sockaddr_in6 *v6 =
        (const struct sockaddr_in6 *)(const void *)found->ai_addr;
    const struct sockaddr_in *v4 =
        (const struct sockaddr_in *)(const void *)found->ai_addr;

    if (found->ai_family == AF_INET) {
        *address = v4->sin_addr;
        return true;
    }
    if (!IN6_IS_ADDR_V4MAPPED(&v6->sin6_addr))
        return false;
    memcpy(address, &v6->sin6_addr.s6_addr[12], sizeof *address);
    return true;
}

static bool ipv6_overlap(const struct addrinfo *one,
                         const struct addrinfo *other)
{
    const struct in6_addr *first =
        &((const struct sockaddr_in6 *)(const void *)one->ai_addr)->sin6_addr;
    const struct in6_addr *second =
        &((const struct sockaddr_in6 *)(const void *)other->ai_addr)->sin6_addr;

    return IN6_IS_ADDR_UNSPECIFIED(first) || IN6_IS_ADDR_UNSPECIFIED(second) ||
           IN6_ARE_ADDR_EQUAL(first, second);
}

static bool are_of_a_family(const struct pair *pair)
{
    struct in_addr unused;

    return ipv4_of(pair->found[0], &unused) == ipv4_of(pair->found[1], &unused);
}

/* True if they are the same, or one is the wildcard of their family. */
static bool overlap(const struct pair *pair)
{
    struct in_addr first;
    struct in_addr second;

    if (!are_of_a_family(pair))
        return false;
    if (!ipv4_of(pair->found[0], &first) || !ipv4_of(pair->found[1], &second))
        return ipv6_overlap(pair->found[0], pair->found[1]);
    return first.s_addr == second.s_addr || first.s_addr == INADDR_ANY ||
           second.s_addr == INADDR_ANY;
}

static void set_port(struct addrinfo *found, int port)
{
    for (; found; found = found->ai_next) {
        struct sockaddr_in6 *v6 = (struct sockaddr_in6 *)(void *)found->ai_addr;
        struct sockaddr_in *v4 = (struct sockaddr_in *)(void *)found->ai_addr;

        if (found->ai_family == AF_INET6)
            v6->sin6_port = htons((uint16_t)port);
        else
            v4->sin_port = htons((uint16_t)port);
    }
}

/* ---- listening ---- */

static int open_one(struct pair *pair, size_t number, struct buffer *why)
{
    int error;

    if (listener_open(&pair->listeners[number], pair->base, pair->found[number],
                      pair->ipv6_only) == 0)
        return 0;
    error = errno;
    (void)listen_address_fail(&pair->addresses[number], strerror(error), why);
    if (error == EADDRINUSE)
        buffer_add_text(why, "; --listen names another port, 0 a free one");
    return -1;
}

static int open_each(struct pair *pair, struct buffer *why)
{
    for (size_t i = 0; i < pair->count; i++)
        if (open_one(pair, i, why) != 0)
            return -1;
    return 0;
}

static int open_together(struct pair *pair, struct buffer *why)
{
    for (int tries = 0; tries < TRIES; tries++) {
        if (open_one(pair, 0, why) != 0)
            return -1;
        set_port(pair->found[1], pair->listeners[0].port);
        if (listener_open(&pair->listeners[1], pair->base, pair->found[1],
                          pair->ipv6_only) == 0)
            return 0;
        if (errno != EADDRINUSE)
            break;
        listener_close(&pair->listeners[0]);
    }
    return listen_address_fail(&pair->addresses[1], strerror(errno), why);
}

static int resolve(struct pair *pair, struct buffer *why)
{
    for (size_t i = 0; i < pair->count; i++) {
        pair->found[i] = listener_resolve(&pair->addresses[i], why);
        if (!pair->found[i])
            return -1;
    }
    return 0;
}

static int open_all(struct pair *pair, struct buffer *why)
{
    bool want_same_port =
        pair->count == 2 && pair->addresses[0].port == pair->addresses[1].port;

    pair->ipv6_only = want_same_port && !are_of_a_family(pair);
    if (want_same_port && !pair->addresses[0].port && !overlap(pair))
        return open_together(pair, why);
    return open_each(pair, why);
}

int shared_port_open(struct event_base *base,
                     const struct listen_address *addresses, size_t count,
                     struct listener listeners[ADDRESSES_MAX],
                     struct buffer *why)
{
    struct pair pair = {.base = base,
                        .addresses = addresses,
                        .listeners = listeners,
                        .count = count};
    int result = resolve(&pair, why);

    memset(listeners, 0, count * sizeof *listeners);
    if (result == 0)
        result = open_all(&pair, why);
    for (size_t i = 0; i < count; i++) {
        if (pair.found[i])
            freeaddrinfo(pair.found[i]);
        if (result != 0)
            listener_close(&listeners[i]);
    }
    return result;
}
