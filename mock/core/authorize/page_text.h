/*
 * Text for a page and for the query of a URL, where nothing that was sent may
 * mean more than itself.
 */
#ifndef SLACKMOCK_PAGE_TEXT_H
#define SLACKMOCK_PAGE_TEXT_H

#include <stddef.h>

#include "base/buffer.h"

/* Adds the bytes as text or as a quoted attribute's value. */
void page_add_bytes(struct buffer *page, const char *bytes, size_t length);
void page_add_text(struct buffer *page, const char *text);

/* Adds the bytes as application/x-www-form-urlencoded. */
void page_add_form_value(struct buffer *url, const char *bytes, size_t length);

#endif
