/*
 * Compares what a world has come to with what a watcher was told of it. The id
 * of an event says which journal it is of and how far the watcher was told, so
 * that after a restart or a DELETE nobody goes on where there is a gap.
 */
#include "control/watcher.h"

#include <string.h>

/* If more entries are new the last stands for them all: he fetches them. */
#define TOLD_ONE_BY_ONE 100

static const char *const names[CHANGE_KINDS] = {
    [CHANGE_STATE] = "state",           [CHANGE_TOKENS] = "tokens",
    [CHANGE_RULES] = "rules",           [CHANGE_CLOCK] = "clock",
    [CHANGE_DELIVERIES] = "deliveries", [CHANGE_SANDBOXES] = "sandboxes",
};

static const struct mock *find_mock(const struct watcher *watcher,
                                    const struct sandboxes *sandboxes)
{
    if (!*watcher->sandbox)
        return sandboxes_main(sandboxes);
    return sandboxes_find(sandboxes, watcher->sandbox,
                          strlen(watcher->sandbox));
}

/* ---- ids ---- */

static void add_id(struct buffer *output, const struct versions *versions,
                   int64_t entry)
{
    buffer_add_text(output, "id: ");
    buffer_add_integer(output, versions->born);
    buffer_add_byte(output, '.');
    buffer_add_integer(output, (long long)versions->emptied);
    buffer_add_byte(output, '.');
    buffer_add_integer(output, entry);
    buffer_add_byte(output, '\n');
}

/* Reads a number of 1 to 18 digits and passes over it; -1: there is none. */
static int64_t read_number(const char **text)
{
    size_t length = strspn(*text, "0123456789");
    int64_t number = 0;

    if (length < 1 || length > 18)
        return -1;
    for (; length > 0; length--)
        number = number * 10 + (*(*text)++ - '0');
    return number;
}

static bool pass_dot(const char **text)
{
    return *(*text)++ == '.';
}

/* True if it is an id of this journal, from which it can be told on. */
static bool read_id(const char *text, const struct versions *now,
                    int64_t *entry)
{
    if (read_number(&text) != now->born || !pass_dot(&text) ||
        read_number(&text) != (int64_t)now->emptied || !pass_dot(&text))
        return false;
    *entry = read_number(&text);
    return !*text && *entry + 1 >= now->oldest && *entry <= now->newest;
}

/* ---- events ---- */

static void add_event(struct buffer *output, const char *name, long long data)
{
    buffer_add_text(output, "event: ");
    buffer_add_text(output, name);
    buffer_add_text(output, "\ndata: ");
    buffer_add_integer(output, data);
    buffer_add_text(output, "\n\n");
}

/* The journal has lost entries that he was not told of, or that he was. */
static bool has_gap(const struct versions *told, const struct versions *now)
{
    return now->born != told->born || now->emptied != told->emptied ||
           now->oldest > told->newest + 1;
}

static void tell_requests(const struct versions *told,
                          const struct versions *now, struct buffer *output)
{
    int64_t entry = told->newest + 1;

    if (has_gap(told, now)) {
        add_id(output, now, now->newest);
        add_event(output, "gap", now->oldest);
        return;
    }
    if (now->newest - told->newest > TOLD_ONE_BY_ONE)
        entry = now->newest;
    for (; entry <= now->newest; entry++) {
        add_id(output, now, entry);
        add_event(output, "request", entry);
    }
}

static void tell(struct watcher *watcher, const struct versions *now,
                 struct buffer *output)
{
    tell_requests(&watcher->told, now, output);
    for (int kind = 0; kind < CHANGE_KINDS; kind++)
        if (now->counts[kind] != watcher->told.counts[kind])
            add_event(output, names[kind], (long long)now->counts[kind]);
    watcher->told = *now;
}

bool watcher_tell(struct watcher *watcher, const struct sandboxes *sandboxes,
                  struct buffer *output)
{
    const struct mock *mock = find_mock(watcher, sandboxes);
    struct versions now;

    if (!mock)
        return false;
    now = versions_of(sandboxes, mock);
    tell(watcher, &now, output);
    return true;
}

/* An id alone is no event, but a browser keeps it. */
static void greet(const struct versions *now, struct buffer *output)
{
    buffer_add_text(output, "retry: 1000\n");
    add_id(output, now, now->newest);
    buffer_add_byte(output, '\n');
}

/* But for the journal nobody knows what he missed: all may be new. */
static void resume(struct watcher *watcher, const struct versions *now,
                   const char *last_id, struct buffer *output)
{
    struct versions *told = &watcher->told;

    *told = *now;
    if (!read_id(last_id, now, &told->newest))
        told->emptied = UINT64_MAX;
    for (int kind = 0; kind < CHANGE_KINDS; kind++)
        if (now->counts[kind])
            told->counts[kind] = UINT64_MAX;
    tell(watcher, now, output);
}

void watcher_begin(struct watcher *watcher, const struct sandboxes *sandboxes,
                   const char *last_id, struct buffer *output)
{
    const struct versions now =
        versions_of(sandboxes, find_mock(watcher, sandboxes));

    watcher->told = now;
    greet(&now, output);
    if (last_id && *last_id)
        resume(watcher, &now, last_id, output);
}

bool watcher_equals(const struct watcher *watcher, const struct watcher *other)
{
    const struct versions *told = &watcher->told;
    const struct versions *told_other = &other->told;

    return told->born == told_other->born &&
           told->emptied == told_other->emptied &&
           told->oldest == told_other->oldest &&
           told->newest == told_other->newest &&
           memcmp(told->counts, told_other->counts, sizeof told->counts) == 0 &&
           strcmp(watcher->sandbox, other->sandbox) == 0;
}
