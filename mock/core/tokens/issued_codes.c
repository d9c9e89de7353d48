/* A list from the oldest code to the newest, and a hash table over it. */
#include "tokens/issued_codes.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/xalloc.h"

struct issued_code {
    struct issued_code *newer;
    struct code_entry entry;
    struct arena texts;
    bool is_used;
};

static const char *copy(struct issued_code *code, const char *text)
{
    return text ? arena_strdup(&code->texts, text) : NULL;
}

static struct issued_code *create(const struct code_entry *from)
{
    struct issued_code *code = xcalloc(1, sizeof *code);
    struct code_entry *entry = &code->entry;

    *entry = *from;
    entry->code = copy(code, from->code);
    entry->bot.user = copy(code, from->bot.user);
    entry->bot.scope = copy(code, from->bot.scope);
    entry->user.user = copy(code, from->user.user);
    entry->user.scope = copy(code, from->user.scope);
    entry->redirect_uri = copy(code, from->redirect_uri);
    entry->code_challenge = copy(code, from->code_challenge);
    entry->nonce = copy(code, from->nonce);
    entry->channel = copy(code, from->channel);
    return code;
}

static void drop_oldest(struct issued_codes *codes)
{
    struct issued_code *code = codes->oldest;

    hash_table_remove(&codes->by_text, code->entry.code,
                      strlen(code->entry.code));
    codes->oldest = code->newer;
    if (!codes->oldest)
        codes->newest = NULL;
    arena_free(&code->texts);
    free(code);
}

void issued_codes_add(struct issued_codes *codes, const struct code_entry *from,
                      int64_t now)
{
    struct issued_code *code = create(from);

    while (codes->oldest && (codes->oldest->entry.dies_at <= now ||
                             codes->by_text.count >= ISSUED_CODES_MOST))
        drop_oldest(codes);
    hash_table_put(&codes->by_text, code->entry.code, strlen(code->entry.code),
                   code);
    if (codes->newest)
        codes->newest->newer = code;
    else
        codes->oldest = code;
    codes->newest = code;
}

const struct code_entry *issued_codes_find(const struct issued_codes *codes,
                                           const char *text, size_t length,
                                           int64_t now)
{
    const struct issued_code *code =
        hash_table_find(&codes->by_text, text, length);

    return code && code->entry.dies_at > now ? &code->entry : NULL;
}

static struct issued_code *of_entry(const struct issued_codes *codes,
                                    const struct code_entry *code)
{
    return hash_table_find(&codes->by_text, code->code, strlen(code->code));
}

const struct code_entry *issued_codes_next(const struct issued_codes *codes,
                                           const struct code_entry *before)
{
    const struct issued_code *next =
        before ? of_entry(codes, before)->newer : codes->oldest;

    return next ? &next->entry : NULL;
}

bool issued_codes_use(struct issued_codes *codes, const struct code_entry *code)
{
    struct issued_code *issued = of_entry(codes, code);
    bool was_used = issued->is_used;

    issued->is_used = true;
    return was_used;
}

bool issued_codes_is_used(const struct issued_codes *codes,
                          const struct code_entry *code)
{
    return of_entry(codes, code)->is_used;
}

void issued_codes_change_directory(struct issued_codes *codes,
                                   const struct directory *directory)
{
    struct issued_code *code = codes->oldest;

    for (; code; code = code->newer) {
        code->entry.app = directory_app_by_id(directory, code->entry.app->id);
        code->entry.team =
            directory_team_by_id(directory, code->entry.team->id);
    }
}

void issued_codes_free(struct issued_codes *codes)
{
    while (codes->oldest)
        drop_oldest(codes);
    hash_table_free(&codes->by_text);
}
