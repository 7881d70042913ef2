"""Which fields the eight sections have: what each holds, how long it stays fresh, what to ask.

A section also has the field "": what was said of it in free words.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from leadfarm.rules.coded import Code
from leadfarm.rules.codes import BuyingRole, FindingSection
from leadfarm.rules.dossier.codes import Bought, BudgetStatus, Influence, Position, Stance

S = FindingSection


class Shape(StrEnum):
    """What a field holds."""

    TEXT = "text"
    AMOUNT = "amount"  # money in the workspace's currency
    NUMBER = "number"
    DATE = "date"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class DossierField:
    """One field of a section. `many`: it can have several standing entries at once.

    `by_person`: one entry a person of the buying group, the thread is the person's number.
    """

    section: FindingSection
    name: str
    label: str
    shape: Shape
    question: str
    fresh_days: int
    many: bool = False
    by_person: bool = False
    choices: type[Code] | None = None
    unit: str = ""

    @property
    def fresh_for(self) -> timedelta:
        """For how long an entry is trusted without asking again."""
        return timedelta(days=self.fresh_days)

    def choice(self, code: int | None) -> str:
        """Return the label of a stored code; "" where the field has no such choice."""
        if self.choices is None or code is None:
            return ""
        return next((each.label for each in self.choices if each.value == code), "")


def _text(
    section: FindingSection, name: str, label: str, question: str, days: int, many: bool = False
) -> DossierField:
    return DossierField(section, name, label, Shape.TEXT, question, days, many)


def _choice(
    section: FindingSection,
    name: str,
    label: str,
    question: str,
    days: int,
    choices: type[Code],
    by_person: bool = False,
) -> DossierField:
    return DossierField(
        *(section, name, label, Shape.CHOICE, question, days), choices=choices, by_person=by_person
    )


_PROFILE = (
    _text(S.PROFILE, "business", "Business", "What does the company do?", 730),
    DossierField(
        *(S.PROFILE, "size", "Size", Shape.NUMBER, "How many people work there?", 365),
        unit="people",
    ),
    _text(S.PROFILE, "situation", "Today", "How do they do it today?", 365),
)
_BUDGET = (
    DossierField(S.BUDGET, "amount", "Amount", Shape.AMOUNT, "How much is set aside?", 180),
    _choice(S.BUDGET, "status", "Status", "Is the money approved?", 90, BudgetStatus),
    _text(S.BUDGET, "release", "Released by", "Who releases the money?", 180),
)
_TIMELINE = (
    DossierField(
        S.TIMELINE, "decision", "Decision", Shape.DATE, "When will they decide, and buy?", 90
    ),
    DossierField(S.TIMELINE, "in_place", "In place", Shape.DATE, "When must it be running?", 120),
    _text(S.TIMELINE, "process", "How they decide", "Which steps lead to the decision?", 180),
    _text(S.TIMELINE, "criterion", "Criterion", "What will they decide by?", 180, many=True),
)
_PEOPLE = (
    _choice(S.PEOPLE, "role", "Role", "Which part do they play?", 365, BuyingRole, by_person=True),
    _choice(S.PEOPLE, "stance", "Stance", "Are they for us?", 180, Stance, by_person=True),
    _choice(
        *(S.PEOPLE, "influence", "Say", "How much does their word weigh?", 365, Influence),
        by_person=True,
    ),
    _text(S.PEOPLE, "authority", "Who decides", "Who decides, and who must agree?", 180),
)
_EVENT = (
    _text(S.EVENT, "driver", "Driver", "What happened that makes this a topic now?", 180, True),
    DossierField(S.EVENT, "deadline", "Deadline", Shape.DATE, "By when must it be solved?", 120),
)
_PAIN = (
    _text(S.PAIN_POINT, "need", "Need", "What do they want solved?", 365),
    _text(S.PAIN_POINT, "pain", "Pain", "What goes wrong today?", 365, many=True),
    DossierField(
        *(S.PAIN_POINT, "cost", "What it costs", Shape.AMOUNT, "What does it cost them?", 365),
        unit="a year",
    ),
    _text(S.PAIN_POINT, "consequence", "If nothing is done", "What if they do nothing?", 365),
)
_HOT = (
    _text(S.HOT_BUTTON, "button", "Matters most", "What matters most to this person?", 365, True),
    _text(S.HOT_BUTTON, "goal", "Goal", "What do they want to reach?", 365),
    _text(S.HOT_BUTTON, "plan", "Plan", "What have they planned or tried?", 180),
    _text(S.HOT_BUTTON, "gain", "If it works", "What gets better when it works?", 365),
)
_COMPETITION = (
    _text(S.COMPETITION, "vendor", "Also talks to", "Who else are they talking to?", 180, True),
    _text(S.COMPETITION, "today", "Uses today", "What do they use today?", 365),
    _choice(S.COMPETITION, "position", "Where we stand", "Are we ahead?", 90, Position),
    _text(S.COMPETITION, "lost_to", "Lost to", "Who won it?", 730),
    _choice(S.COMPETITION, "bought", "Bought", "Did they buy, and from whom?", 730, Bought),
)
FIELDS: dict[tuple[FindingSection, str], DossierField] = {
    (each.section, each.name): each
    for each in (
        *_PROFILE, *_BUDGET, *_TIMELINE, *_PEOPLE, *_EVENT, *_PAIN, *_HOT, *_COMPETITION,
    )
}  # fmt: skip
# Where words go of which only the section was said; the rest stays in free words.
DEFAULT = {
    S.PROFILE: "business", S.EVENT: "driver", S.PAIN_POINT: "pain", S.HOT_BUTTON: "button",
    S.COMPETITION: "vendor",
}  # fmt: skip
FREE_WORDS_DAYS = 180


def field_of(section: FindingSection, name: str) -> DossierField:
    """Return the field; one we do not list (a column of a file, free words) holds text."""
    found = FIELDS.get((section, name))
    if found is not None:
        return found
    label = name.replace("_", " ").replace(".", " ").strip()
    return _text(section, name, label[:1].upper() + label[1:], section.question, FREE_WORDS_DAYS)


def fields_of(section: FindingSection) -> list[DossierField]:
    """Return the listed fields of a section in their order."""
    return [each for each in FIELDS.values() if each.section is section]
