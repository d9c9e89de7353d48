/*
 * The jar, as somebody's project takes it: from a file repository, offline,
 * into an empty local repository. What else that project wants set-up has
 * fetched.
 */
#include "package_check.h"
#include "test_case.h"
#include "test_groups.h"

/* user ARGUMENT...: Maven in a project with the fixture's tests. What others
 * made is fetched once for all but the first, the package each time. */
#define PROJECT                                                                \
    "command -v mvn >/dev/null || exit 127\n"                                  \
    "unset SLACKMOCK JAVA_TOOL_OPTIONS JDK_JAVA_OPTIONS _JAVA_OPTIONS\n"       \
    "R=$PWD/client-tests/fixtures/java\n"                                      \
    "user() { \"$R/example\" $P/maven $V $T/user \"$@\" 2>&1; }\n"             \
    "fails() { ! \"$@\" || exit 1; }\n"                                        \
    "export MAVEN_OPTS='-XX:TieredStopAtLevel=1 -XX:+UseSerialGC'\n"           \
    "export TMPDIR=$T REPOSITORY=$P-parts/repository\n"                        \
    "rm -rf $REPOSITORY/io/github/slackmock\n"

#define ONE_TEST "-Dtest=MigrationTest#aTokenIsExchangedOnce "

/* Lines in which nothing of $T/noexec can be run. */
#define NOEXEC(lines)                                                          \
    "user test-compile; mkdir -p $T/noexec\n"                                  \
    "unshare -m true 2>/dev/null || exit 127\n"                                \
    "export P T V R; unshare -m sh -c 'set -eu\n"                              \
    "user() { \"$R/example\" $P/maven $V $T/user \"$@\" 2>&1; }\n"             \
    "mount -t tmpfs -o noexec none $T/noexec\n" lines "'\n"

static const struct package_check project = {
    "mvn",
    PROJECT "export REPOSITORY=$T/repository; user test\n"
            "cat $T/user/target/surefire-reports/TEST-*.xml | "
            "grep -c '<testcase '; "
            "! grep -l -e '<failure' -e '<error' -e '<skipped' "
            "$T/user/target/surefire-reports/TEST-*.xml\n"
            "test -z \"$(ls -d $T/slackmock-* 2>/dev/null)\" && echo clean",
    "10\nclean\n"};

static const struct package_check contents = {
    "mvn",
    PROJECT "cd $P/maven/io/github/slackmock/slackmock/$V\n"
            "for file in *.jar *.pom; do "
            "test \"$(sha1sum <$file | cut -d' ' -f1)\" = \"$(cat $file.sha1)\""
            "; done\n"
            "jar=${JAVA_HOME:+$JAVA_HOME/bin/}jar\n"
            "$jar tf slackmock-$V-sources.jar | grep -c programs/ | grep -x 0\n"
            "$jar tf slackmock-$V-sources.jar | grep -x META-INF/LICENSE\n"
            "$jar tf slackmock-$V.jar | grep -E 'META-INF/(LICENSE|NOTICES)'",
    "META-INF/LICENSE\nMETA-INF/NOTICES\n"};

/* Maven's own process is what somebody kills; the one that it runs tests in
 * ends then by itself. */
static const struct package_check killed = {
    "mvn",
    PROJECT "user test-compile\n"
            "\"$R/example\" $P/maven $V $T/user surefire:test -Dtest=Endless "
            "-Dendless=$T/endless >$T/endless.log 2>&1 & K=$!\n"
            "$R/../killed-runner $K $T/endless",
    "the server is gone"};

static const struct package_check noexec_temporary = {
    "mount namespace for this user",
    PROJECT NOEXEC("export XDG_CACHE_HOME=$T/cache\n"
                   "user surefire:test " ONE_TEST
                   "-DargLine=-Djava.io.tmpdir=$T/noexec\n"
                   "ls $T/cache && echo passed"),
    "passed"};

static const struct package_check noexec_everywhere = {
    "mount namespace for this user",
    PROJECT NOEXEC("export XDG_CACHE_HOME=$T/noexec/cache\n"
                   "! user surefire:test " ONE_TEST
                   "-DargLine=-Djava.io.tmpdir=$T/noexec"),
    "name another with -Djava.io.tmpdir=FOLDER"};

static const struct package_check unknown_platform = {
    "mvn", PROJECT "fails user test " ONE_TEST "-DargLine=-Dos.arch=s390x",
    "this package brings no program for linux-s390x"};

static const struct package_check no_start = {
    "mvn",
    PROJECT "fails user test " ONE_TEST "-DargLine=-Dslackmock.program="
            "/bin/false",
    "/bin/false: no ready line within 10 s (exit status 1)"};

static const struct package_check again = {"mvn", MADE_AGAIN("maven"), "same"};

#define CHECK(name, row)                                                       \
    {                                                                          \
        "packages-maven: " name, package_check_run, &(row)                     \
    }

static const struct test_case cases[] = {
    CHECK("the same bytes when made again", again),
    CHECK("a project takes it, and runs tests side by side", project),
    CHECK("checksums, licence and notices are there", contents),
    CHECK("no server outlives a Maven that is killed", killed),
    CHECK("a temporary folder where nothing runs is passed by",
          noexec_temporary),
    CHECK("where nothing runs at all it is said what to do", noexec_everywhere),
    CHECK("an unknown platform is told what to do", unknown_platform),
    CHECK("a program that does not start is named", no_start),
};

int run_packages_maven_tests(void)
{
    return test_cases_run(cases, sizeof cases / sizeof cases[0]);
}
