"""What just happened, said once on the next page, with the way back."""

from django.contrib import messages
from django.http import HttpRequest


def toast(request: HttpRequest, text: str, *, undo: str = "") -> None:
    """Show `text` on the next page; `undo` is an address that takes a POST and takes it back."""
    messages.success(request, text, extra_tags=f"undo={undo}" if undo else "")


def alarm(request: HttpRequest, text: str) -> None:
    """Show on the next page what went wrong and what to do; it stays until it is closed."""
    messages.error(request, text)


def undo_address(extra_tags: str) -> str:
    """Return the undo address a message carries, or an empty string."""
    for tag in extra_tags.split():
        if tag.startswith("undo="):
            return tag.removeprefix("undo=")
    return ""
