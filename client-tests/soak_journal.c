/* What must be true of a journal at any time. */
#include <cjson/cJSON.h>
#include <stdio.h>
#include <string.h>

#include "check.h"
#include "soak_steps.h"

static bool is_one_of(const char *text, const char *const *list)
{
    for (; *list; list++)
        if (strcmp(text, *list) == 0)
            return true;
    return false;
}

/* Those that the calls and rules of the soak test can get. */
static bool is_known_error(const cJSON *error)
{
    static const char *const known[] = {"authorization_not_found",
                                        "bad_client_secret",
                                        "bad_request",
                                        "fatal_error",
                                        "internal_error",
                                        "invalid_arg_name",
                                        "invalid_arguments",
                                        "invalid_array_arg",
                                        "invalid_auth",
                                        "invalid_charset",
                                        "invalid_client_id",
                                        "invalid_code",
                                        "invalid_form_data",
                                        "invalid_json",
                                        "invalid_post_type",
                                        "invalid_refresh_token",
                                        "invalid_token",
                                        "method_not_allowed",
                                        "missing_post_type",
                                        "not_authed",
                                        "not_found",
                                        "ratelimited",
                                        "request_timeout",
                                        "service_unavailable",
                                        "token_already_exchanged",
                                        "token_expired",
                                        "token_revoked",
                                        "token_rotation_not_enabled",
                                        "too_large",
                                        "unknown_method",
                                        NULL};

    return cJSON_IsNull(error) ||
           (cJSON_IsString(error) && is_one_of(error->valuestring, known));
}

static bool is_known_status(const cJSON *status)
{
    static const int known[] = {200, 203, 400, 404, 405, 413, 429, 502, 503};

    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (cJSON_IsNumber(status) && status->valueint == known[i])
            return true;
    return cJSON_IsNull(status);
}

static bool is_known_effect(const cJSON *effect)
{
    static const char *const known[] = {"none", "committed", NULL};

    return cJSON_IsString(effect) && is_one_of(effect->valuestring, known);
}

/* The main world's journal also has what is for nobody, or no HTTP. */
static bool is_own_path(const struct soak_worker *worker, const cJSON *path)
{
    size_t length = strlen(worker->base);

    return length == 0 ||
           (cJSON_IsString(path) &&
            strncmp(path->valuestring, worker->base, length) == 0);
}

/* What is wrong with an entry; NULL: nothing. */
static const char *find_fault(const struct soak_worker *worker,
                              const cJSON *entry, double id)
{
    const cJSON *number = json_at(entry, "id");

    if (!cJSON_IsNumber(number) || number->valuedouble != id)
        return "its id does not follow on the one before it";
    if (!is_own_path(worker, json_at(entry, "path")))
        return "its path is another world's";
    if (!is_known_status(json_at(entry, "status")))
        return "nothing here gets such a status";
    if (!is_known_error(json_at(entry, "error")))
        return "nothing here gets such an error";
    if (!is_known_effect(json_at(entry, "effect")))
        return "its effect is no known one";
    return NULL;
}

static bool check_entries(struct soak_worker *worker, const cJSON *requests)
{
    const cJSON *first = json_at(requests, "0.id");
    double id = first ? first->valuedouble : 0;
    const cJSON *entry;

    cJSON_ArrayForEach (entry, requests) {
        const char *fault = find_fault(worker, entry, id);

        if (fault) {
            char *text = cJSON_PrintUnformatted(entry);

            (void)soak_fail(worker, "in the journal of \"%s\": %s: %s",
                            worker->base, fault, text);
            cJSON_free(text);
            return false;
        }
        id++;
    }
    return true;
}

static bool check_counts(struct soak_worker *worker, const cJSON *journal,
                         long least, long most)
{
    int kept = cJSON_GetArraySize(json_at(journal, "requests"));
    const cJSON *count = json_at(journal, "count");
    const cJSON *dropped = json_at(journal, "dropped");

    if (!cJSON_IsNumber(count) || !cJSON_IsNumber(dropped) ||
        count->valueint != kept)
        return soak_fail(worker, "the journal's count is not its length, %d",
                         kept);
    if (dropped->valueint > 0 && kept != SOAK_JOURNAL_MOST)
        return soak_fail(worker, "the journal dropped %d with %d kept",
                         dropped->valueint, kept);
    if (dropped->valueint + kept < least || dropped->valueint + kept > most)
        return soak_fail(worker,
                         "the journal kept %d and dropped %d, of at least %ld "
                         "and at most %ld requests",
                         kept, dropped->valueint, least, most);
    return true;
}

bool soak_check_journal(struct soak_worker *worker, long least, long most)
{
    cJSON *journal;
    bool is_good;

    if (!soak_control(worker, "GET /_mock/requests", NULL, 200) ||
        !(journal = soak_json(worker)))
        return false;
    is_good = check_entries(worker, json_at(journal, "requests")) &&
              check_counts(worker, journal, least, most);
    cJSON_Delete(journal);
    return is_good;
}
