/*
 * What answers at --state is no Redis, or one that means ill: the program says
 * what is wrong and ends, however much it is sent.
 */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"
#include "program_run.h"
#include "server_fixture.h"
#include "test_case.h"
#include "test_groups.h"

#define WORD_MOST 65536
#define HEAD      "@" /* in an answer: the head that was added */
#define ONE(id, fields)                                                        \
    "*1\r\n*2\r\n$3\r\n" id "\r\n"                                             \
    "*2\r\n$1\r\n" fields
#define FIRST       ONE("0-1", "h\r\n" HEAD)
#define CUT         ONE("9-9", "x\r\n$1\r\ny\r\n")
#define NO_SNAPSHOT "*4\r\n$-1\r\n$-1\r\n$-1\r\n$-1\r\n"
#define SNAPSHOT(id, writers)                                                  \
    "*4\r\n" HEAD "$3\r\n" id "\r\n$6\r\n" writers "\r\n$2\r\nx\n\r\n"

struct row {
    const char *beginning; /* of the stream */
    const char *rest;      /* what is behind; NULL: nothing */
    const char *snapshot;  /* NULL: it is not asked for */
    bool is_endless;       /* the last of them goes on and on */
    const char *why;
};

/* ---- the one that answers ---- */

struct fake {
    int listening;
    pid_t child;
};

#define WORDS_MOST 16

struct command {
    const char *words[WORDS_MOST]; /* "" behind the last */
};

static int release(void *thing)
{
    struct fake *fake = thing;

    (void)close(fake->listening);
    if (fake->child > 0) {
        (void)kill(fake->child, SIGKILL);
        (void)waitpid(fake->child, NULL, 0);
    }
    free(fake);
    return 0;
}

static char *read_word(FILE *input)
{
    char line[32];
    size_t length;
    char *word;

    if (!fgets(line, sizeof line, input) || *line != '$')
        _exit(0);
    length = strtoul(line + 1, NULL, 10);
    word = calloc(1, length + 3);
    if (!word || length > WORD_MOST ||
        fread(word, 1, length + 2, input) != length + 2)
        _exit(0);
    word[length] = '\0';
    return word;
}

static void read_command(FILE *input, struct command *command)
{
    char line[32];
    long count;

    if (!fgets(line, sizeof line, input) || *line != '*')
        _exit(0);
    count = strtol(line + 1, NULL, 10);
    for (int i = 0; i < WORDS_MOST; i++)
        command->words[i] = i < count ? read_word(input) : "";
}

static void say(int descriptor, const char *bytes, size_t length)
{
    while (length > 0) {
        const ssize_t sent = send(descriptor, bytes, length, MSG_NOSIGNAL);

        if (sent <= 0)
            _exit(0);
        bytes += sent;
        length -= (size_t)sent;
    }
}

static void say_answer(int descriptor, const char *answer, const char *head)
{
    const size_t before = strcspn(answer, HEAD);
    char length[32];

    say(descriptor, answer, before);
    if (!answer[before])
        return;
    (void)snprintf(length, sizeof length, "$%zu\r\n", strlen(head));
    say(descriptor, length, strlen(length));
    say(descriptor, head, strlen(head));
    say(descriptor, "\r\n", 2);
    say(descriptor, answer + before + 1, strlen(answer + before + 1));
}

static void answer_on(int descriptor, const struct row *row)
{
    static const char much[WORD_MOST] = {0};
    FILE *input = fdopen(descriptor, "r");
    const char *head = "";
    struct command command;

    while (input) {
        const char *answer = row->snapshot;

        read_command(input, &command);
        if (strcmp(command.words[0], "XADD") == 0) {
            head = command.words[4];
            answer = "$3\r\n0-1\r\n";
        } else if (strcmp(command.words[0], "XRANGE") == 0) {
            answer =
                strcmp(command.words[2], "-") == 0 ? row->beginning : row->rest;
        }
        say_answer(descriptor, answer ? answer : "*0\r\n", head);
        while (row->is_endless && answer == row->beginning)
            say(descriptor, much, sizeof much);
    }
    _exit(0);
}

/* Returns what --state takes. */
static const char *start_fake(struct test *test, const struct row *row)
{
    struct sockaddr_in address = {.sin_family = AF_INET};
    socklen_t length = sizeof address;
    struct fake *fake = calloc(1, sizeof *fake);

    if (!fake)
        abort();
    test_keep(test, fake, release);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    fake->listening = socket(AF_INET, SOCK_STREAM, 0);
    if (bind(fake->listening, (struct sockaddr *)&address, length) != 0 ||
        listen(fake->listening, 1) != 0 ||
        getsockname(fake->listening, (struct sockaddr *)&address, &length) != 0)
        fail_msg("cannot listen");
    fake->child = fork();
    if (fake->child == 0)
        answer_on(accept(fake->listening, NULL, NULL), row);
    return test_printf(test, "redis://127.0.0.1:%d/0?key=k",
                       ntohs(address.sin_port));
}

/* ---- what comes of it ---- */

static void test_start(struct test *test)
{
    const struct row *row = test_row(test);
    const struct program_run *run;

    if (!strstr(program_run(test, ARGUMENTS("--version"))->out, "hiredis"))
        test_skip(test); /* made with REDIS=0 */
    run = program_run(test, ARGUMENTS("--listen", "127.0.0.1:0", "--state",
                                      start_fake(test, row)));
    assert_contains(run->err, row->why);
    assert_number(run->status, 1);
}

static const struct row no_redis = {.beginning = "HTTP/1.1 400 Bad\r\n\r\n",
                                    .why = "Protocol error"};
static const struct row number = {.beginning = ":5\r\n",
                                  .why = "answered with something else"};
static const struct row nothing = {.beginning = "*2\r\n*-1\r\n$-1\r\n",
                                   .why = "answered with something else"};
static const struct row nested = {
    .beginning = "*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n",
    .why = "nested"};
static const struct row endless_line = {
    .beginning = "+", .is_endless = true, .why = "a line that does not end"};
static const struct row endless_text = {.beginning = "$9000000000\r\n",
                                        .is_endless = true,
                                        .why = "a text of more than 512 MiB"};
static const struct row same_again = {.beginning = FIRST,
                                      .rest = FIRST,
                                      .why = "entry 0-1 of the log is damaged"};
static const struct row backwards = {
    .beginning = FIRST,
    .rest = ONE("0-0", "x\r\n$1\r\ny\r\n"),
    .why = "its id is not one behind those before it"};
static const struct row no_id = {
    .beginning = FIRST,
    .rest = ONE("9-x", "x\r\n$1\r\ny\r\n"),
    .why = "its id is not one behind those before it"};
static const struct row no_snapshot = {.beginning = CUT,
                                       .snapshot = NO_SNAPSHOT,
                                       .why = "neither a head nor a snapshot"};
static const struct row short_snapshot = {.beginning = CUT,
                                          .snapshot = "*1\r\n$1\r\nx\r\n",
                                          .why = "its snapshot is damaged"};
static const struct row no_worlds = {.beginning = CUT,
                                     .snapshot = SNAPSHOT("9-9", "abcd 1"),
                                     .why = "announces no worlds"};

#define CASE(name, row)                                                        \
    {                                                                          \
        "hostile redis: " name, test_start, &(row)                             \
    }

static const struct test_case cases[] = {
    CASE("no Redis at all", no_redis),
    CASE("a number for entries", number),
    CASE("nothing for entries", nothing),
    CASE("arrays in arrays in arrays", nested),
    CASE("a line without an end", endless_line),
    CASE("a text without an end", endless_text),
    CASE("the same entry again and again", same_again),
    CASE("an entry before the last one", backwards),
    CASE("an entry without an id", no_id),
    CASE("a stream that was cut, without a snapshot", no_snapshot),
    CASE("half a snapshot", short_snapshot),
    CASE("a snapshot without its worlds", no_worlds),
};

int run_state_redis_hostile_tests(void)
{
    return test_cases_run(cases, sizeof cases / sizeof cases[0]);
}
