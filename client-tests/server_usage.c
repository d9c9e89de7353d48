/* Reads Linux's /proc. */
#include "server_usage.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "deadline.h"
#include "files.h"
#include "server_fixture.h"

#define PATH_SIZE 64

int server_descriptors(const struct server *server)
{
    char path[PATH_SIZE];
    int count = 0;
    DIR *folder;

    (void)snprintf(path, sizeof path, "/proc/%d/fd",
                   (int)server_process(server));
    folder = opendir(path);
    if (!folder) {
        fail_msg("cannot look into %s", path);
        return 0;
    }
    while (readdir(folder))
        count++;
    (void)closedir(folder);
    return count;
}

void server_await_descriptors(const struct server *server, int most)
{
    deadline end = deadline_from_now();
    int found;

    while ((found = server_descriptors(server)) > most)
        if (!deadline_look_again(end))
            fail_msg("the server has %d descriptors, wanted %d at the most",
                     found, most);
}

long server_memory(const struct server *server)
{
    static const char name[] = "VmRSS:";
    char path[PATH_SIZE];
    const char *line;
    long memory;
    char *status;

    (void)snprintf(path, sizeof path, "/proc/%d/status",
                   (int)server_process(server));
    status = file_read(path);
    line = status ? strstr(status, name) : NULL;
    memory = line ? strtol(line + sizeof name - 1, NULL, 10) : 0;
    free(status);
    if (memory <= 0)
        fail_msg("cannot read the memory in %s", path);
    return memory;
}
