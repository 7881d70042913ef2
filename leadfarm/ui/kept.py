"""What was deleted, kept in the address that brings it back: sealed, and good for a day."""

from collections.abc import Mapping
from typing import Any

from django.core import signing
from django.http import Http404, HttpRequest
from django.utils.http import urlencode

A_DAY = 86_400
NAME = "kept"


def way_back(address: str, told: Mapping[str, Any], *, salt: str, owner: int) -> str:
    """Return `address` with `told` sealed into it, for this owner (a workspace, a member) alone.

    Each kind of thing has a salt of its own, so that one is never brought back as another.
    """
    sealed = signing.dumps([owner, dict(told)], salt=salt, compress=True)
    return f"{address}?{urlencode({NAME: sealed})}"


def brought_back(request: HttpRequest, *, salt: str, owner: int) -> dict[str, Any]:
    """Return what the request's address kept; 404 after a day, by another owner, or if tampered."""
    try:
        home, told = signing.loads(request.GET.get(NAME, ""), salt=salt, max_age=A_DAY)
    except signing.BadSignature:
        home, told = None, {}
    if home != owner:
        raise Http404("Nothing to bring back.")
    return dict(told)
