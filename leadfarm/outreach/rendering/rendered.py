"""A published wording, parsed once and rendered for many."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from liquid import BoundTemplate

from leadfarm.outreach.rendering.faults import TemplateFault
from leadfarm.outreach.rendering.liquid import parse, render


@dataclass(frozen=True)
class Rendered:
    """What one contact reads."""

    subject: str
    html: str
    text: str
    # A calendar file that goes along (RFC 5545); empty: none.
    calendar: str = ""


class Wording:
    """Subject, HTML and text of a version, ready to render. `name` stands in its errors."""

    def __init__(self, name: str, subject: str, html: str, text: str, body: str = "") -> None:
        self.name = name
        self.body = body
        self._subject = parse(subject, where="Subject", html=False)
        self._html = parse(html, where="Body", html=True) if html else None
        self._text = parse(text, where="Text", html=False)

    def render(self, facts: Mapping[str, Any]) -> Rendered:
        """Return the mail for these facts; raise TemplateFault with the line of the body."""
        try:
            return Rendered(
                " ".join(render(self._subject, facts, where="Subject").split()),
                render(self._html, facts, where="Body") if self._html else "",
                render(self._text, facts, where="Text"),
            )
        except TemplateFault as error:
            raise TemplateFault(self._blame(error, facts).fault, self.name) from None

    def speaks_of(self, head: str) -> bool:
        """Say whether the words read a fact of this group, as "dossier"."""
        parts = [part for part in (self._subject, self._html, self._text) if part is not None]
        return any(head in part.analyze().globals for part in parts)

    def _blame(self, error: TemplateFault, facts: Mapping[str, Any]) -> TemplateFault:
        """Return the same fault with the line of what was written, not of what it became."""
        if error.fault.where == "Subject" or not self.body:
            return error
        try:
            source: BoundTemplate = parse(self.body, where="Body", html=False)
            render(source, facts, where="Body")
        except TemplateFault as written:
            return written
        return error
