/*
 * The packages that `make packages` made: what a package manager makes of them,
 * as far as this machine has it, and that they are the same bytes when made
 * again.
 */
#include "package_check.h"
#include "test_case.h"
#include "test_groups.h"

#define EACH(pattern, command)                                                 \
    "for file in $P/" pattern "; do " command "; done\n"

static const struct package_check sums = {
    NULL,
    "cd $P && sha256sum --strict --quiet --check SHA256SUMS && echo whole",
    "whole"};

static const struct package_check again = {
    NULL, MADE_AGAIN("homebrew image native"), "same"};

/* By dpkg itself, into another root, and read there by man. */
static const struct package_check deb = {
    "dpkg",
    "mkdir -p $T/db/updates $T/db/info $T/db/triggers $T/root\n"
    ": >$T/db/status; : >$T/db/available\n"
    "PATH=$PATH:/usr/sbin:/sbin dpkg --admindir=$T/db --instdir=$T/root "
    "--log=$T/log --force-not-root,architecture "
    "-i $P/slackmock_${V}_$(dpkg --print-architecture).deb\n"
    "$T/root/usr/bin/slackmock --version | grep \"slackmock $V\"\n"
    "$T/root/usr/bin/slackmock --check\n"
    "test -s $T/root/usr/share/doc/slackmock/copyright\n"
    "test \"$(dpkg-query --admindir=$T/db -f '${Version}' -W slackmock)\" = $V "
    "&& echo installed",
    "installed"};

static const struct package_check deb_policy = {
    "lintian",
    EACH("*.deb", "lintian --allow-root --fail-on error $file") "echo clean",
    "clean"};

static const struct package_check rpm = {
    "rpm",
    EACH("*.rpm", "rpm -K --nosignature $file;"
                  "rpm -qpl $file | grep -x /usr/bin/slackmock;"
                  "rpm -qp --requires $file | grep -v '^rpmlib' || echo alone"),
    "alone"};

static const struct package_check apk = {
    NULL,
    EACH("*.apk", "tar -xzOf $file .PKGINFO 2>/dev/null | "
                  "grep -x \"pkgver = $V.*\";"
                  "tar -tzf $file 2>/dev/null | grep -x usr/bin/slackmock"),
    "pkgver"};

static const struct package_check arch = {
    "zstd",
    EACH("*.pkg.tar.zst",
         "zstd -dcq $file >$T/tar;"
         "tar -xOf $T/tar .PKGINFO | grep -x \"pkgver = $V-1\";"
         "tar -xf $T/tar -C $T usr/bin/slackmock"),
    "pkgver"};

/* Every option that --help tells of is an entry of the page. */
static const struct package_check man_page = {
    "man",
    "LC_ALL=C.UTF-8 MANWIDTH=80 man -l $P-parts/slackmock.1 >$T/page\n"
    "for option in $(\"$1\" --help | grep -o '^ *\\(-[a-z], \\)\\?--[a-z-]*'); "
    "do grep -q -e \"^  *.*$option\" $T/page; done\n"
    "LC_ALL=C.UTF-8 man -l $P-parts/slackmock-scenario.5 | "
    "grep -A2 '^ *refresh_grace'",
    "Default: 60."};

static const struct package_check man_form = {
    "mandoc",
    "mandoc -T lint -W warning $P-parts/slackmock.1 $P-parts/*.5 && echo clean",
    "clean"};

static const struct package_check bash_completion = {
    "bash",
    "bash -c '. $0; compopt() { :; }; COMP_WORDS=(slackmock --log-format j) "
    "COMP_CWORD=2; _slackmock; echo \"${COMPREPLY[@]}\"; "
    "COMP_WORDS=(slackmock errors/rate) COMP_CWORD=1; _slackmock; "
    "echo \"${COMPREPLY[@]}\"' $P-parts/slackmock.bash",
    "json\nerrors/ratelimited.json\n"};

static const struct package_check zsh_completion = {
    "zsh", "zsh -n $P-parts/slackmock.zsh && echo reads", "reads"};

static const struct package_check fish_completion = {
    "fish",
    "HOME=$T fish --no-config -c \"source $P-parts/slackmock.fish; "
    "complete -C 'slackmock --log-format '\"",
    "json\t"};

/* As an engine would unpack and start it. */
static const struct package_check image = {
    "skopeo",
    "skopeo inspect --raw --config oci-archive:$P/slackmock-$V-oci.tar | "
    "grep '\"User\":\"65534:65534\"' | grep '\"Entrypoint\":...slackmock'\n"
    "skopeo copy --quiet oci-archive:$P/slackmock-$V-oci.tar dir:$T/image\n"
    "mkdir $T/root && for layer in $T/image/*; do "
    "tar -xzf $layer -C $T/root 2>/dev/null || :; done\n"
    "chroot --userspec=65534:65534 $T/root /slackmock --check",
    "default.json: ok"};

static const struct package_check formula = {
    NULL,
    "grep -q \"$(sha256sum $P/slackmock-$V.tar.gz | cut -d' ' -f1)\" "
    "$P/slackmock.rb\n"
    "tar -tzf $P/slackmock-$V.tar.gz | grep -x slackmock-$V/man/slackmock.1",
    "slackmock.1"};

#define CHECK(name, row)                                                       \
    {                                                                          \
        "packages: " name, package_check_run, &(row)                           \
    }

static const struct test_case cases[] = {
    CHECK("are what SHA256SUMS says", sums),
    CHECK("are the same bytes when made again", again),
    CHECK("dpkg installs the deb", deb),
    CHECK("the debs keep Debian's rules", deb_policy),
    CHECK("rpm finds the rpm whole, and nothing required", rpm),
    CHECK("the apk holds program and version", apk),
    CHECK("the package for Arch holds program and version", arch),
    CHECK("the man pages have every option and key", man_page),
    CHECK("the man pages are well formed", man_form),
    CHECK("bash completes values and shipped scenarios", bash_completion),
    CHECK("zsh reads its completions", zsh_completion),
    CHECK("fish completes values", fish_completion),
    CHECK("the image starts alone in its root, and as nobody", image),
    CHECK("the formula names its source's checksum", formula),
};

int run_packages_tests(void)
{
    return test_cases_run(cases, sizeof cases / sizeof cases[0]);
}
