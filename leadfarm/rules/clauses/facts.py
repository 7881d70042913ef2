"""What the Python voice reads: the raw facts of one lead, with where each is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Known:
    """A raw fact with the reference of its evidence (a touch, a finding, a page)."""

    value: object
    evidence: object = None


@dataclass(frozen=True, slots=True)
class TouchFact:
    """One touch: codes as in the database, times with zone, `ref` to find it again."""

    kind: int
    at: datetime
    known_at: datetime
    human: bool = True
    disposition: int | None = None
    ref: object = None


@dataclass(frozen=True)
class Facts:
    """The facts of one lead at one moment.

    `values` maps a field's name to its raw value (as the column holds it: codes, ids, stored heat,
    the instant a stage began) or to Known(value, evidence). Missing or None is unknown. Touches of
    None mean that the history was not read: events are then unknown, not absent.
    """

    values: Mapping[str, object] = field(default_factory=dict)
    touches: Sequence[TouchFact] | None = None

    def of(self, name: str) -> Known:
        """The fact of that name; its value is None where it is unknown."""
        value = self.values.get(name)
        return value if isinstance(value, Known) else Known(value)
