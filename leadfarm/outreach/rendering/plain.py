"""The text alternative of a mail, made from its HTML."""

import re
from html.parser import HTMLParser

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
BLOCKS = HEADINGS | {"p", "div", "ul", "ol", "li", "table", "tr", "blockquote", "br", "hr"}
SILENT = frozenset({"head", "style", "script", "title"})


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.out: list[str] = []
        self.silent = 0
        self.link = ""
        self.said = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in SILENT:
            self.silent += 1
        elif tag in BLOCKS:
            self.out.append("\n- " if tag == "li" else "\n")
        elif tag == "a":
            named = dict(attrs)
            hidden = named.get("aria-hidden") == "true"
            self.link, self.said = "" if hidden else named.get("href") or "", ""

    def handle_endtag(self, tag: str) -> None:
        if tag in SILENT:
            self.silent = max(self.silent - 1, 0)
        elif tag in BLOCKS:
            self.out.append("\n")
        elif tag == "a" and self.link:
            if self.said.strip() != self.link:
                self.out.append(f" ({self.link})")
            self.link = ""

    def handle_data(self, data: str) -> None:
        if self.silent:
            return
        self.out.append(re.sub(r"\s+", " ", data))
        self.said += data


def to_text(html: str) -> str:
    """Return what the HTML says, as lines a person can read; links stand behind their words."""
    reader = _Reader()
    reader.feed(re.sub(r"<!--.*?-->", "", html, flags=re.S))
    reader.close()
    lines = (line.strip() for line in "".join(reader.out).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() + "\n"
