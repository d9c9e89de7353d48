/*
 * The names in scenarios/default.json: those that the documentation of
 * oauth.v2.exchange gives as examples.
 */
#ifndef CLIENT_TESTS_DEFAULT_WORLD_H
#define CLIENT_TESTS_DEFAULT_WORLD_H

#define CLIENT_ID     "4123121235.9872358710"
#define CLIENT_SECRET "e1b9e11dfcd19c1982d5de12921e17e8c"
#define BOT_TOKEN     "xoxb-12345-67890-abcdefg"
#define USER_TOKEN    "xoxp-12345-67890-1928471-abcdefg"

/* The arguments of a plain valid call, as a urlencoded form. */
#define APP_FORM  "client_id=" CLIENT_ID "&client_secret=" CLIENT_SECRET
#define BOT_FORM  APP_FORM "&token=" BOT_TOKEN
#define USER_FORM APP_FORM "&token=" USER_TOKEN

/* A scenario that lays more keys over that world. */
#define WORLD(keys)                                                            \
    "{\"description\":\"A test.\",\"extends\":\"default.json\"," keys "}"

#define EXCHANGE "/api/oauth.v2.exchange"

#endif
