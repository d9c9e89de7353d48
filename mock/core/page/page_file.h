/*
 * The files of the live page: a table that is made from mock/page/ when
 * slackmock is built.
 */
#ifndef SLACKMOCK_PAGE_FILE_H
#define SLACKMOCK_PAGE_FILE_H

#include <stddef.h>

struct page_file {
    const char *name;
    const char *type; /* its Content-Type */
    const char *tag;  /* its ETag, with quotes */
    const char *gzip_tag;
    const char *bytes;
    size_t length;
    const char *gzip; /* the same, compressed */
    size_t gzip_length;
};

extern const struct page_file page_files[];
extern const size_t page_file_count;

/* NULL if there is none of that name. */
const struct page_file *page_file_find(const char *name);

#endif
