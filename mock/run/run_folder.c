/* Files are small and few: each is made in memory first. */
#include "run_folder.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/xalloc.h"
#include "certificates.h"
#include "command_environment.h"
#include "node_preload.h"
#include "variables.h"

enum { CERTIFICATES, NODE_CERTIFICATES, NODE_PRELOAD, TRUST_STORE, FILES };

struct run_folder {
    char *path;
    char *files[FILES];
};

static const char *const file_names[FILES] = {
    "certificates.pem", "node-certificates.pem", "preload.cjs", "trust.jks"};

/* Where systems keep theirs: Debian, Fedora, SUSE, Alpine and macOS. */
static const char *const system_files[] = {
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/ca-bundle.pem",
    "/etc/ssl/cert.pem",
};

/* False, with nothing added, if it cannot be read. */
static bool add_file(struct buffer *content, const char *path)
{
    FILE *file = fopen(path, "re");
    char piece[4096];
    size_t length;

    if (!file)
        return false;
    while ((length = fread(piece, 1, sizeof piece, file)) > 0)
        buffer_add(content, piece, length);
    buffer_add_byte(content, '\n');
    (void)fclose(file);
    return true;
}

/* Returns the path of the file, "" if there is none. */
static const char *add_system(struct buffer *certificates)
{
    for (size_t i = 0; i < sizeof system_files / sizeof system_files[0]; i++)
        if (add_file(certificates, system_files[i]))
            return system_files[i];
    return "";
}

/* Those that the user's own variables name are trusted on; `last` is there
 * already. */
static void add_named(struct buffer *certificates,
                      const struct variables *variables,
                      const char *const *names, const char *last)
{

    for (; *names; names++) {
        const char *path = variables_get(variables, *names);

        if (path && *path && strcmp(path, last) != 0)
            (void)add_file(certificates, path);
        last = path ? path : last;
    }
}

static int fail(struct buffer *why, const char *path)
{
    buffer_printf(why, "cannot write %s: %s", path, strerror(errno));
    return -1;
}

static int write_file(const struct run_folder *folder, size_t which,
                      const struct buffer *content, struct buffer *why)
{
    const char *path = folder->files[which];
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    FILE *file = fd < 0 ? NULL : fdopen(fd, "w");
    size_t written;

    if (!file)
        return fail(why, path);
    written = fwrite(buffer_text(content), 1, content->length, file);
    if (fclose(file) != 0 || written < content->length)
        return fail(why, path);
    return 0;
}

static int write_certificates(const struct run_folder *folder,
                              const char *certificate,
                              const struct variables *variables,
                              struct buffer *why)
{
    static const char *const names[] = {"SSL_CERT_FILE", "REQUESTS_CA_BUNDLE",
                                        "CURL_CA_BUNDLE", NULL};
    struct buffer all = BUFFER_INIT;
    struct buffer store = BUFFER_INIT;
    int result;

    buffer_add_text(&all, certificate);
    add_named(&all, variables, names, add_system(&all));
    java_trust_store_write(&store, all.data);
    result = write_file(folder, CERTIFICATES, &all, why);
    if (result == 0)
        result = write_file(folder, TRUST_STORE, &store, why);
    buffer_free(&store);
    buffer_free(&all);
    return result;
}

static int write_for_node(const struct run_folder *folder,
                          const char *certificate,
                          const struct variables *variables, struct buffer *why)
{
    static const char *const names[] = {"NODE_EXTRA_CA_CERTS", NULL};
    struct buffer content = BUFFER_INIT;
    int result;

    buffer_add_text(&content, certificate);
    add_named(&content, variables, names, "");
    result = write_file(folder, NODE_CERTIFICATES, &content, why);
    buffer_clear(&content);
    buffer_add_text(&content, node_preload);
    if (result == 0)
        result = write_file(folder, NODE_PRELOAD, &content, why);
    buffer_free(&content);
    return result;
}

static struct run_folder *make(const struct variables *variables,
                               struct buffer *why)
{
    const char *parent = variables_get(variables, "TMPDIR");
    struct run_folder *folder = xcalloc(1, sizeof *folder);

    folder->path = xasprintf("%s/slackmock-run-XXXXXX",
                             parent && *parent ? parent : "/tmp");
    if (!mkdtemp(folder->path)) {
        buffer_printf(why, "cannot make a folder in %s: %s",
                      parent && *parent ? parent : "/tmp", strerror(errno));
        free(folder->path);
        free(folder);
        return NULL;
    }
    for (size_t i = 0; i < FILES; i++)
        folder->files[i] = xasprintf("%s/%s", folder->path, file_names[i]);
    return folder;
}

struct run_folder *run_folder_create(const char *certificate,
                                     const struct variables *variables,
                                     struct buffer *why)
{
    struct run_folder *folder = make(variables, why);

    if (!folder)
        return NULL;
    if (write_certificates(folder, certificate, variables, why) == 0 &&
        write_for_node(folder, certificate, variables, why) == 0)
        return folder;
    run_folder_free(folder);
    return NULL;
}

void run_folder_place(const struct run_folder *folder,
                      struct command_places *places)
{
    places->certificates = folder->files[CERTIFICATES];
    places->node_certificates = folder->files[NODE_CERTIFICATES];
    places->node_preload = folder->files[NODE_PRELOAD];
    places->java_trust_store = folder->files[TRUST_STORE];
}

void run_folder_free(struct run_folder *folder)
{
    if (!folder)
        return;
    for (size_t i = 0; i < FILES; i++) {
        (void)unlink(folder->files[i]);
        free(folder->files[i]);
    }
    (void)rmdir(folder->path);
    free(folder->path);
    free(folder);
}
