/*
 * The one way into the core. Whatever may change a world comes in here, as one
 * kind of value with its time in it; what comes out is a reply, and where that
 * goes is the caller's business. The same inputs in the same order have the
 * same replies, byte for byte.
 */
#ifndef SLACKMOCK_ENTRANCE_H
#define SLACKMOCK_ENTRANCE_H

#include <stdbool.h>
#include <stdint.h>

#include "events/delivery.h"
#include "message/refusal.h"
#include "message/reply.h"
#include "message/request.h"

struct buffer;
struct control_access;
struct entrance;
struct mock_options;
struct scenario;
struct watcher;

enum input_kind {
    INPUT_REQUEST,   /* a whole request, to Slack's API or the control API */
    INPUT_CUT_SHORT, /* a request whose body did not come whole */
    INPUT_REFUSED,   /* a request that is malformed or too large */
    INPUT_LOST,      /* a request, or its beginning, that gets no answer */
    INPUT_LOAD,      /* the main mock starts over with a scenario */
    INPUT_DUE,       /* the time of an event to be sent has come */
    INPUT_OUTCOME    /* an event was sent, or could not be */
};

/* Lent for the length of entrance_take(), but for the scenario. */
struct input {
    enum input_kind kind;
    int64_t
        host_time; /* milliseconds since 1970; the mocks' clocks run on it */
    /*
     * For the first four: verb, target, headers and body as they came. The
     * entrance fills in what follows from the target.
     */
    struct request request;
    bool is_admitted;       /* entrance_weigh() has let it pass: it is not asked
                               again who may use the control API */
    struct refusal refusal; /* INPUT_REFUSED: what to answer */
    bool is_log_away;       /* of INPUT_REQUEST: nothing can be applied now */
    const char *problem;    /* INPUT_LOST: what became of it */
    struct scenario *scenario; /* INPUT_LOAD: taken over */
    struct sending *sending;   /* INPUT_DUE: filled with what is to be sent */
    struct delivery_outcome outcome; /* INPUT_OUTCOME */
};

/*
 * Takes over the main world's scenario; the rest is as for mock_create(). The
 * control API is closed until entrance_set_access().
 */
struct entrance *entrance_create(struct scenario *scenario,
                                 const struct mock_options *options,
                                 uint64_t entropy, int64_t host_time);

/* Who may use the control API; lent, and may still change. */
void entrance_set_access(struct entrance *entrance,
                         const struct control_access *access);

/*
 * Applies one input, whole, and fills the reply, of which INPUT_LOST has no
 * more than the record and those after it nothing. False if it leaves no
 * trace: a lost request that names no target, or one of the control API; or
 * nothing is due.
 */
bool entrance_take(struct entrance *entrance, const struct input *input,
                   struct reply *reply);

/* What an input can do to the worlds, told before it is applied. */
enum input_weight {
    WEIGHT_NONE,  /* nothing, and nothing of them is in its reply */
    WEIGHT_READS, /* it shows them as they are when its turn comes */
    WEIGHT_WRITES
};

enum input_weight entrance_weigh(struct entrance *entrance,
                                 const struct input *input);

/*
 * Answers in place of entrance_take() what cannot be applied now: a call with
 * Slack's service_unavailable, the control API with 503 and the message.
 */
void entrance_put_off(struct entrance *entrance, const struct input *input,
                      const char *message, struct reply *reply);

/*
 * Writes the tickets of the events that are being sent, as far as the worlds
 * know, and returns how many: `most` of them. After a restart nobody will tell
 * what became of those.
 */
size_t entrance_tickets(const struct entrance *entrance, uint64_t *tickets,
                        size_t most);

/*
 * True if the body of that request is to be a scenario, from somebody who may
 * use the control API. Nothing is applied.
 */
bool entrance_takes_scenario(struct entrance *entrance,
                             const struct input *input);

/*
 * True, once, after an input that may have changed when the next event is due.
 */
bool entrance_due_has_changed(struct entrance *entrance);

/* When INPUT_DUE is to come next, in the host's time; INT64_MAX for never. */
int64_t entrance_next_due(const struct entrance *entrance, int64_t host_time);

/*
 * Adds all that the server is at that time, so that entrance_restore() makes
 * the same one: a line of JSON about the whole, then one for each world. It
 * holds tokens and secrets, and nothing of the journal's entries.
 */
void entrance_save(const struct entrance *entrance, int64_t host_time,
                   struct buffer *lines);

/* True if the main world starts over with that one, which was saved. */
bool entrance_has_scenario(const struct entrance *entrance,
                           const char *document, size_t length);

/*
 * The server that was saved, under the same options; `host_time` is that of
 * the saving. NULL, and `mistakes` says why, if that is no such text. The
 * control API is closed until entrance_set_access().
 */
struct entrance *entrance_restore(const char *lines, size_t length,
                                  const struct mock_options *options,
                                  int64_t host_time, struct buffer *mistakes);

/* Becomes another one, which is freed; who may use it stays. */
void entrance_become(struct entrance *entrance, struct entrance *other);

/*
 * Adds what a watcher has not been told yet; false if the world is gone that he
 * watches.
 */
bool entrance_tell(const struct entrance *entrance, struct watcher *watcher,
                   struct buffer *output);

void entrance_free(struct entrance *entrance);

#endif
