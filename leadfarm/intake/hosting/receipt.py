"""The address of the thanks: who has sent a form is led there, so that a reload sends nothing."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core import signing
from django.urls import reverse

from leadfarm.intake.models import Form, Receipt

SALT = "leadfarm.thanks"
# After so long the page still thanks, and says nothing more.
LASTS = timedelta(days=7)


def address(form: Form, receipt: Receipt | None, *, framed: bool = False) -> str:
    """Return where the thanks for this stand; a machine is thanked like everybody."""
    said = {"f": form.pk, "r": receipt.pk if receipt else None}
    token = signing.dumps(said, salt=SALT, compress=True)
    name = "forms:framed-thanks" if framed else "forms:thanks"
    return reverse(name, args=[form.slug, token])


def read(form: Form, token: str) -> int | None:
    """Return the number of the receipt that is thanked for, or None."""
    try:
        said: Any = signing.loads(token[:500], salt=SALT, max_age=LASTS)
    except signing.BadSignature:
        return None
    return said["r"] if said.get("f") == form.pk else None
