/*
 * Spells new tokens. Prefixes are Slack's (docs.slack.dev, "Using token
 * rotation"): xoxe.xoxb-1- and xoxe.xoxp-1- for access tokens, xoxe-1- for
 * refresh tokens.
 */
#ifndef SLACKMOCK_TOKEN_FACTORY_H
#define SLACKMOCK_TOKEN_FACTORY_H

#include "base/random.h"
#include "tokens/directory.h"

enum token_style { TOKEN_STYLE_FAKE, TOKEN_STYLE_REALISTIC };

#define ISSUED_TOKEN_SIZE 177 /* the longest with its NUL */

/*
 * A fake token says so in its tail and is too short for secret scanners, so
 * that a user's committed fixtures do not trip them. A realistic one has the
 * length seen on the live service: 176 bytes for access, 153 for refresh.
 */
void token_factory_access(struct random *random, enum token_style style,
                          enum token_type type, char token[ISSUED_TOKEN_SIZE]);
/*
 * A token from before rotation: xoxb- or xoxp-, and numbers as Slack's have. A
 * realistic tail is 24 letters and digits for a bot, 32 of hexadecimal for a
 * person, as secret scanners know them.
 */
void token_factory_legacy(struct random *random, enum token_style style,
                          enum token_type type, char token[ISSUED_TOKEN_SIZE]);

void token_factory_refresh(struct random *random, enum token_style style,
                           char token[ISSUED_TOKEN_SIZE]);

#endif
