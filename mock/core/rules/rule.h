/*
 * A rule of a scenario: which calls it is for, and what it does to their
 * replies. Rules never change, so any number of lists may hold one; how often
 * each has acted is for the list to count.
 */
#ifndef SLACKMOCK_RULE_H
#define SLACKMOCK_RULE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "rules/rule_reply.h"
#include "rules/rule_when.h"
#include "json/json_fields.h"

struct cJSON;

struct rule {
    struct arena arena; /* all that it points to */
    int holders;
    const char *name;
    bool is_named; /* else its name is its place, such as rules[0] */
    const char *file;
    size_t index;       /* among the rules of that file */
    const char *source; /* itself as JSON */
    struct rule_when when;
    int stage; /* enum rule_stage, of replies without their own */
    long long
        times; /* how often it may act, or a sequence be played; 0: not given */
    /* One reply, or those of a sequence; NULL in a sequence is a "pass". */
    const struct rule_reply **replies;
    size_t reply_count;
    bool is_sequence;
};

extern const struct json_field *const rule_tables[];

/* Reads one rule of a scenario. The caller is its first holder. */
struct rule *rule_read(const struct json_reader *reader,
                       const struct cJSON *value, const struct json_path *path);

/*
 * Says where a rule stood first, which names one without a name; only before
 * anybody else holds it.
 */
void rule_set_place(struct rule *rule, const char *file, size_t index);

/* Adds a holder. Returns the rule. */
struct rule *rule_hold(struct rule *rule);

/* Takes a holder away; without one the rule is freed. */
void rule_release(struct rule *rule);

/* When that one of its replies, NULL for a call let through, has its say. */
enum rule_stage rule_stage_of(const struct rule *rule,
                              const struct rule_reply *reply);

/* How often it may act; -1: without end. */
long long rule_turns(const struct rule *rule);

#endif
