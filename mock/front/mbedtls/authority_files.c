/*
 * Reads and writes the files of an authority. What is there is used or refused,
 * never replaced: clients may trust it already.
 */
#include "authority_files.h"

#include <errno.h>
#include <fcntl.h>
#include <mbedtls/oid.h>
#include <mbedtls/pem.h>
#include <mbedtls/platform_util.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/xalloc.h"
#include "library_versions.h"

#define CERTIFICATE_FILE "ca.pem"
#define KEY_FILE         "ca.key"
#define BEGIN            "-----BEGIN CERTIFICATE-----"
#define END              "-----END CERTIFICATE-----"
#define WAY_OUT                                                                \
    "; remove both files and slackmock makes a new pair, which clients must "  \
    "then trust"

static int complain(struct buffer *why, const char *path, const char *problem)
{
    buffer_printf(why, "%s: %s", path, problem);
    return -1;
}

/* ---- reading ---- */

/*
 * Whoever owns them knows the key, and clients would trust him: a folder that
 * all may write to can hold files that somebody else has laid out. The
 * superuser may keep them for another, and reads anybody's.
 */
static int check_owner(const char *path, const struct stat *status,
                       struct buffer *why)
{
    if (status->st_uid == geteuid() || status->st_uid == 0 || geteuid() == 0)
        return 0;
    buffer_printf(why,
                  "%s: belongs to another user (%ld), whom clients would "
                  "trust with it",
                  path, (long)status->st_uid);
    return -1;
}

static int check_file(const char *path, int fd, struct buffer *why)
{
    struct stat status;

    if (fstat(fd, &status) != 0)
        return complain(why, path, strerror(errno));
    if (!S_ISREG(status.st_mode))
        return complain(why, path, "is no regular file");
    return check_owner(path, &status, why);
}

/* It waits for nobody who would write into a pipe. */
static int open_file(const char *path, struct buffer *why)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

    if (fd < 0)
        return complain(why, path, strerror(errno));
    if (check_file(path, fd, why) == 0)
        return fd;
    (void)close(fd);
    return -1;
}

static int read_bytes(const char *path, int fd, unsigned char *bytes,
                      struct buffer *why)
{
    ssize_t length = read(fd, bytes, CERTIFICATE_SIZE - 1);

    if (length < 0)
        return complain(why, path, strerror(errno));
    bytes[length] = '\0';
    return 0;
}

static int read_file(const char *path, unsigned char *bytes, struct buffer *why)
{
    int fd = open_file(path, why);
    int result = fd < 0 ? -1 : read_bytes(path, fd, bytes, why);

    if (fd >= 0)
        (void)close(fd);
    return result;
}

/* As ca.key is made. Another's is left as he keeps it. */
static int make_private(const char *path, struct buffer *why)
{
    struct stat status;

    if (stat(path, &status) == 0 &&
        (status.st_uid != geteuid() || !(status.st_mode & 077) ||
         chmod(path, S_IRUSR | S_IWUSR) == 0))
        return 0;
    return complain(why, path, strerror(errno));
}

/* NOLINTBEGIN(readability-function-size): the library's parameters */
/*
 * The library refuses a critical extension that it does not know, and the
 * constraint of names is one.
 */
static int accept_extension(void *unused, const mbedtls_x509_crt *certificate,
                            const mbedtls_x509_buf *oid, int is_critical,
                            const unsigned char *value,
                            const unsigned char *end)
{
    (void)unused;
    (void)certificate;
    (void)is_critical;
    (void)value;
    (void)end;
    return MBEDTLS_OID_CMP(MBEDTLS_OID_NAME_CONSTRAINTS, oid);
}
/* NOLINTEND(readability-function-size) */

static int parse_certificate(mbedtls_x509_crt *certificate,
                             const unsigned char *pem)
{
    mbedtls_pem_context context;
    size_t used;
    int error;

    mbedtls_pem_init(&context);
    error = mbedtls_pem_read_buffer(&context, BEGIN, END, pem, NULL, 0, &used);
    if (!error) {
        size_t length;
        const unsigned char *content = library_pem_content(&context, &length);

        error = mbedtls_x509_crt_parse_der_with_ext_cb(
            certificate, content, length, 1, accept_extension, NULL);
    }
    mbedtls_pem_free(&context);
    return error;
}

static int parse_key(struct authority *authority, const unsigned char *pem)
{
    return library_parse_key(&authority->key, pem,
                             strlen((const char *)pem) + 1, &authority->random);
}

static void copy_date(char *date, const mbedtls_x509_time *time)
{
    snprintf(date, DATE_SIZE, "%04u%02u%02u%02u%02u%02u",
             (unsigned)time->year % 10000, (unsigned)time->mon % 100,
             (unsigned)time->day % 100, (unsigned)time->hour % 100,
             (unsigned)time->min % 100, (unsigned)time->sec % 100);
}

/* What keeps the pair from being used, NULL for nothing. */
static const char *judge(struct authority *authority,
                         const mbedtls_x509_crt *certificate)
{
    if (!library_is_authority(certificate) ||
        mbedtls_x509_dn_gets(authority->subject, sizeof authority->subject,
                             &certificate->subject) < 0)
        return "is no certificate authority that slackmock made" WAY_OUT;
    if (!library_is_pair(&certificate->pk, &authority->key, &authority->random))
        return "does not belong to the key in " KEY_FILE WAY_OUT;
    if (mbedtls_x509_time_is_past(&certificate->valid_to))
        return "has expired" WAY_OUT;
    copy_date(authority->not_before, &certificate->valid_from);
    copy_date(authority->not_after, &certificate->valid_to);
    return NULL;
}

static int read_certificate(struct authority *authority, const char *path,
                            struct buffer *why)
{
    mbedtls_x509_crt certificate;
    const char *problem;

    mbedtls_x509_crt_init(&certificate);
    problem = parse_certificate(&certificate, authority->pem) != 0
                  ? "holds no certificate that can be read" WAY_OUT
                  : judge(authority, &certificate);
    mbedtls_x509_crt_free(&certificate);
    return problem ? complain(why, path, problem) : 0;
}

static int read_key(struct authority *authority, const char *path,
                    struct buffer *why)
{
    unsigned char pem[CERTIFICATE_SIZE];
    int result = 0;

    if (read_file(path, pem, why) != 0 || make_private(path, why) != 0)
        return -1;
    if (parse_key(authority, pem) != 0)
        result = complain(why, path, "holds no key that can be read" WAY_OUT);
    mbedtls_platform_zeroize(pem, sizeof pem);
    return result;
}

static enum authority_files read_pair(struct authority *authority,
                                      const char *certificate, const char *key,
                                      struct buffer *why)
{
    if (access(certificate, F_OK) != 0 && errno == ENOENT &&
        access(key, F_OK) != 0 && errno == ENOENT)
        return FILES_ABSENT;
    if (read_file(certificate, authority->pem, why) == 0 &&
        read_key(authority, key, why) == 0 &&
        read_certificate(authority, certificate, why) == 0)
        return FILES_READ;
    return FILES_BAD;
}

enum authority_files authority_files_read(struct authority *authority,
                                          const char *directory,
                                          struct buffer *why)
{
    char *certificate = xasprintf("%s/" CERTIFICATE_FILE, directory);
    char *key = xasprintf("%s/" KEY_FILE, directory);
    enum authority_files result = read_pair(authority, certificate, key, why);

    free(certificate);
    free(key);
    return result;
}

/* ---- writing ---- */

/* A file that is not there yet, whole or not at all. */
static int write_file(const char *path, const unsigned char *pem, mode_t mode,
                      struct buffer *why)
{
    const size_t length = strlen((const char *)pem);
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);

    if (fd < 0)
        return complain(why, path, strerror(errno));
    if (write(fd, pem, length) == (ssize_t)length && fsync(fd) == 0 &&
        close(fd) == 0)
        return 0;
    (void)complain(why, path, strerror(errno));
    (void)unlink(path);
    return -1;
}

static int write_key(struct authority *authority, const char *path,
                     struct buffer *why)
{
    unsigned char pem[CERTIFICATE_SIZE];
    int error = mbedtls_pk_write_key_pem(&authority->key, pem, sizeof pem);
    int result = error ? authority_fail(why, path, error)
                       : write_file(path, pem, S_IRUSR | S_IWUSR, why);

    mbedtls_platform_zeroize(pem, sizeof pem);
    return result;
}

int authority_files_write(struct authority *authority, const char *directory,
                          struct buffer *why)
{
    char *certificate = xasprintf("%s/" CERTIFICATE_FILE, directory);
    char *key = xasprintf("%s/" KEY_FILE, directory);
    int result = 0;

    if (mkdir(directory, S_IRWXU) != 0 && errno != EEXIST)
        result = complain(why, directory, strerror(errno));
    if (result == 0)
        result = write_key(authority, key, why);
    if (result == 0 &&
        write_file(certificate, authority->pem,
                   S_IRUSR | S_IWUSR | S_IRGRP | S_IROTH, why) != 0) {
        (void)unlink(key);
        result = -1;
    }
    free(certificate);
    free(key);
    return result;
}
