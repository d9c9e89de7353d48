"""Text for man pages: what roff would take for orders is escaped."""

import re

SPAN = re.compile(r"`([^`]+)`|\*\*([^*]+)\*\*|\*([^*\s][^*]*)\*|!?\[([^\]]*)\]\([^)]*\)")


def escape(text: str) -> str:
    text = text.replace("\\", r"\e").replace("-", r"\-")
    return re.sub(r"^([.'])", r"\\&\1", text, flags=re.MULTILINE)


def inline(text: str) -> str:
    """Markdown within a paragraph: code and bold stand out, a link is its words."""
    parts, end = [], 0
    for match in SPAN.finditer(text):
        parts.append(escape(text[end : match.start()]))
        code, bold, italic, link = match.groups()
        if link is not None:
            parts.append(inline(link))
        elif italic is not None:
            parts.append(rf"\fI{escape(italic)}\fR")
        else:
            parts.append(rf"\fB{escape(code or bold)}\fR")
        end = match.end()
    joined = "".join(parts) + escape(text[end:])
    return re.sub(r"^([.'])", r"\\&\1", joined)


def heading(name: str, section: int, date: str, version: str) -> str:
    return f'.TH {name.upper()} {section} {date} "slackmock {version}" "slackmock"'
