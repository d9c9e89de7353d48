/* Which texts a glob matches; its quick way must pass over none of them. */
#include <stdbool.h>
#include <string.h>

#include "check.h"
#include "rules/glob.h"

struct row {
    const char *name;
    const char *glob;
    const char *text;
    bool matches;
    bool looks_so; /* the first and last eight bytes do not rule it out */
};

static struct row rows[] = {
    {"itself", "xoxb-1", "xoxb-1", true, true},
    {"another text", "xoxb-1", "xoxp-1", false, false},
    {"another text of eight bytes", "12345678", "12345679", false, false},
    {"a difference behind eight bytes", "123456789", "12345678x", false, false},
    {"a difference between the eights", "12345678-12345678",
     "12345678+12345678", false, true},
    {"nothing at all", "", "", true, true},
    {"a text for an empty glob", "", "a", false, true},
    {"a text that ends early", "abc", "ab", false, false},
    {"a star for a run", "xoxb-*-7", "xoxb-12-7", true, true},
    {"a star for nothing", "ab*", "ab", true, true},
    {"a star at the start", "*b", "aab", true, true},
    {"what stands before a star", "ab*", "ba", false, false},
    {"what stands behind a star", "a*b", "ac", false, false},
    {"a mark for one byte", "?.?", "1.2", true, true},
    {"a mark for no byte", "ab?", "ab", false, false},
    {"a letter behind a mark", "?b", "ac", false, false},
    {"two stars that want what one gave", "*ab*b", "aabab", true, true},
    {"bytes beyond ASCII", "\xc3\xa9*", "\xc3\xa9t\xc3\xa9", true, true},
};

/* By both edges. */
static bool looks_so(const char *glob, const char *text, size_t length)
{
    struct glob_edge wanted[EDGES];
    uint64_t found[EDGES];

    glob_edges(glob, wanted);
    glob_text_edges(text, length, found);
    return glob_edge_allows(&wanted[EDGE_START], found[EDGE_START]) &&
           glob_edge_allows(&wanted[EDGE_END], found[EDGE_END]);
}

static void it_is_matched(void **state)
{
    const struct row *row = *state;
    const size_t length = strlen(row->text);

    assert_number(glob_matches(row->glob, row->text, length), row->matches);
    assert_number(looks_so(row->glob, row->text, length), row->looks_so);
}

static void nothing_rules_nothing_out(void **state)
{
    (void)state;
    assert_true(looks_so(NULL, "abc", 3));
    assert_true(looks_so(NULL, NULL, 0));
}

static void a_nul_is_a_byte_of_a_text(void **state)
{
    (void)state;
    assert_true(glob_matches("a*b", "a\0b", 3));
    assert_true(glob_matches("a?b", "a\0b", 3));
    assert_false(glob_matches("a", "a\0b", 3));
}

int main(void)
{
    struct test_list list = {.count = 0};

    add_rows(&list, it_is_matched, rows);
    add_test(&list, nothing_rules_nothing_out);
    add_test(&list, a_nul_is_a_byte_of_a_text);
    return run_list("glob", &list);
}
