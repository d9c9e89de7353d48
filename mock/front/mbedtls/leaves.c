/*
 * A ring: clients ask for few names, and a new one costs a millisecond. A leaf
 * is counted by the ring and by each handshake that uses it.
 */
#include "leaves.h"

#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"

struct leaf {
    mbedtls_x509_crt certificate;
    char *name;
    unsigned users;
};

static struct leaf *make(struct leaves *leaves, const char *name)
{
    struct leaf *leaf = xcalloc(1, sizeof *leaf);

    mbedtls_x509_crt_init(&leaf->certificate);
    leaf->name = xstrdup(name);
    leaf->users = 1;
    if (authority_issue(leaves->authority, name, &leaf->certificate) == 0)
        return leaf;
    leaves_return(leaf);
    return NULL;
}

static struct leaf *find(const struct leaves *leaves, const char *name)
{
    for (size_t i = 0; i < LEAVES_KEPT; i++)
        if (leaves->kept[i] && strcmp(leaves->kept[i]->name, name) == 0)
            return leaves->kept[i];
    return NULL;
}

/* In the place of the oldest. */
static struct leaf *add(struct leaves *leaves, const char *name)
{
    struct leaf *leaf = make(leaves, name);

    if (!leaf)
        return NULL;
    leaves_return(leaves->kept[leaves->next]);
    leaves->kept[leaves->next] = leaf;
    leaves->next = (leaves->next + 1) % LEAVES_KEPT;
    return leaf;
}

struct leaf *leaves_take(struct leaves *leaves, const char *name)
{
    struct leaf *leaf = find(leaves, name);

    if (!leaf)
        leaf = add(leaves, name);
    if (leaf)
        leaf->users++;
    return leaf;
}

void leaves_return(struct leaf *leaf)
{
    if (!leaf || --leaf->users > 0)
        return;
    mbedtls_x509_crt_free(&leaf->certificate);
    free(leaf->name);
    free(leaf);
}

mbedtls_x509_crt *leaf_certificate(struct leaf *leaf)
{
    return &leaf->certificate;
}

void leaves_clear(struct leaves *leaves)
{
    for (size_t i = 0; i < LEAVES_KEPT; i++) {
        leaves_return(leaves->kept[i]);
        leaves->kept[i] = NULL;
    }
}
