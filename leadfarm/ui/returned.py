"""Forms that come back to whoever filled them in, with a sentence beside each field that is wrong.

A page with several forms asks `form_of` for each: the one that was sent and refused comes back as
it was typed, its dialog open; the others are fresh.
"""

from collections.abc import Callable
from typing import TypeVar

from django import forms
from django.http import HttpRequest

F = TypeVar("F", bound=forms.BaseForm)


def sent(request: HttpRequest, name: str, form: F) -> F:
    """Keep the form that this request sent under its name on the page; return it."""
    request.sent_form = (name, form)  # type: ignore[attr-defined]
    return form


def form_of(request: HttpRequest, name: str, fresh: Callable[[], forms.BaseForm]) -> forms.BaseForm:
    """Return the form of this name: as it was sent by this request, else a fresh one."""
    found = came_back(request)
    return found[1] if found is not None and found[0] == name else fresh()


def came_back(request: HttpRequest) -> tuple[str, forms.BaseForm] | None:
    """Return name and form of what this request sent, None where it sent none."""
    return getattr(request, "sent_form", None)


def refused(request: HttpRequest, why: str) -> bool:
    """Whether there is a form to give back; one whose fields are all right says `why` itself."""
    found = came_back(request)
    if found is None:
        return False
    if not found[1].errors:
        found[1].add_error(None, why)
    return True
