/* Reads the files of the recordings; see recording.h. */
#include "recording.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "files.h"
#include "recorded_requests.h"
#include "test_case.h"

#define BEGINNING "### "
#define SAME      "= "

static int release_recording(void *thing)
{
    struct recording *recording = thing;

    free(recording->text);
    free(recording);
    return 0;
}

const char *recording_path(struct test *test, const char *scenario)
{
    return test_printf(test, "client-tests/recording/%s.txt", scenario);
}

struct recording *recording_read(struct test *test, const char *scenario)
{
    struct recording *recording = calloc(1, sizeof *recording);
    const char *path = recording_path(test, scenario);

    if (!recording)
        abort();
    test_keep(test, recording, release_recording);
    recording->text = file_read(path);
    if (!recording->text)
        fail_msg("no %s; record it: SLACKMOCK_RECORD=1 client-tests recording",
                 path);
    recording->next = recording->text;
    return recording;
}

/* The length of the line with its LF, 0 at the end of the text. */
static size_t line_length(const char *text)
{
    size_t length = strcspn(text, "\n");

    return text[length] ? length + 1 : length;
}

static const char *pass_lines(const char *text, size_t count)
{
    for (; count > 0; count--)
        text += line_length(text);
    return text;
}

/* Not by strstr(): ASan measures all that is left of the file for each. */
static const char *pass_reply(const char *text)
{
    while (*text && strncmp(text, BEGINNING, strlen(BEGINNING)) != 0)
        text = pass_lines(text, 1);
    return text;
}

const char *recording_take(struct test *test, struct recording *recording,
                           const char *title)
{
    const char *heading = test_printf(test, BEGINNING "%s\n", title);
    const char *reply = recording->next;

    if (strncmp(reply, heading, strlen(heading)) != 0)
        return NULL;
    reply += strlen(heading);
    recording->next = pass_reply(reply);
    return test_printf(test, "%.*s", (int)(recording->next - reply), reply);
}

static int release_text(void *text)
{
    free(text);
    return 0;
}

static const char *keep_text(struct test *test, struct recorded_bytes text)
{
    if (!text.data)
        return "";
    test_keep(test, text.data, release_text);
    return text.data;
}

/* How many lines from here on are those of the other text. */
static size_t count_same(const char *text, const char *usual)
{
    size_t count = 0;
    size_t length;

    while ((length = line_length(text)) > 0 && length == line_length(usual) &&
           strncmp(text, usual, length) == 0) {
        text += length;
        usual += length;
        count++;
    }
    return count;
}

const char *recording_fold(struct test *test, const char *reply,
                           const char *usual)
{
    struct recorded_bytes folded = {0};

    while (*reply) {
        size_t same = count_same(reply, usual);
        size_t lines = same > 0 ? same : 1;
        const char *line =
            same > 0 ? test_printf(test, SAME "%zu\n", same) : reply;

        recorded_bytes_add(&folded, line, line_length(line));
        reply = pass_lines(reply, lines);
        usual = pass_lines(usual, lines);
    }
    return keep_text(test, folded);
}

const char *recording_unfold(struct test *test, const char *folded,
                             const char *usual)
{
    struct recorded_bytes reply = {0};

    while (*folded) {
        bool is_same = strncmp(folded, SAME, strlen(SAME)) == 0;
        size_t lines = is_same ? strtoul(folded + strlen(SAME), NULL, 10) : 1;
        const char *after = pass_lines(usual, lines);

        if (is_same)
            recorded_bytes_add(&reply, usual, (size_t)(after - usual));
        else
            recorded_bytes_add(&reply, folded, line_length(folded));
        folded = pass_lines(folded, 1);
        usual = after;
    }
    return keep_text(test, reply);
}
