# Never run on a Mac by its makers: say so if it works, and if it does not.
class Slackmock < Formula
  desc "Mock of Slack's Web API for tests"
  homepage "https://github.com/slackmock/slackmock"
  url "https://github.com/slackmock/slackmock/releases/download/v@VERSION@/slackmock-@VERSION@.tar.gz"
  sha256 "@SHA256@"
  license "MIT"

  depends_on "pkgconf" => :build
  depends_on "cjson"
  depends_on "libevent"

  def install
    system "make", "install", "PREFIX=#{prefix}"
    man1.install "man/slackmock.1"
    man5.install "man/slackmock-scenario.5"
    bash_completion.install "completions/slackmock.bash" => "slackmock"
    zsh_completion.install "completions/slackmock.zsh" => "_slackmock"
    fish_completion.install "completions/slackmock.fish"
  end

  test do
    assert_match version.to_s, shell_output("#{bin}/slackmock --version")
    assert_equal "default.json: ok\n", shell_output("#{bin}/slackmock --check")
  end
end
