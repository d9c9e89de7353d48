/* Starting client programs and talking to them; see line_client.h. */
#include "line_client.h"

#include <cjson/cJSON.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "check.h"
#include "deadline.h"
#include "files.h"
#include "set_up.h"
#include "test_case.h"

#define ANSWER_MAX 65536

static void start(struct test *test, struct line_client *client)
{
    const char *program =
        test_printf(test, "client-tests/clients/%s/run", client->folder);
    const char *const arguments[] = {program, client->variant, NULL};
    struct child_start how = {arguments, NULL, NULL};

    if (!client->log_folder)
        client->log_folder = folder_create();
    if (!client->log_folder)
        fail_msg("no folder for the log of %s", client->name);
    if (!client->log)
        client->log = text_printf("%s/stderr", client->log_folder);
    how.stderr_path = client->log;
    if (child_start(&client->child, &how) != 0)
        fail_msg("%s was not started", client->name);
}

/* Ends a client that does not answer; the next test may start it afresh. */
static void give_up(struct line_client *client, const char *why)
{
    char *log = file_read(client->log);

    if (log)
        print_error("%s, on stderr: %s\n", client->name, log);
    free(log);
    child_kill(&client->child);
    fail_msg("%s %s", client->name, why);
}

static void send_text(struct line_client *client, const char *text)
{
    size_t length = strlen(text);

    while (length > 0) {
        ssize_t sent = write(client->child.input, text, length);

        if (sent < 0)
            give_up(client, "does not read its request");
        text += sent;
        length -= (size_t)sent;
    }
}

/* The answer's bytes and their NUL go into `line`. */
static void await_line(struct line_client *client, char *line, size_t size)
{
    struct pollfd readable = {client->child.output, POLLIN, 0};
    deadline end = deadline_from_now();
    size_t length = 0;

    while (length == 0 || line[length - 1] != '\n') {
        ssize_t got;

        if (length + 1 == size)
            give_up(client, "writes an endless line");
        if (poll(&readable, 1, deadline_left(end)) != 1)
            give_up(client, "did not answer in time");
        got = read(client->child.output, line + length, size - length - 1);
        if (got <= 0)
            give_up(client, "ended before it had answered");
        length += (size_t)got;
    }
    line[length] = '\0';
}

static int release_json(void *json)
{
    cJSON_Delete(json);
    return 0;
}

const cJSON *line_client_ask(struct test *test, struct line_client *client,
                             const char *line)
{
    static char text[ANSWER_MAX];
    cJSON *answer;

    set_up_or_skip(test, "clients", client->folder);
    if (client->child.pid == 0)
        start(test, client);
    send_text(client, line);
    send_text(client, "\n");
    await_line(client, text, sizeof text);
    answer = cJSON_Parse(text);
    test_keep(test, answer, release_json);
    if (!cJSON_IsObject(answer))
        fail_msg("%s answered %s", client->name, text);
    return answer;
}

int line_client_end(struct line_client *client)
{
    int status = 0;

    if (client->child.pid != 0) {
        child_close_input(&client->child);
        status = child_wait(&client->child, deadline_from_now());
    }
    child_kill(&client->child);
    if (client->log_folder)
        (void)folder_remove(client->log_folder);
    free(client->log_folder);
    free(client->log);
    client->log_folder = NULL;
    client->log = NULL;
    return status;
}
