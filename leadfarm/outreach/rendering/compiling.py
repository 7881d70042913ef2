"""Publishing compiles: body to HTML and text, links numbered, every fault listed at once."""

import html as html_words
import re
from dataclasses import dataclass, field

import mjml

from leadfarm.outreach.codes import SourceKind
from leadfarm.outreach.rendering.facts import EXAMPLE, WAYS_OUT, is_known
from leadfarm.outreach.rendering.faults import Fault, TemplateFault
from leadfarm.outreach.rendering.liquid import names_in, parse, render
from leadfarm.outreach.rendering.plain import to_text
from leadfarm.outreach.rendering.rich import to_html

HREF = re.compile(r'href="([^"]*)"')
ALLOWED = ("http://", "https://", "mailto:", "tel:", "#", "{{")
# Nobody sees it: who follows it is a machine (law 8).
TRAP = (
    '<a href="{{ link_0 }}" aria-hidden="true" tabindex="-1" style="display:none;max-height:0;'
    'overflow:hidden;mso-hide:all"></a>'
)
LONGEST_BODY = 100_000


@dataclass(frozen=True)
class Compiled:
    """A body made ready: Liquid for both parts, and the address behind each numbered link."""

    html: str
    text: str
    links: dict[int, str] = field(default_factory=dict)


def compile_body(kind: SourceKind, body: str) -> Compiled:
    """Return the compiled body; raise TemplateFault where its markup cannot be read."""
    if len(body) > LONGEST_BODY:
        raise TemplateFault(Fault("Body", f"longer than {LONGEST_BODY:,} characters. Shorten it."))
    page = _from_mjml(body) if kind is SourceKind.MJML else to_html(body)
    links: dict[int, str] = {}

    def number(found: re.Match[str]) -> str:
        address = html_words.unescape(found[1])
        if not address.startswith(("http://", "https://")) or "{{" in address or "{%" in address:
            return found[0]
        known = next((n for n, url in links.items() if url == address), len(links) + 1)
        links[known] = address
        return f'href="{{{{ link_{known} }}}}"'

    numbered = HREF.sub(number, page)
    text = to_text(numbered)
    trapped = numbered.replace("</body>", TRAP + "</body>", 1)
    return Compiled(trapped, text, {0: "", **links})


def faults_of(kind: SourceKind, subject: str, body: str) -> list[Fault]:
    """Return everything that keeps a template from being published; [] when nothing does."""
    faults = _subject_faults(subject)
    try:
        template = parse(body, where="Body", html=False)
        names = names_in(template, body)
        faults += [
            Fault("Body", f"{{{{ {name} }}}} is not known. Pick a name from the list.", line)
            for name, line in names.items()
            if not is_known(name)
        ]
        faults += _law_faults(names)
        render(template, EXAMPLE, where="Body")
    except TemplateFault as fault:
        return [*faults, fault.fault]
    try:
        compiled = compile_body(kind, body)
        faults += _link_faults(compiled.html)
        render(parse(compiled.html, where="Body", html=True), EXAMPLE, where="Body")
    except TemplateFault as fault:
        faults.append(fault.fault)
    return faults


def _from_mjml(body: str) -> str:
    try:
        page: str = mjml.mjml2html(body, fonts={})  # no font of a third party
    except ValueError as error:
        raise TemplateFault(
            Fault("Body", f"MJML cannot be read: {error}. It begins with <mjml><mj-body>.")
        ) from None
    unknown = re.search(r"<(mj-[a-z-]+)", page)
    if unknown:
        before = body.split(f"<{unknown[1]}", 1)[0]
        what = f"<{unknown[1]}> is no MJML tag, or stands where it may not."
        raise TemplateFault(Fault("Body", what, before.count("\n") + 1))
    return page


def _subject_faults(subject: str) -> list[Fault]:
    if not subject.strip():
        return [Fault("Subject", "it is empty. Say what the mail is about.")]
    try:
        template = parse(subject, where="Subject", html=False)
        unknown = [name for name in names_in(template, subject) if not is_known(name)]
        render(template, EXAMPLE, where="Subject")
    except TemplateFault as fault:
        return [fault.fault]
    return [Fault("Subject", f"{{{{ {name} }}}} is not known.") for name in unknown]


def _law_faults(names: dict[str, int]) -> list[Fault]:
    faults = []
    if not WAYS_OUT & names.keys():
        faults.append(
            Fault("Body", "no way to unsubscribe. Put {{ unsubscribe_url }} behind a link.")
        )
    if "postal_address" not in names:
        faults.append(Fault("Body", "no postal address. Put {{ postal_address }} at its end."))
    return faults


def _link_faults(page: str) -> list[Fault]:
    addresses = {html_words.unescape(found) for found in HREF.findall(page)}
    return [
        Fault("Body", f"the link {address[:60]!r} does not begin with https://. Write it in full.")
        for address in sorted(addresses)
        if not address.startswith(ALLOWED)
    ]
