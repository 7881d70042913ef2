"""The layout of another product's file: what it is known by, and what its columns mean here."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Spec = str | dict[str, Any]


@dataclass(frozen=True)
class Preset:
    """One layout. Titles are written as `plain` makes them.

    `needs` are signs that must all be there; each is one title or several parted by "|", of which
    one is enough. `columns` maps titles to places; of two for one place, the first that is there
    counts. `stages` translates what the product calls its stages; "" leaves the stage out.
    `asks` says that columns unknown to the layout are questions somebody answered, but those it
    `ignores`; `has_parts` that lines above and tables below belong to the same report.
    """

    slug: str
    label: str
    needs: tuple[str, ...]
    columns: Mapping[str, Spec]
    constants: Mapping[str, str] = field(default_factory=dict)
    options: Mapping[str, Any] = field(default_factory=dict)
    stages: Mapping[str, str] = field(default_factory=dict)
    asks: bool = False
    has_parts: bool = False
    ignores: str = ""
    remark: str = ""


CAPTURE = {"known_from": "capture"}


def entered() -> Spec:
    """Return where a product's day of creation goes: known since then (law 5)."""
    return {"to": "entered_at", **CAPTURE}
