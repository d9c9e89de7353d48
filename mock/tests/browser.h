/*
 * A browser at the authorize pages of a mock, for tests of installations.
 */
#ifndef SLACKMOCK_TESTS_BROWSER_H
#define SLACKMOCK_TESTS_BROWSER_H

#include "life.h"

/* URL parameters of the default world's app, and its way back. */
#define BACK   "http://localhost:3000/cb"
#define ASKING CLIENT "&redirect_uri=" BACK "&state=s1"

/* A scenario whose app is laid over the default one's with these keys. */
#define APP(keys) BASE ",\"apps\":[{\"id\":\"A0APP\"," keys "}]}"

/* GETs a page with a query; the body. The reply stands in life->world. */
const char *browser_get(struct life *life, const char *path, const char *query);

/* POSTs its form. */
const char *browser_post(struct life *life, const char *path, const char *form);

/* By what browsers tell where a form was; NULL: it is not sent. */
struct form_place {
    const char *site; /* Sec-Fetch-Site */
    const char *origin;
    const char *host;
};

/* The same of a form that was there. */
const char *browser_post_from(struct life *life, const char *path,
                              const char *form, const struct form_place *place);

/* Where the last reply leads; NULL: nowhere. Lent until the next call. */
const char *browser_location(const struct life *life);

/* The same of a reply that must lead somewhere. */
const char *browser_leads(const struct life *life);

/*
 * Allows at that page by its form. The redirect must carry a code, which is
 * copied.
 */
void browser_install(struct life *life, const char *path, const char *form,
                     char code[128]);

/* The form of an exchange: a code, and more. Lent by the life. */
const char *browser_form(struct life *life, const char *more, const char *code);

/* The claims, or the header, of the id_token in a body. Lent until the next. */
const char *browser_claims(const char *body);
const char *browser_token_header(const char *body);

/* The last reply is a refusal with that error, and leads nowhere. */
void assert_page_refused(const struct life *life, const char *error);

#endif
