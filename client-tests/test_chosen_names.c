/*
 * Names of arguments that were chosen so that all have one hash, in a table
 * that is not seeded: reading them must stay quick.
 */
#include <cjson/cJSON.h>
#include <stdint.h>
#include <string.h>

#include "check.h"
#include "control_client.h"
#include "deadline.h"
#include "http_client.h"
#include "server_fixture.h"
#include "test_case.h"
#include "test_groups.h"

#define CHOSEN      35000
#define NAME_LENGTH 16
#define QUICK_MS    3000

/* A step of a hash that is known, and can be inverted. */
static uint64_t mix(uint64_t hash, uint64_t word)
{
    hash = (hash ^ word) * 0x9e3779b97f4a7c15ULL;
    return hash ^ (hash >> 32);
}

/* True for eight bytes that need no escape in a form. */
static bool is_plain(uint64_t word)
{
    for (int i = 0; i < 8; i++, word >>= 8) {
        unsigned char byte = word & 0xff;

        if (!byte || byte >= 0x80 || strchr("%&+=", byte))
            return false;
    }
    return true;
}

/* Eight printable bytes for each number. */
static uint64_t spell(uint64_t number)
{
    uint64_t word = 0;

    for (int i = 0; i < 8; i++, number >>= 4)
        word = word << 8 | ('a' + (number & 15));
    return word;
}

/* A form of CHOSEN arguments whose names all have one hash. */
static const char *chosen_form(struct test *test)
{
    const size_t length = CHOSEN * (NAME_LENGTH + 1) - 1;
    char *form = test_printf(test, "%0*d", (int)length, 0);
    size_t at = 0;

    for (uint64_t number = 0; at < length; number++) {
        uint64_t first = spell(number);
        uint64_t second = mix(NAME_LENGTH, first) ^ spell(0);

        if (!is_plain(second))
            continue;
        memcpy(form + at, &first, sizeof first);
        memcpy(form + at + sizeof first, &second, sizeof second);
        at += NAME_LENGTH + 1;
        form[at - 1] = at < length ? '&' : '\0';
    }
    return form;
}

/* Sends the form; `journaled` of its names must be journaled, and read quickly.
 */
static void check_chosen(struct test *test, const char *option, int journaled)
{
    struct server *server =
        server_start(test, NULL, ARGUMENTS("--max-arguments", option));
    const cJSON *journal;
    deadline start;

    assert_json(http_exchange(test, server, chosen_form(test))->json, "ok",
                "false");
    start = deadline_clock();
    journal = control_journal(test, server, "");
    assert_true(deadline_clock() - start < QUICK_MS);
    assert_number(cJSON_GetArraySize(json_at(journal, "requests.0.arguments")),
                  journaled);
}

static void test_chosen_names(struct test *test)
{
    check_chosen(test, "1000000", CHOSEN);
}

static void test_journaled_names(struct test *test)
{
    check_chosen(test, "1000", 1000);
}

static const struct test_case cases[] = {
    {"chosen names: those with one hash are read quickly", test_chosen_names,
     NULL},
    {"chosen names: no more are journaled than a call may have",
     test_journaled_names, NULL},
};

int run_chosen_names_tests(void)
{
    return test_cases_run(cases, sizeof cases / sizeof cases[0]);
}
