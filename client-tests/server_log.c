/* Reads the JSON log lines of a running server; see server_log.h. */
#include "server_log.h"

#include <cjson/cJSON.h>
#include <string.h>

#include "check.h"
#include "deadline.h"
#include "server_fixture.h"

static int release_json(void *json)
{
    cJSON_Delete(json);
    return 0;
}

/* The lines that are whole and tell of a request. */
static cJSON *parse_log(const char *log)
{
    cJSON *lines = cJSON_CreateArray();
    const char *end;

    for (; (end = strchr(log, '\n')) != NULL; log = end + 1) {
        cJSON *line = cJSON_ParseWithLength(log, (size_t)(end - log));

        if (cJSON_GetObjectItemCaseSensitive(line, "path"))
            cJSON_AddItemToArray(lines, line);
        else
            cJSON_Delete(line);
    }
    return lines;
}

const cJSON *server_await_log(struct test *test, struct server *server,
                              int count)
{
    deadline end = deadline_from_now();

    for (;;) {
        const char *log = server_stderr(server);
        cJSON *lines = parse_log(log);
        int found = cJSON_GetArraySize(lines);

        test_keep(test, lines, release_json);
        if (found == count)
            return lines;
        if (found > count || !deadline_look_again(end))
            fail_msg("%d requests in the log, wanted %d:\n%s", found, count,
                     log);
    }
}
