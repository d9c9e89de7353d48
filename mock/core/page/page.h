/*
 * Answers what a browser asks for to show the live page. Its files hold no
 * data, so the control token guards them no more than the program itself does;
 * what they show comes by the control API.
 */
#ifndef SLACKMOCK_PAGE_H
#define SLACKMOCK_PAGE_H

#include <stdbool.h>

struct page_file;
struct refusal;
struct reply;
struct request;

/* True for a browser that wants to see the place that it asks for. */
bool page_is_wanted(const struct request *request);

/* Answers with a file; NULL: there is no such file. */
void page_answer(const struct page_file *file, const struct request *request,
                 struct reply *reply);

/*
 * Sends the browser on from FOLDER to FOLDER/, where the page's addresses hold.
 */
void page_enter(const char *folder, struct reply *reply);

/* Says, as a page, why there is none. The texts are constants. */
void page_refuse(const struct refusal *refusal, struct reply *reply);

#endif
