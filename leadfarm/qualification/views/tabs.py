"""The parts of the Agreement: the definition, fit, and what sales said."""

from typing import Any

from django.urls import reverse

from leadfarm.access.middleware import InsideRequest

PARTS = (
    ("Definition", "qualification:agreement"),
    ("Fit", "qualification:fit"),
    ("What sales said", "qualification:feedback"),
)


def tabs(request: InsideRequest, current: str) -> list[dict[str, Any]]:
    """Return the tabs over the pages of the Agreement, the open one marked; a firm has none."""
    if request.member.firm_id is not None:
        return []
    slug = request.workspace.slug
    return [
        {
            "label": label,
            "href": reverse(name, kwargs={"workspace": slug}),
            "current": name == current,
        }
        for label, name in PARTS
    ]
