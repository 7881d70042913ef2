"""What a form shows and asks, as plain values: read from JSON, written to JSON, compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from leadfarm.rules.coded import Code
from leadfarm.rules.codes import FindingSection
from leadfarm.rules.consent import Purpose

MOST_QUESTIONS = 40
MOST_CHOICES = 30


class Answer(Code):
    """What a question takes. Details: the longest answer."""

    EMAIL = 1, "E-mail", 254
    LINE = 2, "One line", 300
    TEXT = 3, "Several lines", 5_000
    CHOICE = 4, "One of a list", 200
    TICK = 5, "Yes or no", 3
    PHONE = 6, "Phone", 40

    longest: int


class Asked(Code):
    """When a question is asked of somebody."""

    ALWAYS = 1, "Every time"
    UNTIL_KNOWN = 2, "Until we know it"
    IN_TURN = 3, "On a later visit, in place of what we know"


@dataclass(frozen=True)
class Question:
    """One field of a form. `key` names it in what is sent; our own keys go to the record."""

    key: str
    answer: Answer
    label: str
    help: str = ""
    required: bool = False
    asked: Asked = Asked.UNTIL_KNOWN
    choices: tuple[str, ...] = ()
    # The dossier's section an answer becomes a finding of; None: the contact's own words.
    section: FindingSection | None = None

    @property
    def is_own(self) -> bool:
        """Return whether it is one of ours, which fills the record itself."""
        return self.key in PALETTE


PALETTE: dict[str, Question] = {
    one.key: one
    for one in (
        Question("email", Answer.EMAIL, "Work e-mail", required=True),
        Question("given_name", Answer.LINE, "First name"),
        Question("family_name", Answer.LINE, "Last name"),
        Question("company", Answer.LINE, "Company"),
        Question("job_title", Answer.LINE, "Job title"),
        Question("phone", Answer.PHONE, "Phone"),
        Question("need", Answer.LINE, "What do you want to solve?"),
        Question("message", Answer.TEXT, "Message", asked=Asked.ALWAYS),
    )
}
# How long what goes to the record may be, as its columns are.
LONGEST = {"given_name": 100, "family_name": 100, "company": 200, "job_title": 160}


@dataclass(frozen=True)
class Design:
    """All of a form that its visitors see."""

    headline: str = ""
    intro: str = ""
    points: tuple[str, ...] = ()
    questions: tuple[Question, ...] = (PALETTE["email"],)
    button: str = "Send"
    purpose: Purpose | None = None
    wording: str = ""
    remembers: bool = False
    privacy_url: str = ""
    thanks_title: str = "Thank you"
    thanks: str = ""
    redirect: str = ""
    company: str = ""
    accent: str = ""
    theme: str = "auto"

    def as_json(self) -> dict[str, Any]:
        """Return it as it is stored; `read` understands it."""
        return {**asdict(self), "questions": [_plain(one) for one in self.questions]}

    def question(self, key: str) -> Question | None:
        """Return the question of this key."""
        return next((one for one in self.questions if one.key == key), None)

    def says_the_same_about_consent(self, other: Design) -> bool:
        """Return whether the words of consent are word for word these."""
        return (self.purpose, self.wording) == (other.purpose, other.wording)


def read(stored: Mapping[str, Any]) -> Design:
    """Return the design that was stored; what is missing is as in a new one."""
    names = {one.name for one in fields(Design)} - {"questions", "points", "purpose"}
    plain = {name: stored[name] for name in names if name in stored}
    asked = tuple(_question(one) for one in stored.get("questions") or ())
    purpose = stored.get("purpose")
    return Design(
        **plain,
        points=tuple(stored.get("points") or ()),
        questions=asked or (PALETTE["email"],),
        purpose=Purpose(purpose) if purpose else None,
    )


def asking(keys: Sequence[str], **rest: Any) -> Design:
    """Return a design that asks for the address and these fields of ours, in this order."""
    named = [PALETTE[key] for key in keys if key in PALETTE and key != "email"]
    return Design(questions=(PALETTE["email"], *named), **rest)


def _plain(one: Question) -> dict[str, Any]:
    numbers = {"answer": int(one.answer), "asked": int(one.asked)}
    section = int(one.section) if one.section else None
    return {**asdict(one), **numbers, "section": section}


def _question(stored: Mapping[str, Any]) -> Question:
    own = PALETTE.get(str(stored["key"]))
    answer = own.answer if own else Answer(stored["answer"])
    section = stored.get("section")
    one = Question(
        key=str(stored["key"]),
        answer=answer,
        label=str(stored["label"]),
        help=str(stored.get("help") or ""),
        required=bool(stored.get("required")),
        asked=Asked(stored.get("asked") or Asked.UNTIL_KNOWN),
        choices=tuple(stored.get("choices") or ()),
        section=FindingSection(section) if section else None,
    )
    return replace(one, required=True) if one.key == "email" else one
