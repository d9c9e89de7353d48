/* For cppcheck, which reads no system headers: the macros that look like none. */
#define cJSON_ArrayForEach(item, list)                                         \
    for (item = (list)->child; item; item = item->next)
