"""The builder between two clicks: what stands in it, moved, added to, and read as a design."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.http import QueryDict
from django.utils.text import slugify

from leadfarm.intake.builder_forms import DesignForm, QuestionForm, SettingsForm, list_of
from leadfarm.intake.hosting.design import (
    MOST_QUESTIONS,
    PALETTE,
    Answer,
    Asked,
    Design,
    Question,
    read,
)
from leadfarm.intake.models import Form, WebHost
from leadfarm.rules.consent import Purpose

# Questions a workspace makes up itself, by what they take.
OWN = {
    "line": Question("", Answer.LINE, ""),
    "text": Question("", Answer.TEXT, ""),
    "choice": Question("", Answer.CHOICE, ""),
    "tick": Question("", Answer.TICK, ""),
}


@dataclass
class Bench:
    """Everything that is being edited: kept nowhere until it is saved."""

    form: Form
    settings: SettingsForm
    words: DesignForm
    rows: list[QuestionForm]
    # The row that was just added or moved: it is open and has the cursor.
    at: str = ""
    said: str = ""
    # Which folded parts and rows stood open, as far as the browser can tell.
    unfolded: frozenset[str] = frozenset()

    def is_valid(self) -> bool:
        """Return whether all of it can be kept; every fault is named at its place."""
        parts = [self.settings.is_valid(), self.words.is_valid()]
        parts += [row.is_valid() for row in self.rows]
        later = any(row.cleaned_data.get("asked") is Asked.IN_TURN for row in self.rows)
        if later and not self.words.cleaned_data.get("remembers"):
            self.words.add_error(
                "remembers", "Questions are kept for a later visit: offer to remember visitors."
            )
            return False
        return all(parts)

    def design(self) -> Design:
        """Return what stands in it as a design: all of it when valid, else what can be shown."""
        words = _words(self.words)
        return replace(read(self.form.design), **words, questions=tuple(self._questions()))

    def _questions(self) -> list[Question]:
        found: list[Question] = []
        for row in self.rows:
            told = _told(row)
            key = told["key"] or _new_key(told["label"], {one.key for one in found})
            own = PALETTE.get(key)
            found.append(
                Question(
                    key=key,
                    answer=own.answer if own else row.shape,
                    label=told["label"] or "Your question",
                    help=told["help"],
                    required=key == "email" or bool(told["required"]),
                    asked=told["asked"] or Asked.UNTIL_KNOWN,
                    choices=tuple(list_of(told["choices"])),
                    section=None if own else told["section"],
                )
            )
        return found

    def unused(self) -> list[Question]:
        """Return our own questions that are not asked yet."""
        there = {row.named for row in self.rows}
        return [one for one in PALETTE.values() if one.key not in there]


def laid_out(form: Form, hosts: Sequence[WebHost]) -> Bench:
    """Return the builder of a form as it is kept; before it is open, what it is called is asked."""
    design = read(form.design)
    rows = [QuestionForm(str(number), one) for number, one in enumerate(design.questions)]
    unfolded = frozenset(() if form.is_open else ("settings",))
    return Bench(
        form, SettingsForm(form, hosts), DesignForm(design, hosts), rows, unfolded=unfolded
    )


def as_sent(form: Form, hosts: Sequence[WebHost], data: QueryDict, act: str = "") -> Bench:
    """Return the builder as it was sent, its questions in the order of their rows.

    `act` is what a button asks for; a preview asks for nothing, whatever was pressed before.
    """
    order = [row for row in dict.fromkeys(data.getlist("row")) if row.isdecimal()]
    rows = [QuestionForm(row, data=data) for row in order[:MOST_QUESTIONS]]
    settings, words = SettingsForm(form, hosts, data), DesignForm(read(form.design), hosts, data)
    bench = Bench(form, settings, words, rows, unfolded=frozenset(data.getlist("unfolded")))
    _act(bench, act)
    return bench


def _act(bench: Bench, act: str) -> None:
    """Do what a button of the builder asks for: up-3, down-3, remove-3, add-phone, new-choice."""
    verb, _, what = act.partition("-")
    at = next((place for place, row in enumerate(bench.rows) if row.row == what), None)
    if verb == "add" and what in PALETTE and PALETTE[what] in bench.unused():
        _append(bench, PALETTE[what])
    elif verb == "new" and what in OWN:
        _append(bench, OWN[what])
    elif at is None:
        return
    elif verb == "remove" and bench.rows[at].named != "email":
        del bench.rows[at]
    elif verb in ("up", "down"):
        bench.at = what
        to = max(at - 1, 0) if verb == "up" else at + 1
        bench.rows.insert(to, bench.rows.pop(at))


def _append(bench: Bench, question: Question) -> None:
    if len(bench.rows) >= MOST_QUESTIONS:
        bench.said = f"A form asks at most {MOST_QUESTIONS} questions."
        return
    bench.at = str(max((int(row.row) for row in bench.rows), default=-1) + 1)
    row = QuestionForm(bench.at, question)
    row.fields["label"].widget.attrs["autofocus"] = True
    bench.rows.append(row)


def _words(form: DesignForm) -> dict[str, Any]:
    told = {name: form[name].value() for name in form.fields} if not form.is_bound else None
    if told is None:
        form.is_valid()
        told = {name: form.cleaned_data.get(name) for name in form.fields}
    purpose = told["purpose"]
    plain = {name: value or "" for name, value in told.items() if name in WORDS}
    return {
        **plain,
        "theme": told["theme"] or "auto",
        "points": tuple(list_of(told["points"] or "")),
        "purpose": Purpose(int(purpose)) if purpose else None,
        "remembers": bool(told["remembers"]),
    }


WORDS = frozenset(DesignForm.base_fields) - {"points", "purpose", "remembers", "theme"}


def _told(row: QuestionForm) -> dict[str, Any]:
    """Return what stands in a row, also where it is not valid yet."""
    nothing = dict.fromkeys(QuestionForm.base_fields, "")
    if row.is_bound:
        row.is_valid()
        return {**nothing, **row.cleaned_data, "label": row.cleaned_data.get("label", "")}
    told = {name: row[name].value() for name in row.fields}
    asked = Asked(int(told["asked"])) if told.get("asked") else Asked.UNTIL_KNOWN
    return {**nothing, **told, "asked": asked, "section": row.initial.get("section") or None}


def _new_key(label: str, taken: set[str]) -> str:
    """Return a key for a new question, from its words: the same question elsewhere shares it."""
    base = f"q_{slugify(label).replace('-', '_')[:34]}" if slugify(label) else "q_question"
    numbered = [base, *(f"{base}_{number}" for number in range(2, MOST_QUESTIONS + 2))]
    return next(key for key in numbered if key not in taken)
