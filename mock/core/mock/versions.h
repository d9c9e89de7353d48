/*
 * How far a mock has come: counts that grow with what can be seen of it. Who
 * compares them with those of an earlier look knows what has changed since.
 */
#ifndef SLACKMOCK_VERSIONS_H
#define SLACKMOCK_VERSIONS_H

#include <stdint.h>

struct mock;
struct sandboxes;

enum change_kind {
    CHANGE_STATE, /* it started over, or its scenario changed */
    CHANGE_TOKENS,
    CHANGE_RULES, /* there are others, or one took a turn */
    CHANGE_CLOCK, /* it was set */
    CHANGE_DELIVERIES,
    CHANGE_SANDBOXES, /* one came or went, or was called; of the main mock */
    CHANGE_KINDS
};

/* A mock's own; the others are counted by its parts. */
struct mock_changes {
    uint64_t state;
    uint64_t tokens;
    uint64_t clock;
};

struct versions {
    /* Which journal it is: of mocks with one name one after the other, each
     * has another; and how often it was emptied. */
    int64_t born;
    uint64_t emptied;
    int64_t oldest; /* the id of the oldest entry, or of the next if empty */
    int64_t newest; /* the id given last */
    uint64_t counts[CHANGE_KINDS];
};

struct versions versions_of(const struct sandboxes *sandboxes,
                            const struct mock *mock);

#endif
