"""Finding leads by what somebody typed: prefixes of words, a number, an address, an external id.

Candidates are capped, so that a word half the leads share costs no more than a rare one; the page
then says that it shows the first matches, not all. What is named exactly comes first.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from leadfarm.engine.statements import statement
from leadfarm.rules.names import normal_email, phone_prefix, query_words

SHOWN = 400  # matches a page sorts
SOME = 100  # the same where each costs more to find
# Sizes of words, in leads; FEW <= ASKED <= READ.
FEW = 2_000  # so many are asked one by one for the other words, whatever those are
READ = 40_000  # so many are read at once and looked up; of larger words leads are asked
ASKED = 10_000  # so many are asked where all other words are larger
MOST_WORDS = 6
NUMBER = re.compile(r"\s*(?:l-?)?(\d{1,18})\s*", re.IGNORECASE)
LAST = "\U0010ffff"
NAMED = Path(__file__).with_name("named.sql")
HERE = "FROM leads_searchword WHERE workspace_id = %(workspace)s"
EXACT = {
    "typed": "SELECT id, true FROM leads_lead"
    " WHERE workspace_id = %(workspace)s AND external_id = %(typed)s",
    "number": "SELECT id, true FROM leads_lead"
    " WHERE workspace_id = %(workspace)s AND id = %(number)s",
    "address": "SELECT own.id, true FROM leads_contact who JOIN leads_lead own"
    " ON own.workspace_id = %(workspace)s AND own.contact_id = who.id"
    " WHERE who.workspace_id = %(workspace)s AND who.email_key = %(address)s",
}


@dataclass(frozen=True)
class Words:
    """What to look for; `text` as it was typed, `phone` the digits it may begin a number with."""

    text: str = ""
    prefixes: tuple[str, ...] = ()
    phone: str = ""
    params: dict[str, object] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.text)


def read_words(text: str) -> Words:
    """Return what was typed as prefixes, and as a lead's number or an address where it can be."""
    text = text.replace("\x00", "").strip()[:200]
    prefixes, phone = _telling(query_words(text))[:MOST_WORDS], phone_prefix(text)
    params: dict[str, object] = {"typed": text}
    for name, prefix in [*enumerate(prefixes), *([("phone", phone)] if phone else [])]:
        params |= {f"from_{name}": prefix, f"until_{name}": prefix + LAST}
    if number := NUMBER.fullmatch(text):
        params["number"] = int(number[1])
    if address := normal_email(text):
        params["address"] = address
    return Words(text, prefixes, phone, params)


def _telling(typed: list[str]) -> tuple[str, ...]:
    """Return the words without repeats and without those that only begin another one."""
    once = dict.fromkeys(typed)
    return tuple(
        word for word in once if not any(one != word and one.startswith(word) for one in once)
    )


def candidates(words: Words) -> str:
    """Return a query of lead_id, whether it was named `exact`, and `capped`: there may be more.

    Where there may be more, a row without a lead says so: nothing found is not nothing there.
    """
    many = len(words.prefixes)
    ways = [query for name, query in EXACT.items() if name in words.params]
    ways += ["SELECT lead_id, false FROM named"] if many else []
    if words.phone:
        ways.append(f"SELECT lead_id, false FROM ({_first('phone', SHOWN)}) dialled")  # noqa: S608 - as below
    ways.append("SELECT NULL, false FROM cap WHERE capped")
    return (
        f"WITH {_steps(many)} SELECT lead_id, bool_or(exact) AS exact, capped"  # noqa: S608 - our own text; what was typed is bound
        f" FROM ({' UNION ALL '.join(ways)}) matched (lead_id, exact) CROSS JOIN cap"
        " GROUP BY lead_id, capped"
    )


def everyone(words: Words) -> str:
    """Return a query of the lead_id of all that match: for what is done to them, not shown."""
    ways = [
        f"SELECT id FROM ({query}) exactly (id, exact)"  # noqa: S608 - as above
        for name, query in EXACT.items()
        if name in words.params
    ]
    if words.prefixes:
        ranges = [f"SELECT lead_id {_range(place)}" for place in range(len(words.prefixes))]
        ways.append(f"({' INTERSECT '.join(ranges)})")
    if words.phone:
        ways.append(f"SELECT lead_id {_range('phone')}")
    return f"SELECT id AS lead_id FROM ({' UNION ALL '.join(ways)}) matched (id)"  # noqa: S608 - as above


def _steps(many: int) -> str:
    """Return the steps that lead to `named` and to `cap`, which says whether there may be more."""
    if many < 2:
        named = f"named AS MATERIALIZED ({_first(0, SHOWN)}), " if many else ""
        full = f"(SELECT count(*) FROM named) >= {SHOWN}" if many else "false"  # noqa: S608 - as above
        return f"{named}cap (capped) AS MATERIALIZED (SELECT {full})"
    places = range(many)
    parts = {
        "typed": ", ".join(f"({at}, %(from_{at})s::text, %(until_{at})s::text)" for at in places),
        "is read": _each(many, "read", "lead_id IN (SELECT lead_id FROM ({first}) read)"),
        "says yes": _each(
            many, "asked", "(SELECT true {range} AND lead_id = walked.lead_id LIMIT 1)"
        ),
        "few": FEW,
        "read": READ,
        "asked": ASKED,
        "some": SOME,
        "shown": SHOWN,
    }
    text = statement(NAMED)
    for name, value in parts.items():
        text = text.replace(f"/*{name}*/", str(value))
    return text


def _each(many: int, way: str, check: str) -> str:
    """Return a check of a lead for every word that goes this way."""
    return " AND ".join(
        f"CASE (SELECT way FROM ways WHERE place = {at}) WHEN '{way}'"  # noqa: S608 - as above
        f" THEN {check.format(first=_first(at, READ), range=_range(at))} ELSE true END"
        for at in range(many)
    )


def _first(name: int | str, many: int) -> str:
    return f"SELECT lead_id {_range(name)} ORDER BY word, lead_id LIMIT {many}"


def _range(name: int | str) -> str:
    return f"{HERE} AND word >= %(from_{name})s AND word < %(until_{name})s"
