/* The shared assertions of the client tests; see check.h. */
#include "check.h"

#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>

#define KEY_MAX  64
#define KEYS_MAX 512

void check_number(long long got, long long wanted, const char *what,
                  const char *file, int line)
{
    if (got == wanted)
        return;
    print_error("%s is %lld, wanted %lld\n", what, got, wanted);
    _fail(file, line);
}

void check_text(const char *got, const char *wanted, const char *what,
                const char *file, int line)
{
    if (got && wanted ? strcmp(got, wanted) == 0 : got == wanted)
        return;
    print_error("%s is\n  %s\nwanted\n  %s\n", what, got ? got : "(nothing)",
                wanted ? wanted : "(nothing)");
    _fail(file, line);
}

void check_contains(const char *text, const char *piece, const char *what,
                    const char *file, int line)
{
    if (text && strstr(text, piece))
        return;
    print_error("%s is\n  %s\nwanted in it\n  %s\n", what,
                text ? text : "(nothing)", piece);
    _fail(file, line);
}

void check_lacks(const char *text, const char *piece, const char *what,
                 const char *file, int line)
{
    if (text && !strstr(text, piece))
        return;
    print_error("%s is\n  %s\nnot wanted in it\n  %s\n", what,
                text ? text : "(nothing)", piece);
    _fail(file, line);
}

static const cJSON *json_child(const cJSON *parent, const char *key)
{
    if (cJSON_IsArray(parent)) {
        char *end;
        long index = strtol(key, &end, 10);

        return *end ? NULL : cJSON_GetArrayItem(parent, (int)index);
    }
    return cJSON_GetObjectItemCaseSensitive(parent, key);
}

const cJSON *json_at(const cJSON *root, const char *path)
{
    char key[KEY_MAX];

    while (root && *path) {
        size_t length = strcspn(path, ".");

        if (length >= sizeof key)
            return NULL;
        memcpy(key, path, length);
        key[length] = '\0';
        root = json_child(root, key);
        path += length + (path[length] == '.');
    }
    return root;
}

/* The whole document goes along: a path alone seldom tells what happened. */
static void complain(const cJSON *root, const char *path, const char *wanted)
{
    char *whole = root ? cJSON_PrintUnformatted(root) : NULL;
    char *found = NULL;

    if (json_at(root, path))
        found = cJSON_PrintUnformatted(json_at(root, path));
    print_error("%s is\n  %s\nwanted\n  %s\nin\n  %s\n", path,
                found ? found : "(absent)", wanted ? wanted : "(absent)",
                whole ? whole : "(nothing)");
    cJSON_free(found);
    cJSON_free(whole);
}

void check_json(const cJSON *root, const char *path, const char *wanted,
                const char *file, int line)
{
    const cJSON *value = json_at(root, path);
    char *text = NULL;
    int equal;

    if (value && !cJSON_IsNull(value))
        text = cJSON_PrintUnformatted(value);
    equal = text && wanted ? strcmp(text, wanted) == 0 : !text && !wanted;
    cJSON_free(text);
    if (equal)
        return;
    complain(root, path, wanted);
    _fail(file, line);
}

void check_json_text(const cJSON *root, const char *path, const char *wanted,
                     const char *file, int line)
{
    const cJSON *value = json_at(root, path);

    if (cJSON_IsString(value) && wanted &&
        strcmp(value->valuestring, wanted) == 0)
        return;
    if (!wanted && (!value || cJSON_IsNull(value)))
        return;
    complain(root, path, wanted);
    _fail(file, line);
}

void check_keys(const cJSON *object, const char *wanted, const char *file,
                int line)
{
    char keys[KEYS_MAX] = "";
    size_t length = 0;
    const cJSON *item;

    cJSON_ArrayForEach (item, object) {
        const char *key = item->string ? item->string : "?";
        size_t room = sizeof keys - length;
        size_t needed = strlen(key) + (length > 0);

        if (needed >= room)
            break;
        if (length > 0)
            keys[length++] = ',';
        memcpy(keys + length, key, strlen(key) + 1);
        length += strlen(key);
    }
    check_text(keys, wanted, "the list of keys", file, line);
}
