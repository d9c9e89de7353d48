/*
 * The Go module, as somebody's project takes it: from a file tree instead of a
 * module proxy, into an empty module cache.
 */
#include "package_check.h"
#include "test_case.h"
#include "test_groups.h"

/* A project with the five tests in $T/user; the compiler's cache is kept. */
#define PROJECT                                                                \
    "R=$PWD/client-tests/fixtures/go; command -v go >/dev/null || exit 127\n"  \
    "export GOCACHE=$(go env GOCACHE) GOMODCACHE=$T/modules GOWORK=off "       \
    "GOFLAGS='-mod=mod -modcacherw' GOPROXY=file://$P/go GOSUMDB=off "         \
    "GOTOOLCHAIN=local HOME=$T XDG_CACHE_HOME=$T/cache\n"                      \
    "unset SLACKMOCK; fails() { ! \"$@\" || exit 1; }\n"                       \
    "mkdir -p $T/user $T/noexec; cd $T/user; cp $R/*_test.go .\n"              \
    "go mod init example 2>&1\n"                                               \
    "go get github.com/slackmock/slackmock-go@v$V 2>&1\n"

/* Lines in which nothing of $T/noexec can be run. */
#define NOEXEC(lines)                                                          \
    "unshare -m true 2>/dev/null || exit 127\n"                                \
    "unshare -m sh -c 'set -eu; mount -t tmpfs -o noexec none $0/noexec\n"     \
    "export TMPDIR=$0/noexec\n" lines "' $T 2>&1\n"

#define ONE_TEST "-test.run TestATokenIsExchangedOnce"

static const struct package_check project = {
    "go",
    PROJECT "go test -count=1 -v ./... && ls $T/cache/slackmock\n"
            "go list -m -f '{{.Dir}}' github.com/slackmock/slackmock-go | "
            "xargs -I{} ls {}/LICENSE {}/NOTICES",
    "--- PASS: TestTwoWorkersRefreshOnce"};

static const struct package_check killed = {
    "go",
    PROJECT
    "go test -c -o user\n"
    "SLACKMOCK_TEST_ENDLESS=$T/endless ./user -test.run TestEndless & K=$!\n"
    "$R/../killed-runner $K $T/endless",
    "the server is gone"};

/* What was there is not run, and the tests pass. */
#define PLANTED(lines)                                                         \
    PROJECT                                                                    \
    "go test -c -o user; ./user " ONE_TEST "\n"                                \
    "F=$(echo $T/cache/slackmock/*)\n"                                         \
    "rm $F; echo '#!/bin/false' >$F; chmod 700 $F\n" lines                     \
    "\n./user " ONE_TEST " 2>&1; cat $F"

static const struct package_check open_cache = {
    "go", PLANTED("chmod 777 $T/cache/slackmock"), "PASS"};

static const struct package_check open_program = {"go", PLANTED("chmod 722 $F"),
                                                  "PASS"};

static const struct package_check open_parent = {
    "go", PLANTED("chmod 777 $T/cache"), "PASS"};

static const struct package_check foreign_cache = {
    "a user that may give files away",
    "[ $(id -u) = 0 ] || exit 127\n" PLANTED(
        "chown -R 65534 $T/cache/slackmock"),
    "PASS"};

static const struct package_check noexec_cache = {
    "mount namespace for this user",
    PROJECT "go test -c -o user\n" NOEXEC(
        "export XDG_CACHE_HOME=$0/noexec/cache TMPDIR=$0\n"
        "./user " ONE_TEST),
    "PASS"};

static const struct package_check noexec_everywhere = {
    "mount namespace for this user",
    PROJECT
    "go test -c -o user\n" NOEXEC("export XDG_CACHE_HOME=$0/noexec/cache\n"
                                  "! ./user " ONE_TEST),
    "set XDG_CACHE_HOME to one where they may"};

/* The source has no program for any platform. */
static const struct package_check no_program = {
    "go",
    PROJECT "cp -R $R $T/source; cd $T/source\n"
            "fails go test -count=1 -run TestATokenIsExchangedOnce . 2>&1",
    "install one on PATH, or set SLACKMOCK to where it is"};

static const struct package_check no_start = {
    "go",
    PROJECT "go test -c -o user\n"
            "export SLACKMOCK=/bin/false; fails ./user " ONE_TEST " 2>&1\n"
            "SLACKMOCK=$T/none; fails ./user " ONE_TEST " 2>&1",
    "slackmock does not start: /bin/false: no ready line"};

static const struct package_check again = {"go", MADE_AGAIN("go"), "same"};

#define CHECK(name, row)                                                       \
    {                                                                          \
        "packages-go: " name, package_check_run, &(row)                        \
    }

static const struct test_case cases[] = {
    CHECK("the same bytes when made again", again),
    CHECK("a project takes it, and runs tests side by side", project),
    CHECK("no server outlives a test binary that is killed", killed),
    CHECK("a cache that others may write to is passed by", open_cache),
    CHECK("a folder above it that others may write to", open_parent),
    CHECK("a program in it that others may write to", open_program),
    CHECK("a cache of another user is passed by", foreign_cache),
    CHECK("a cache where nothing runs is passed by", noexec_cache),
    CHECK("where nothing runs at all it is said what to do", noexec_everywhere),
    CHECK("an unknown platform is told what to do", no_program),
    CHECK("a program that does not start is named", no_start),
};

int run_packages_go_tests(void)
{
    return test_cases_run(cases, sizeof cases / sizeof cases[0]);
}
