/*
 * The wheels, as somebody's project takes them: into an empty environment,
 * offline. Other wheels come from where client-tests/fixtures/python/setup has
 * left them.
 */
#include "package_check.h"
#include "test_case.h"
#include "test_groups.h"

/* An empty environment in $T/venv, what installs there, and an empty folder. */
#define EMPTY                                                                  \
    "F=$PWD/client-tests/fixtures/python B=${BUILD:-build}/fixtures/python\n"  \
    "[ -e $B/stamp ] || exit 127; B=$(cd $B && pwd) W=$B/wheels\n"             \
    "unset SLACKMOCK PYTHONPATH PYTEST_PLUGINS PYTEST_ADDOPTS\n"               \
    "export PYTHONDONTWRITEBYTECODE=1 HOME=$T\n"                               \
    "fails() { ! \"$@\" || exit 1; }\n"                                        \
    "$B/venv/bin/python -I -m venv --without-pip $T/venv\n"                    \
    "pip() { $B/venv/bin/python -m pip --disable-pip-version-check "           \
    "--python $T/venv/bin/python install --quiet --no-compile --no-index "     \
    "--find-links $P --find-links $W \"$@\"; }\n"                              \
    "fast() { $B/venv/bin/uv pip install --python $T/venv/bin/python "         \
    "--quiet --offline --no-cache --no-index --find-links $P --find-links $W " \
    "\"$@\"; }\n"                                                              \
    "mkdir $T/user; cd $T/user; PATH=$T/venv/bin:$PATH\n"

#define INSTALLED EMPTY "fast slackmock pytest pytest-xdist\n"

#define THREE_LINES                                                            \
    "printf 'def test_one(slackmock):\\n"                                      \
    "    assert slackmock.install()[\"ok\"]\\n"                                \
    "    slackmock.advance(hours=12)\\n' >test_one.py\n"

static const struct package_check three_lines = {
    "wheels: `make set-up` brings them",
    EMPTY "pip slackmock pytest\n" THREE_LINES "pytest -q\n"
          "slackmock --version; python -m slackmock --version\n"
          "ls $T/venv/lib/python3*/site-packages/slackmock-$V.dist-info/"
          "licenses",
    "LICENSE\nNOTICES\n"};

static const struct package_check ideal = {
    "wheels: `make set-up` brings them",
    INSTALLED "cp $F/tests/*.py .; pytest -q -p no:cacheprovider && echo done",
    "5 passed"};

static const struct package_check workers = {
    "wheels: `make set-up` brings them",
    INSTALLED "cp $F/tests/*.py .\n"
              "for n in 1 2 3; do cp test_rotation.py test_again_$n.py; done\n"
              "pytest -q -n 4 -p no:cacheprovider",
    "20 passed"};

static const struct package_check types = {
    "wheels: `make set-up` brings them",
    INSTALLED "fast mypy; cp $F/tests/*.py .; mypy --strict test_rotation.py",
    "no issues found"};

static const struct package_check by_uv = {"wheels: `make set-up` brings them",
                                           EMPTY
                                           "fast slackmock pytest\n" THREE_LINES
                                           "pytest -q && slackmock --version",
                                           "1 passed"};

static const struct package_check target = {
    "wheels: `make set-up` brings them",
    EMPTY "pip --target $T/lib slackmock pytest\n"
          "export PYTHONPATH=$T/lib\n" THREE_LINES
          "python -m slackmock --version; python -m pytest -q",
    "1 passed"};

#define KILLED(options)                                                        \
    INSTALLED                                                                  \
    "export SLACKMOCK_TEST_ENDLESS=$T/endless\n"                               \
    "python -m pytest -q " options " $F/tests/endless.py >$T/said 2>&1 & "     \
    "K=$!\n"                                                                   \
    "$F/../killed-runner $K $T/endless"

static const struct package_check killed = {"wheels: `make set-up` brings them",
                                            KILLED("-p no:cacheprovider"),
                                            "the server is gone"};

static const struct package_check killed_workers = {
    "wheels: `make set-up` brings them", KILLED("-p no:cacheprovider -n 2"),
    "the server is gone"};

/* The wheel for machines that no other is for. */
static const struct package_check no_program = {
    "wheels: `make set-up` brings them",
    EMPTY "fast $P/slackmock-$V-py3-none-any.whl pytest\n" THREE_LINES
          "PATH=$T/venv/bin:/usr/bin:/bin; fails slackmock 2>&1\n"
          "fails python -m pytest -q; SLACKMOCK=\"$1\" pytest -q",
    "name it with the environment variable SLACKMOCK"};

static const struct package_check no_start = {
    "wheels: `make set-up` brings them",
    INSTALLED THREE_LINES
    "export SLACKMOCK=/bin/false; fails pytest -q\n"
    "echo nothing >$T/text; chmod +x $T/text\n"
    "SLACKMOCK=$T/text; fails pytest -q; fails slackmock 2>&1",
    "/text does not start: Exec format error; SLACKMOCK can name another"};

static const struct package_check nobody = {
    "wheels: `make set-up` brings them",
    INSTALLED THREE_LINES "fails pytest -q --slackmock-url http://127.0.0.1:1",
    "start one, or leave --slackmock-url out"};

static const struct package_check port_in_use = {
    "wheels: `make set-up` brings them",
    INSTALLED THREE_LINES
    "mkfifo $T/end; slackmock -q --until-eof --listen 127.0.0.1:0 "
    "--port-file $T/port <$T/end & exec 3>$T/end\n"
    "until [ -s $T/port ]; do sleep 0.05; done; U=127.0.0.1:$(cat $T/port)\n"
    "pytest -q --slackmock-url http://$U\n"
    "fails slackmock --listen $U 2>&1",
    "cannot listen on 127.0.0.1:"};

static const struct package_check again = {NULL, MADE_AGAIN("python"), "same"};

#define CHECK(name, row)                                                       \
    {                                                                          \
        "packages-python: " name, package_check_run, &(row)                    \
    }

static const struct test_case cases[] = {
    CHECK("made again they are the same bytes", again),
    CHECK("pip and three lines in an empty folder", three_lines),
    CHECK("the five tests", ideal),
    CHECK("four workers of pytest-xdist", workers),
    CHECK("mypy --strict finds its types", types),
    CHECK("uv installs it", by_uv),
    CHECK("pip --target installs it", target),
    CHECK("no server outlives a pytest that is killed", killed),
    CHECK("nor one whose workers are pytest-xdist's", killed_workers),
    CHECK("an unknown platform is told what to do", no_program),
    CHECK("a program that does not start is named", no_start),
    CHECK("where no server answers it is said what to do", nobody),
    CHECK("a server that runs is used, and its port stays its", port_in_use),
};

int run_packages_python_tests(void)
{
    return test_cases_run(cases, sizeof cases / sizeof cases[0]);
}
