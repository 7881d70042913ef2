"""Qualification frames: other views of the same entries. Nothing is stored twice.

A part of a frame asks for one thing or several; each is known when any of its keys stands.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from math import lcm
from typing import NamedTuple

from leadfarm.rules.codes import BuyingRole, FindingSection

S = FindingSection


class Key(NamedTuple):
    """What an entry tells: a field of a section, and of a choice that stands alone its code."""

    section: FindingSection
    field: str
    code: int | None = None


AnyOf = tuple[Key, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """One letter of a frame: what it asks, and the entries that answer it."""

    label: str
    question: str
    asks: tuple[AnyOf, ...]

    def known(self, keys: Collection[Key]) -> int:
        """Return how many of the things asked for are known."""
        return sum(any(key in keys for key in each) for each in self.asks)

    def is_known(self, keys: Collection[Key]) -> bool:
        """Return whether anything of the part is known."""
        return self.known(keys) > 0


@dataclass(frozen=True)
class Frame:
    """A way to read a dossier. `enough` parts make a lead qualified by the frame's own rule."""

    slug: str
    label: str
    parts: tuple[Part, ...]
    enough: int

    def completeness(self, keys: Collection[Key]) -> int:
        """Return how much of the frame is known, 0 to 100; each part weighs the same."""
        weights, total = self.weights()
        known = sum(
            weight * part.known(keys) for weight, part in zip(weights, self.parts, strict=True)
        )
        return 100 * known // total

    def filled(self, keys: Collection[Key]) -> int:
        """Return in how many parts anything is known."""
        return sum(part.is_known(keys) for part in self.parts)

    def weights(self) -> tuple[list[int], int]:
        """Return what one answer of each part weighs, and what all weigh: whole numbers."""
        whole = lcm(*(len(part.asks) for part in self.parts))
        return [whole // len(part.asks) for part in self.parts], whole * len(self.parts)

    def gaps(self, keys: Collection[Key]) -> list[Part]:
        """Return the parts of which nothing is known."""
        return [part for part in self.parts if not part.is_known(keys)]


def _keys(section: FindingSection, *fields: str) -> AnyOf:
    return tuple(Key(section, field) for field in fields)


def role(code: BuyingRole) -> AnyOf:
    """Return the key of a filled role."""
    return (Key(S.PEOPLE, "role", int(code)),)


ECONOMIC, CHAMPION = role(BuyingRole.ECONOMIC_BUYER), role(BuyingRole.CHAMPION)
MONEY = _keys(S.BUDGET, "amount", "status", "")
AUTHORITY = (*_keys(S.PEOPLE, "authority", ""), *ECONOMIC, *_keys(S.BUDGET, "release"))
NEED = _keys(S.PAIN_POINT, "need", "pain", "")
TIME = _keys(S.TIMELINE, "decision", "in_place", "")
PAIN = _keys(S.PAIN_POINT, "pain", "need", "")
URGENCY = (*TIME, *_keys(S.EVENT, "deadline", "driver", ""))


def _section(section: FindingSection, *asks: AnyOf) -> Part:
    return Part(section.label, section.question, asks)


def _part(label: str, question: str, *keys: AnyOf) -> Part:
    return Part(label, question, (tuple(key for each in keys for key in each),))


SEED_8 = Frame(
    "seed-8",
    "Eight sections",
    (
        _section(S.PROFILE, _keys(S.PROFILE, "business", "situation", "")),
        _section(S.BUDGET, _keys(S.BUDGET, "amount", ""), _keys(S.BUDGET, "status")),
        _section(S.TIMELINE, TIME, _keys(S.TIMELINE, "process", "criterion")),
        _section(S.PEOPLE, (*_keys(S.PEOPLE, "authority", ""), *ECONOMIC), CHAMPION),
        _section(S.EVENT, _keys(S.EVENT, "driver", "deadline", "")),
        _section(S.PAIN_POINT, PAIN, _keys(S.PAIN_POINT, "cost", "consequence")),
        _section(S.HOT_BUTTON, _keys(S.HOT_BUTTON, "button", "goal", "gain", "")),
        _section(S.COMPETITION, _keys(S.COMPETITION, "vendor", "today", "")),
    ),
    enough=6,
)
BANT = Frame(
    "bant",
    "BANT",
    (
        _part("Budget", "Is there money for it, and how much?", MONEY),
        _part("Authority", "Who decides, and who releases the money?", AUTHORITY),
        _part("Need", "What do they want solved?", NEED),
        _part("Timing", "When do they decide, and when must it run?", TIME),
    ),
    enough=3,
)
CHAMP = Frame(
    "champ",
    "CHAMP",
    (
        _part("Challenge", "Which challenge brings them here?", NEED),
        _part("Authority", "Who decides, and who must agree?", AUTHORITY, CHAMPION),
        _part("Money", "Is there money for it, and how much?", MONEY),
        _part("Prioritisation", "How high does it stand on their list, and why now?", URGENCY),
    ),
    enough=3,
)
MEDDICC = Frame(
    "meddicc",
    "MEDDICC",
    (
        _part(
            *("Metrics", "What does it cost today, and what would be gained?"),
            *(_keys(S.PAIN_POINT, "cost"), _keys(S.HOT_BUTTON, "gain")),
        ),
        _part("Economic buyer", "Who releases the money?", ECONOMIC, _keys(S.BUDGET, "release")),
        _part("Decision criteria", "What will they decide by?", _keys(S.TIMELINE, "criterion")),
        _part(
            "Decision process", "Which steps lead there?", _keys(S.TIMELINE, "process", "decision")
        ),
        _part("Identify pain", "What goes wrong today?", PAIN),
        _part("Champion", "Who inside fights for it?", CHAMPION),
        _part(
            *("Competition", "Who else are they talking to?"),
            _keys(S.COMPETITION, "vendor", "today", "position", ""),
        ),
    ),
    enough=5,
)
GPCTBA = Frame(
    "gpctba",
    "GPCTBA/C&I",
    (
        _part("Goals", "What do they want to reach?", _keys(S.HOT_BUTTON, "goal", "button", "")),
        _part("Plans", "What have they planned or tried?", _keys(S.HOT_BUTTON, "plan")),
        _part("Challenges", "What stands in the way?", NEED),
        _part("Timeline", "When do they decide, and when must it run?", TIME),
        _part("Budget", "Is there money for it, and how much?", MONEY),
        _part("Authority", "Who decides, and who must agree?", AUTHORITY),
        _part("Consequences", "What if nothing is done?", _keys(S.PAIN_POINT, "consequence")),
        _part("Implications", "What gets better when it works?", _keys(S.HOT_BUTTON, "gain")),
    ),
    enough=6,
)
FRAMES: dict[str, Frame] = {each.slug: each for each in (SEED_8, BANT, CHAMP, MEDDICC, GPCTBA)}


def frame_of(*slugs: str | None) -> Frame:
    """Return the first of these that is a frame; the eight sections where none is."""
    return next((FRAMES[slug] for slug in slugs if slug in FRAMES), SEED_8)
