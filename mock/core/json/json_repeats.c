/* By a table, since an object may have as many members as a body holds. */
#include "json/json_repeats.h"

#include <cjson/cJSON.h>
#include <string.h>

#include "base/hash_table.h"

static void drop_members(cJSON *object)
{
    struct hash_table members = {0};
    cJSON *member;

    cJSON_ArrayForEach (member, object) {
        size_t length = strlen(member->string);
        cJSON *before = hash_table_remove(&members, member->string, length);

        if (before)
            cJSON_Delete(cJSON_DetachItemViaPointer(object, before));
        hash_table_put(&members, member->string, length, member);
    }
    hash_table_free(&members);
}

void json_drop_repeats(struct cJSON *tree)
{
    cJSON *part;

    if (!tree)
        return;
    if (cJSON_IsObject(tree) && tree->child && tree->child->next)
        drop_members(tree);
    cJSON_ArrayForEach (part, tree)
        json_drop_repeats(part);
}
