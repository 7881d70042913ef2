"""The whole builder: read from what was filled in, or from a clause."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from string import ascii_uppercase

from django.http import QueryDict

from leadfarm.leads.clause_builder.rows import FormData, Group, Row, Sections, row_of, sections_of
from leadfarm.rules.clauses import (
    EVERYONE,
    Catalogue,
    Clause,
    Fault,
    FaultyClause,
    canonical,
    form_of_clause,
    json_of_form,
    parse,
    sentence,
)
from leadfarm.rules.clauses.form_rows import ROW

MOST_ROWS = 100
Raw = QueryDict | Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Builder:
    """What the template draws, and what the page keeps.

    `clause` is None while something is wrong; `faults` then says what, and each row its own.
    `pressed` says that a button of the builder was used: draw the page again and keep nothing.
    `kept` is a clause nested deeper than rows can show, carried along untouched.
    """

    prefix: str
    joined: str
    groups: tuple[Group, ...]
    sections: Sections
    clause: Clause | None
    said: str = ""
    faults: tuple[Fault, ...] = ()
    pressed: bool = False
    kept: str = ""

    @property
    def next_letter(self) -> str:
        """Return the letter of a group that is not there yet; empty when all are used."""
        used = {group.letter for group in self.groups}
        return next((letter for letter in ascii_uppercase if letter not in used), "")


def show(clause: Clause | None, catalogue: Catalogue, *, prefix: str = "") -> Builder:
    """Return the builder of a clause; of None or of every lead, one blank row."""
    clause = clause or EVERYONE
    form = form_of_clause(clause)
    if form is None:
        return _kept(clause, catalogue, prefix)
    return _built(form, catalogue, prefix, complain=False, pressed=False)


def read(data: Raw, catalogue: Catalogue, *, prefix: str = "") -> Builder:
    """Return the builder as it was filled in, with its clause or its faults.

    A pressed button has been obeyed: the row is added or gone, and no row is complained about.
    """
    form = _own(data, prefix)
    press = (form.get("press") or ("",))[0]
    kept = (form.get("kept") or ("",))[0]
    if kept and press != "afresh":
        try:
            return _kept(parse(json.loads(kept), catalogue), catalogue, prefix)
        except (ValueError, RecursionError):
            form.pop("kept")
    form = _obey(form, press)
    return _built(form, catalogue, prefix, complain=not press, pressed=bool(press))


def _own(data: Raw, prefix: str) -> dict[str, list[str]]:
    lists = data.lists() if isinstance(data, QueryDict) else data.items()
    return {
        key.removeprefix(prefix): [value.replace("\x00", "") for value in values]
        for key, values in lists
        if key.startswith(prefix)
    }


def _obey(form: dict[str, list[str]], press: str) -> dict[str, list[str]]:
    """Do what the pressed button says: "add-A" (a row to group A), "drop-3", "afresh"."""
    if press == "afresh":
        return {}
    if gone := re.fullmatch(r"drop-(\d{1,4})", press):
        return {key: each for key, each in form.items() if not key.startswith(f"row-{gone[1]}-")}
    if (to := re.fullmatch(r"add-([A-Z])", press)) and len(_numbers(form)) < MOST_ROWS:
        number = max(_numbers(form), default=-1) + 1
        blank = {f"row-{number}-field": [""], f"row-{number}-group": [to[1]]}
        return {**form, **blank}
    return form


def _numbers(form: FormData) -> list[int]:
    found = sorted(int(match[1]) for key in form if (match := ROW.fullmatch(key)))
    return found[: MOST_ROWS + 1]


def _built(
    form: FormData, catalogue: Catalogue, prefix: str, *, complain: bool, pressed: bool
) -> Builder:
    rows = [row_of(form, each, catalogue, complain=complain) for each in _numbers(form)]
    clause, found = _parsed(form, catalogue)
    return Builder(
        prefix=prefix,
        joined="any" if (form.get("joined") or ("",))[0] == "any" else "all",
        groups=_groups(form, rows),
        sections=sections_of(catalogue),
        clause=clause,
        said=_said(clause, catalogue),
        faults=found if complain else (),
        pressed=pressed,
    )


def _groups(form: FormData, rows: list[Row]) -> tuple[Group, ...]:
    by_letter: dict[str, list[Row]] = {}
    for row in rows or [Row(0, "A")]:
        by_letter.setdefault(row.group, []).append(row)
    return tuple(
        Group(letter, (form.get(f"how-{letter}") or ("all",))[0], tuple(some))
        for letter, some in sorted(by_letter.items())
    )


def _parsed(form: FormData, catalogue: Catalogue) -> tuple[Clause | None, tuple[Fault, ...]]:
    try:
        return parse(json_of_form(form, catalogue), catalogue), ()
    except FaultyClause as faulty:
        return None, faulty.faults


def _said(clause: Clause | None, catalogue: Catalogue) -> str:
    if clause is None or not clause.members:
        return ""
    said = sentence(clause, catalogue)
    return f"{said[:1].upper()}{said[1:]}."


def _kept(clause: Clause, catalogue: Catalogue, prefix: str) -> Builder:
    """Return the builder of a clause too deep for rows: its sentence, carried along."""
    said = _said(clause, catalogue)
    sections = sections_of(catalogue)
    return Builder(prefix, "all", (), sections, clause, said, kept=canonical(clause))
