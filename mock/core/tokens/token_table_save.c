/* Writes and reads what a token table has beside its authorizations. */
#include "tokens/token_table_save.h"

#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "tokens/authorization_save.h"
#include "tokens/issued_codes_save.h"
#include "tokens/token_table.h"
#include "json/json_writer.h"

#define COUNT_MOST ((long long)1 << 53)

void token_table_begin_saved(struct token_table *table,
                             const struct directory *directory,
                             int64_t refresh_grace)
{
    *table = (struct token_table){.directory = directory,
                                  .refresh_grace = refresh_grace};
    table->given = xcalloc(directory->pair_count, sizeof *table->given);
}

/* ---- uninstallations ---- */

struct saved_end {
    const char *app;
    const char *team;
    long long number;
};

static const struct json_field end_fields[] = {
    {.key = "app",
     .kind = FIELD_TEXT,
     .required = true,
     .offset = offsetof(struct saved_end, app)},
    {.key = "team",
     .kind = FIELD_TEXT,
     .required = true,
     .offset = offsetof(struct saved_end, team)},
    {.key = "number",
     .kind = FIELD_INTEGER,
     .required = true,
     .least = 1,
     .most = COUNT_MOST,
     .offset = offsetof(struct saved_end, number)},
    {.key = NULL},
};

static const struct json_field *const end_tables[] = {end_fields, NULL};

static void write_ends(struct json_writer *writer, const char *key,
                       const void *target)
{
    const struct token_table *table = target;
    size_t count;
    struct installation_end *ends =
        installations_ends(&table->installations, &count);
    size_t number;

    if (count)
        json_write_array(writer, key);
    for (number = 0; number < count; number++) {
        const struct saved_end saved = {ends[number].app, ends[number].team,
                                        (long long)ends[number].number};

        json_write_object(writer, NULL);
        json_fields_write(writer, end_fields, &saved);
        json_write_object_end(writer);
    }
    if (count)
        json_write_array_end(writer);
    free(ends);
}

/* The last one of all is always the last one of its app and team. */
static void read_end(const struct json_reader *reader, const cJSON *value,
                     const struct json_path *path, void *target)
{
    struct token_table *table = target;
    struct saved_end saved = {NULL, NULL, 0};
    const struct app *app;
    const struct team *team;

    if (!json_fields_read(reader, value, path, end_fields, &saved))
        return;
    app = saved_app(reader, path, table->directory, saved.app);
    team = saved_team(reader, path, table->directory, saved.team);
    if (!app || !team)
        return;
    installations_note_end(&table->installations, app, team,
                           (size_t)saved.number);
    if ((size_t)saved.number > table->installations.ended)
        table->installations.ended = (size_t)saved.number;
}

/* ---- what was used up ---- */

static void write_redeemed(struct json_writer *writer, const char *key,
                           const void *target)
{
    const struct token_table *table = target;
    const struct hash_entry **sorted;
    size_t number;

    if (!table->redeemed.count)
        return;
    sorted = hash_table_sorted(&table->redeemed);
    json_write_array(writer, key);
    for (number = 0; number < table->redeemed.count; number++)
        json_write_text(writer, NULL, sorted[number]->value);
    json_write_array_end(writer);
    free(sorted);
}

static void read_redeemed(const struct json_reader *reader, const cJSON *value,
                          const struct json_path *path, void *target)
{
    struct token_table *table = target;
    const struct code_entry *code =
        cJSON_IsString(value)
            ? directory_find_code(table->directory, value->valuestring,
                                  strlen(value->valuestring))
            : NULL;

    if (!code || !token_table_take_code(table, code))
        mistake_found(reader->mistakes, reader->file, path, value,
                      "each code of this scenario once");
}

static void write_given(struct json_writer *writer, const char *key,
                        const void *target)
{
    const struct token_table *table = target;
    bool has_any = false;
    size_t number;

    for (number = 0; number < table->directory->pair_count; number++) {
        if (!table->given[number])
            continue;
        if (!has_any)
            json_write_array(writer, key);
        has_any = true;
        json_write_integer(writer, NULL, (long long)number);
    }
    if (has_any)
        json_write_array_end(writer);
}

static void read_given(const struct json_reader *reader, const cJSON *value,
                       const struct json_path *path, void *target)
{
    struct token_table *table = target;
    const long long count = (long long)table->directory->pair_count;
    long long number;

    if (!count)
        mistake_found(reader->mistakes, reader->file, path, value,
                      "nothing: this scenario has no pairs");
    else if (json_read_integer(reader, value, path,
                               (struct integer_range){0, count - 1}, &number))
        table->given[number] = true;
}

static const struct json_field table_fields[] = {
    {.key = "authorizations",
     .kind = FIELD_LIST,
     .read = authorization_read_saved,
     .write = authorizations_save,
     .inside = saved_authorization_tables,
     .step = "[]"},
    {.key = "uninstalled",
     .kind = FIELD_LIST,
     .read = read_end,
     .write = write_ends,
     .inside = end_tables,
     .step = "[]"},
    {.key = "redeemed_codes",
     .kind = FIELD_LIST,
     .read = read_redeemed,
     .write = write_redeemed},
    {.key = "issued_codes",
     .kind = FIELD_LIST,
     .read = issued_code_read_saved,
     .write = issued_codes_save,
     .inside = issued_code_tables,
     .step = "[]"},
    {.key = "given_pairs",
     .kind = FIELD_LIST,
     .read = read_given,
     .write = write_given},
    {.key = NULL},
};

const struct json_field *const token_table_saved_tables[] = {table_fields,
                                                             NULL};

void token_table_save(const struct token_table *table, const char *key,
                      struct json_writer *writer)
{
    json_write_object(writer, key);
    json_fields_write(writer, table_fields, table);
    json_write_object_end(writer);
}

void token_table_read_saved(struct token_table *table,
                            const struct json_reader *reader,
                            const struct cJSON *value,
                            const struct json_path *path)
{
    (void)json_fields_read(reader, value, path, table_fields, table);
}
