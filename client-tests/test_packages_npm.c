/*
 * The package for npm, as somebody's project takes it: from the file, offline,
 * without install scripts. The runners come from where
 * client-tests/fixtures/node/setup has left them.
 */
#include "package_check.h"
#include "test_case.h"
#include "test_groups.h"

/* A project in $T/user with the package in it, and nothing else. */
#define PROJECT                                                                \
    "F=$PWD/client-tests/fixtures/node B=${BUILD:-build}/fixtures/node\n"      \
    "[ -e $B/stamp ] || exit 127; export BUILD=$(cd $B/../.. && pwd)\n"        \
    "unset SLACKMOCK SLACKMOCK_URL NODE_OPTIONS; export HOME=$T\n"             \
    "fails() { ! \"$@\" || exit 1; }\n"                                        \
    "mkdir $T/user; cd $T/user; echo '{ \"private\": true }' >package.json\n"  \
    "npm install --silent --offline --ignore-scripts --no-audit --no-fund "    \
    "--cache $T/npm $P/slackmock-server-$V.tgz\n"                              \
    "I=node_modules/@slackmock/server\n"

#define ONE_TEST                                                               \
    "echo \"const { slackmock } = require('@slackmock/server');"               \
    "require('node:test').test('one', async (test) => "                        \
    "(await slackmock({ test })).advance({ hours: 12 }));\" >one.test.js\n"

static const struct package_check one_test = {
    "packages of npm: `make set-up` brings them",
    PROJECT ONE_TEST "node --test one.test.js; npx --offline slackmock "
                     "--version; ls $I",
    "LICENSE\nNOTICES\n"};

static const struct package_check alone = {
    "packages of npm: `make set-up` brings them",
    PROJECT
    "node -p \"const all = require('./$I/package.json'); "
    "JSON.stringify([all.scripts, all.dependencies, all.version])\"; ls -A "
    "node_modules node_modules/@slackmock",
    "[null,null,\""};

static const struct package_check everything = {
    "packages of npm: `make set-up` brings them",
    PROJECT "$F/in-project $T/user", "all tests of the project passed"};

#define KILLED(name, runner)                                                   \
    static const struct package_check name = {                                 \
        "packages of npm: `make set-up` brings them",                          \
        PROJECT "export SLACKMOCK_TEST_ENDLESS=$T/endless NO_COLOR=1\n"        \
                "ln -s $BUILD/fixtures/node/node_modules/* "                   \
                "node_modules; cp -R $F/test test\n"                           \
                "node " runner " >$T/said 2>&1 & K=$!\n"                       \
                "$F/../killed-runner $K $T/endless || "                        \
                "{ cat $T/said; exit 1; }",                                    \
        "the server is gone"}

KILLED(killed_node, "--test test/endless-node.js");
KILLED(killed_vitest,
       "node_modules/vitest/vitest.mjs run --root test/vitest endless");
KILLED(killed_jest, "node_modules/jest/bin/jest.js --rootDir test/jest "
                    "--config test/jest/jest.config.json endless");

static const struct package_check no_program = {
    "packages of npm: `make set-up` brings them",
    PROJECT ONE_TEST "mv $I/programs/* $T; PATH=/usr/bin:/bin:$PATH\n"
                     "fails npx --offline slackmock 2>&1\n"
                     "fails node --test one.test.js\n"
                     "SLACKMOCK=\"$1\" node --test one.test.js",
    "name it with the environment variable SLACKMOCK"};

static const struct package_check no_start = {
    "packages of npm: `make set-up` brings them",
    PROJECT ONE_TEST
    "export SLACKMOCK=/bin/false; fails node --test one.test.js\n"
    "echo nothing >$T/text; chmod +x $T/text\n"
    "SLACKMOCK=$T/text; fails node --test one.test.js;"
    "fails npx --offline slackmock 2>&1",
    "/bin/false does not start: it ended with status 1"};

static const struct package_check nobody = {
    "packages of npm: `make set-up` brings them",
    PROJECT ONE_TEST "export SLACKMOCK_URL=http://127.0.0.1:1\n"
                     "fails node --test one.test.js",
    "start one, or leave SLACKMOCK_URL out"};

/* The command passes the signal on. */
static const struct package_check port_in_use = {
    "packages of npm: `make set-up` brings them",
    PROJECT ONE_TEST
    "node $I/bin/slackmock.js -q --listen 127.0.0.1:0 --port-file $T/port & "
    "K=$!\n"
    "until [ -s $T/port ]; do sleep 0.05; done; U=127.0.0.1:$(cat $T/port)\n"
    "SLACKMOCK_URL=http://$U node --test one.test.js\n"
    "fails npx --offline slackmock --listen $U 2>&1\n"
    "kill $K; wait $K; ! curl -s --noproxy '*' http://$U/ || exit 1",
    "cannot listen on 127.0.0.1:"};

static const struct package_check again = {NULL, MADE_AGAIN("npm"), "same"};

#define CHECK(name, row)                                                       \
    {                                                                          \
        "packages-npm: " name, package_check_run, &(row)                       \
    }

static const struct test_case cases[] = {
    CHECK("made again it is the same bytes", again),
    CHECK("npm and one test in an empty project", one_test),
    CHECK("it needs no other package, and runs nothing", alone),
    CHECK("node:test, Vitest and Jest side by side, and types", everything),
    CHECK("no server outlives a node --test that is killed", killed_node),
    CHECK("nor a Vitest", killed_vitest),
    CHECK("nor a Jest", killed_jest),
    CHECK("an unknown platform is told what to do", no_program),
    CHECK("a program that does not start is named", no_start),
    CHECK("where no server answers it is said what to do", nobody),
    CHECK("a server that runs is used, and its port stays its", port_in_use),
};

int run_packages_npm_tests(void)
{
    return test_cases_run(cases, sizeof cases / sizeof cases[0]);
}
