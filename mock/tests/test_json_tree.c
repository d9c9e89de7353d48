/* Trees that are built in an arena, whole or entry by entry. */
#include <cjson/cJSON.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/xalloc.h"
#include "check.h"
#include "json/json_text.h"
#include "json/json_tree.h"

#define DEPTH 64

static void check_same_text(const char *one, const char *other)
{
    assert_true(!one == !other);
    if (one && other)
        assert_string_equal(one, other);
}

static void check_same_value(const cJSON *one, const cJSON *other)
{
    assert_number(one->type, other->type);
    assert_number(one->valueint, other->valueint);
    assert_true(one->valuedouble == other->valuedouble);
    assert_true(!signbit(one->valuedouble) == !signbit(other->valuedouble));
    check_same_text(one->string, other->string);
    check_same_text(one->valuestring, other->valuestring);
}

/* The members of two lists, as far as cJSON fills them; the first one knows the
 * last. */
static void check_same(const cJSON *one, const cJSON *other)
{
    const cJSON *last = one ? one->prev : NULL;

    assert_true(!one == !other);
    for (; one && other; one = one->next, other = other->next) {
        check_same_value(one, other);
        check_same(one->child, other->child);
        assert_true(!one->next == (one == last));
        assert_true(!one->next || one->next->prev == one);
    }
    assert_true(!one && !other);
}

static void a_tree_in_an_arena_is_the_same(void **state)
{
    static const char *const texts[] = {
        "{}",
        " [ ] ",
        "7",
        "\"\"",
        " {\"a\" : [ true , false , null , \"b\" ] , \"c\" : { } } ",
        "[[[1],[2,[3]]],{\"\":{\"\":\"\"}}]",
        "[0,-0,1,-1,2147483647,2147483648,-2147483648,-2147483649,1e20,"
        "-1E+2,1.5e-3,0.1]",
        "{\"k\\u00e9\\n\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\",\"\\\\\":\"\\\\\"}",
        "[\"\\ud83d\\ude00\",\"\\u20ac\",\"\\u0041\",\"\xc3\xa9\x7f\"]",
        "{\"a\":1,\"a\":\"[{,:}]\"}",
    };

    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        const struct json_text text = {texts[i], strlen(texts[i]), NULL};
        struct json_syntax_error error;
        struct arena arena = {0};
        cJSON *wanted = json_text_parse(text.bytes, text.length, DEPTH, &error);
        cJSON *found = json_text_parse_into(&arena, &text, DEPTH, &error);

        assert_non_null(wanted);
        assert_non_null(found);
        check_same_value(found, wanted);
        check_same(found->child, wanted->child);
        cJSON_Delete(wanted);
        arena_free(&arena);
    }
}

/* Entries of "list" as one tree of all has them, and as they are built one by
 * one. */
static void check_same_entries(const char *json)
{
    const struct json_text whole = {json, strlen(json), NULL};
    const struct json_text left = {json, strlen(json), "list"};
    struct json_syntax_error error;
    struct arena arena = {0};
    cJSON *tree = json_text_parse_into(&arena, &whole, DEPTH, &error);
    cJSON *thin = json_text_parse_into(&arena, &left, DEPTH, &error);
    struct json_entries wanted =
        json_entries_begin(cJSON_GetObjectItemCaseSensitive(tree, "list"));
    cJSON *array = cJSON_GetObjectItemCaseSensitive(thin, "list");
    struct json_entries found = json_entries_begin(array);
    const cJSON *entry;

    assert_true(cJSON_IsArray(array));
    assert_null(array->child);
    assert_number(cJSON_GetArraySize(tree), cJSON_GetArraySize(thin));
    while ((entry = json_entries_next(&wanted))) {
        const cJSON *built = json_entries_next(&found);

        assert_non_null(built);
        check_same_value(built, entry);
        check_same(built->child, entry->child);
    }
    assert_null(json_entries_next(&found));
    assert_null(json_entries_next(&found));
    json_entries_end(&wanted);
    json_entries_end(&found);
    arena_free(&arena);
}

static void entries_of_a_list_are_built_one_by_one(void **state)
{
    static const char *const texts[] = {
        "{\"list\":[]}",
        "{\"list\" : [ ] }",
        "{\"a\":1,\"list\":[1,\"b\",{\"c\":[true,null]},[],[[2]]],\"d\":\"e\"}",
        "\xef\xbb\xbf{\"a\":{\"list\":[0]},\"list\" :\n[ {\"list\":[3]} , "
        "-4.5e1 "
        "] , \"list\":[5]}",
        "{\"list\":[\"\\\"],[\",\"\\u00e9\\n]\"]}",
    };

    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        check_same_entries(texts[i]);
}

/* An entry whose shape is that of the one before, or nearly. */
static void entries_of_one_shape_are_built_alike(void **state)
{
    static const char *const entries[] = {
        "{\"a\":\"x\",\"b\":[\"y\",1]}",
        "{\"a\":\"\",\"b\":[\"longer\",1]}", /* the shape of the first */
        "{\"a\":\"x\",\"b\":[\"y\",12]}",
        "{\"a\":\"x\",\"b\":[\"y\",1],\"c\":\"z\"}",
        "{\"a\":\"\\u00e9\",\"b\":[\"y\",1]}",
        "{\"a\":\"\xc3\xa9\",\"b\":[\"y\",1]}",
        "{ \"a\" :\n\"x\", \"b\":[\"y\",1]}",
        "{\"c\":\"x\",\"b\":[\"y\",1]}",
        "{\"a\":{\"a\":{\"a\":\"x\"}},\"b\":\"y\"}",
        "{}",
        "{\"a\":true}",
        "\"a\"",
        "12",
        "1",
        "[\"a\",\"b\"]",
        "{\"1\":\"\",\"2\":\"\",\"3\":\"\",\"4\":\"\",\"5\":\"\",\"6\":\"\","
        "\"7\":\"\",\"8\":\"\",\"9\":\"\",\"10\":\"\",\"11\":\"\",\"12\":\"\","
        "\"13\":\"\",\"14\":\"\",\"15\":\"\",\"16\":\"p\"}",
        "{\"1\":\"\",\"2\":\"\",\"3\":\"\",\"4\":\"\",\"5\":\"\",\"6\":\"\","
        "\"7\":\"\",\"8\":\"\",\"9\":\"\",\"10\":\"\",\"11\":\"\",\"12\":\"\","
        "\"13\":\"\",\"14\":\"\",\"15\":\"\",\"16\":\"p\",\"17\":\"q\"}",
    };
    const size_t count = sizeof entries / sizeof *entries;

    (void)state;
    for (size_t i = 0; i < count * count; i++) {
        const char *one = entries[i / count];
        const char *other = entries[i % count];
        char *json =
            xasprintf("{\"list\":[%s,%s , %s,%s]}", one, other, other, one);

        check_same_entries(json);
        free(json);
    }
}

/* The first entry gives the shape; what is wrong is in the second, and found
 * where it is found without the first. */
static void an_entry_of_nearly_one_shape_is_refused_as_any(void **state)
{
    static const char *const entries[] = {
        "{\"a\":\"x\",\"b\":1",
        "{\"a\":\"x\",\"b\":1}}",
        "{\"a\":\"x\",\"b\":1}1",
        "{\"a\":\"x\",\"b\":1}\"",
        "{\"a\":\"x\",\"b\":1},",
        "{\"a\":\"x\",\"b\":01}",
        "{\"a\":\"x\"",
        "{\"a\":\"x\n\",\"b\":1}",
        "{\"a\":\"x\\q\",\"b\":1}",
        "{\"a\":\"x\xff\",\"b\":1}",
        "{\"a\":\"x\\u0000\",\"b\":1}",
        "{\"a\":\"x,\"b\":1}",
    };

    (void)state;
    for (size_t i = 0; i < sizeof entries / sizeof *entries; i++) {
        char *json =
            xasprintf("{\"list\":[{\"a\":\"\",\"b\":1},%s]}", entries[i]);
        const struct json_text whole = {json, strlen(json), NULL};
        const struct json_text left = {json, strlen(json), "list"};
        struct json_syntax_error wanted;
        struct json_syntax_error found;
        struct arena arena = {0};

        assert_null(json_text_parse_into(&arena, &whole, DEPTH, &wanted));
        assert_null(json_text_parse_into(&arena, &left, DEPTH, &found));
        free(json);
        assert_string_equal(found.message, wanted.message);
        assert_number(found.line, wanted.line);
        assert_number(found.column, wanted.column);
    }
}

/* Only a list of the outermost object has its entries built one by one. */
static void any_other_value_is_built_with_the_tree(void **state)
{
    static const char *const texts[] = {
        "{\"list\":{\"a\":[1]}}", "{\"list\":\"[1]\"}", "[\"list\",[1]]",
        "{\"a\":{\"list\":[1]}}", "{\"lists\":[1]}",    "{\"\\u006cist\":[1]}",
    };

    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        const struct json_text whole = {texts[i], strlen(texts[i]), NULL};
        const struct json_text left = {texts[i], strlen(texts[i]), "list"};
        struct json_syntax_error error;
        struct arena arena = {0};
        cJSON *wanted = json_text_parse_into(&arena, &whole, DEPTH, &error);
        cJSON *found = json_text_parse_into(&arena, &left, DEPTH, &error);

        check_same_value(found, wanted);
        check_same(found->child, wanted->child);
        arena_free(&arena);
    }
}

int main(void)
{
    struct test_list list = {.count = 0};

    add_test(&list, a_tree_in_an_arena_is_the_same);
    add_test(&list, entries_of_a_list_are_built_one_by_one);
    add_test(&list, entries_of_one_shape_are_built_alike);
    add_test(&list, an_entry_of_nearly_one_shape_is_refused_as_any);
    add_test(&list, any_other_value_is_built_with_the_tree);
    return run_list("JSON trees", &list);
}
