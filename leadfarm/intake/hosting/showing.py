"""What the pages of a form are told about it."""

from typing import Any
from urllib.parse import urlsplit

from leadfarm.intake.hosting.asking import HONEYPOT, HostedForm
from leadfarm.intake.hosting.design import Design
from leadfarm.intake.models import Form, WebHost


def page_of(form: Form, design: Design, asked: HostedForm | None = None) -> dict[str, Any]:
    """Return the variables that every page of a form shares."""
    return {
        "hosted": form,
        "design": design,
        "paragraphs": paragraphs(design.intro),
        "company": design.company or form.workspace.name,
        "accent": design.accent.removeprefix("#"),
        "theme": design.theme if design.theme in ("light", "dark") else "",
        "form": asked,
        "honeypot": HONEYPOT,
    }


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a text: what empty lines part."""
    parts = (part.strip() for part in text.replace("\r\n", "\n").split("\n\n"))
    return [part for part in parts if part]


def policy(strict: str, form: Form, design: Design, framed: bool) -> str:
    """Return the content policy of a page of this form: what differs from the product's own.

    Only the hosts that the form names may show it in a frame; its thanks may lead to their pages.
    """
    if framed:
        allowed = " ".join(WebHost(name=name).origin for name in form.framed_by) or "'none'"
        strict = strict.replace("frame-ancestors 'none'", f"frame-ancestors {allowed}")
    if design.redirect:
        there = urlsplit(design.redirect)
        strict = strict.replace("form-action 'self'", f"form-action 'self' https://{there.netloc}")
    return strict
