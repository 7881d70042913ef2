"""Plain rich text: what a person writes without thinking of HTML, made into a calm mail."""

import html as html_words
import re

import nh3

LIQUID = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.S)
HOLDER = re.compile(r"lqd(\d+)x")
ADDRESS = re.compile(r"(?<![\"'=>])\bhttps?://[^\s<>\"']+[^\s<>\"'.,;:)]")
TAGS = {
    "a", "b", "blockquote", "br", "em", "h1", "h2", "h3", "hr", "i", "li", "ol", "p", "strong",
    "u", "ul",
}  # fmt: skip
PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8">\
<meta name="viewport" content="width=device-width"><title></title></head>\
<body style="margin:0;background:#ffffff"><div style="max-width:600px;margin:0 auto;padding:24px;\
font:16px/1.5 -apple-system,'Segoe UI',Helvetica,Arial,sans-serif;color:#231f19">
{body}
</div></body></html>"""


def to_html(body: str) -> str:
    """Return a whole HTML mail for this body: HTML that is harmless, Liquid as it was.

    A body without tags is text: blank lines part paragraphs and addresses become links.
    """
    held: list[str] = []

    def hold(found: re.Match[str]) -> str:
        held.append(found.group())
        return f"lqd{len(held) - 1}x"

    text = LIQUID.sub(hold, body)
    if not re.search(r"</?[a-z]+[^>]*>", text, re.I):
        text = _paragraphs(text)
    clean = nh3.clean(text, tags=TAGS, attributes={"a": {"href"}}, link_rel=None)
    return PAGE.format(body=HOLDER.sub(lambda found: held[int(found[1])], clean))


def _paragraphs(text: str) -> str:
    blocks = re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip())
    made = []
    for block in blocks:
        lines = html_words.escape(block, quote=False).replace("\n", "<br>\n")
        linked = ADDRESS.sub(lambda found: f'<a href="{found[0]}">{found[0]}</a>', lines)
        made.append(f"<p>{linked}</p>")
    return "\n".join(made)
