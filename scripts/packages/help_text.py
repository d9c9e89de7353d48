"""Reads what `slackmock --help` prints: what man page and completions are made from."""

import re
import subprocess
from dataclasses import dataclass, field

# "  -l, --listen HOST:PORT       where to listen"; the words stand behind two blanks, or below.
OPTION = re.compile(r"^ {2,6}(?:-(?P<letter>\w), )?--(?P<name>[a-z-]+)(?: (?P<value>\S.*?))?(?: {2,}(?P<words>\S.*))?$")


@dataclass
class Option:
    name: str
    letter: str
    value: str
    """As --help spells it, such as `SECONDS` or `text|json`; empty for a flag."""
    words: str

    @property
    def choices(self) -> list[str]:
        return self.value.split("|") if re.fullmatch(r"[a-z0-9]+(\|[a-z0-9]+)+", self.value) else []

    @property
    def takes_file(self) -> bool:
        return any(kind in self.value for kind in ("PATH", "FILE", "DIR"))


@dataclass
class Help:
    usage: list[str] = field(default_factory=list)
    before: list[str] = field(default_factory=list)
    """Paragraphs between the usage and the options."""
    options: list[Option] = field(default_factory=list)
    after: list[str] = field(default_factory=list)


def parse(text: str) -> Help:
    found = Help()
    for block in text.strip("\n").split("\n\n"):
        lines = block.split("\n")
        if lines[0].startswith("Usage: "):
            found.usage += [line.removeprefix("Usage: ").strip() for line in lines]
        elif OPTION.match(lines[0]):
            found.options += parse_options(lines)
        else:
            paragraph = " ".join(line.strip() for line in lines)
            (found.after if found.options else found.before).append(paragraph)
    if not found.usage or not found.options:
        raise SystemExit("slackmock --help: found no usage or no options")
    return found


def parse_options(lines: list[str]) -> list[Option]:
    options: list[Option] = []
    for line in lines:
        if match := OPTION.match(line):
            options.append(Option(match["name"], match["letter"] or "", match["value"] or "", match["words"] or ""))
        elif line.startswith(" " * 8) and options:
            options[-1].words = f"{options[-1].words} {line.strip()}".strip()
        else:
            raise SystemExit(f"slackmock --help: found an option's line that is not understood: {line!r}")
    return options


def read(program: str) -> Help:
    return parse(subprocess.run([program, "--help"], check=True, capture_output=True, text=True).stdout)
