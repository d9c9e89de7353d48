/*
 * cmocka and the assertions that the client tests share. Tests include this and
 * never cmocka itself, whose header wants these four before it.
 */
#ifndef CLIENT_TESTS_CHECK_H
#define CLIENT_TESTS_CHECK_H

/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

struct cJSON;

/* Each of these prints what it got and what was wanted before it fails. */
#define assert_number(got, wanted)                                             \
    check_number((long long)(got), (long long)(wanted), #got, __FILE__,        \
                 __LINE__)
#define assert_text(got, wanted)                                               \
    check_text((got), (wanted), #got, __FILE__, __LINE__)
#define assert_contains(text, piece)                                           \
    check_contains((text), (piece), #text, __FILE__, __LINE__)
#define assert_lacks(text, piece)                                              \
    check_lacks((text), (piece), #text, __FILE__, __LINE__)

/*
 * The value at a path like `body.response_metadata.messages.0`, compared with
 * compact JSON text. Wanted NULL: null or absent.
 */
#define assert_json(root, path, wanted)                                        \
    check_json((root), (path), (wanted), __FILE__, __LINE__)

/* The same for a string, without its quotes. */
#define assert_json_text(root, path, wanted)                                   \
    check_json_text((root), (path), (wanted), __FILE__, __LINE__)

/* The object's keys in their order, comma-joined. */
#define assert_keys(object, wanted)                                            \
    check_keys((object), (wanted), __FILE__, __LINE__)

void check_number(long long got, long long wanted, const char *what,
                  const char *file, int line);
void check_text(const char *got, const char *wanted, const char *what,
                const char *file, int line);
void check_contains(const char *text, const char *piece, const char *what,
                    const char *file, int line);
void check_lacks(const char *text, const char *piece, const char *what,
                 const char *file, int line);
void check_json(const struct cJSON *root, const char *path, const char *wanted,
                const char *file, int line);
void check_json_text(const struct cJSON *root, const char *path,
                     const char *wanted, const char *file, int line);
void check_keys(const struct cJSON *object, const char *wanted,
                const char *file, int line);

/* The value at such a path, NULL if there is none. Lent. */
const struct cJSON *json_at(const struct cJSON *root, const char *path);

#endif
