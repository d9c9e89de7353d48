/*
 * Cuts a copy of the head into C strings in place. A NUL in it ends the string
 * that it stands in, as it does for libevent.
 */
#include "message/request_head.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "base/xalloc.h"

size_t request_head_length(const char *bytes, size_t length, size_t searched)
{
    /* The empty line may begin in the last two bytes that were searched. */
    size_t place = searched > 2 ? searched - 2 : 0;

    while (place < length) {
        const char *end = memchr(bytes + place, '\n', length - place);

        if (!end)
            return 0;
        place = (size_t)(end - bytes) + 1;
        if (place < length && bytes[place] == '\n')
            return place + 1;
        if (place + 2 <= length && memcmp(bytes + place, "\r\n", 2) == 0)
            return place + 2;
    }
    return 0;
}

static void trim_end(const char *start, char *end)
{
    while (end > start && (text_is_blank(end[-1]) || end[-1] == '\r'))
        end--;
    *end = '\0';
}

/* Joins a line with the next one, which continues it. */
static void join(const char *line, char *line_end)
{
    *line_end = ' ';
    if (line_end > line && line_end[-1] == '\r')
        line_end[-1] = ' ';
}

/*
 * Ends the line that starts there, or folded lines (obs-fold, RFC 9112 5.2).
 * Returns the next one, NULL if none is.
 */
static char *cut_line(char *line, char *end)
{
    char *line_end = memchr(line, '\n', (size_t)(end - line));

    while (line_end && line_end + 1 < end && text_is_blank(line_end[1])) {
        join(line, line_end);
        line_end = memchr(line_end, '\n', (size_t)(end - line_end));
    }
    trim_end(line, line_end ? line_end : end);
    return line_end ? line_end + 1 : NULL;
}

/* `VERB TARGET VERSION`; whatever is in between belongs to the target. */
static void read_request_line(struct request_head *head, char *line)
{
    char *space = strchr(line, ' ');
    char *version;

    head->verb = line;
    if (!space) {
        head->target = line + strlen(line);
        return;
    }
    *space = '\0';
    head->target = space + 1;
    version = strrchr(head->target, ' ');
    if (version)
        *version = '\0';
}

static void read_field(struct request_head *head, char *line)
{
    char *colon = strchr(line, ':');
    char *value;

    if (!colon)
        return;
    *colon = '\0';
    value = colon + 1;
    while (text_is_blank(*value))
        value++;
    if (head->header_count == head->header_room) {
        head->header_room = head->header_room ? head->header_room * 2 : 8;
        head->headers = xreallocarray(head->headers, head->header_room,
                                      sizeof *head->headers);
    }
    head->headers[head->header_count++] = (struct request_header){line, value};
}

size_t target_scan_length(struct target_scan *scan, const char *head,
                          size_t length)
{
    if (!scan->start) {
        const char *blank = strchr(head + scan->checked, ' ');

        if (!blank) {
            scan->checked = length;
            return 0;
        }
        scan->start = (size_t)(blank - head) + 1;
        scan->checked = scan->start;
    }
    /* strcspn() stops at the end of the target, and at the NUL. */
    scan->checked += strcspn(head + scan->checked, " \r\n");
    return scan->checked - scan->start;
}

void request_head_read(struct request_head *head, const char *bytes,
                       size_t length)
{
    char *end;
    char *line;
    char *next;

    head->header_count = 0;
    buffer_clear(&head->text);
    buffer_add(&head->text, bytes, length);
    line = head->text.data;
    end = line + length;
    next = cut_line(line, end);
    read_request_line(head, line);
    while ((line = next) != NULL) {
        next = cut_line(line, end);
        read_field(head, line);
    }
}

struct request_head request_head_parse(const char *bytes, size_t length)
{
    struct request_head head = {.text = BUFFER_INIT};

    request_head_read(&head, bytes, length);
    return head;
}

void request_head_free(struct request_head *head)
{
    buffer_free(&head->text);
    free(head->headers);
    *head = (struct request_head){.text = BUFFER_INIT};
}
