/* Finds the files of the live page by their names. */
#include "page/page_file.h"

#include <string.h>

const struct page_file *page_file_find(const char *name)
{
    for (size_t i = 0; i < page_file_count; i++)
        if (strcmp(page_files[i].name, name) == 0)
            return &page_files[i];
    return NULL;
}
