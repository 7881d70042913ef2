"""Finding leads by what somebody typed: prefixes of words, a number, an address, an external id.

Candidates are capped, so that a word half the leads share costs no more than a rare one; the page
then says that it shows the first matches, not all. What is named exactly comes first.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from leadfarm.rules.names import normal_email, phone_prefix, query_words

ONE_WORD = 400
MANY_WORDS = 30_000
MOST_WORDS = 6
NUMBER = re.compile(r"\s*(?:l-?)?(\d{1,18})\s*", re.IGNORECASE)
LAST = "\U0010ffff"
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
    prefixes, phone = tuple(dict.fromkeys(query_words(text)))[:MOST_WORDS], phone_prefix(text)
    params: dict[str, object] = {"typed": text}
    for name, prefix in [*enumerate(prefixes), *([("phone", phone)] if phone else [])]:
        params |= {f"from_{name}": prefix, f"until_{name}": prefix + LAST}
    if number := NUMBER.fullmatch(text):
        params["number"] = int(number[1])
    if address := normal_email(text):
        params["address"] = address
    return Words(text, prefixes, phone, params)


def candidates(words: Words) -> str:
    """Return a query of lead_id, whether it was named `exact`, and `capped`: there may be more."""
    cap = ONE_WORD if len(words.prefixes) == 1 else MANY_WORDS
    places = range(len(words.prefixes))
    full = " OR ".join(f"(SELECT count(*) FROM range_{place}) >= {cap}" for place in places)  # noqa: S608
    ways = [query for name, query in EXACT.items() if name in words.params]
    if words.prefixes:
        named = " INTERSECT ".join(f"SELECT lead_id FROM range_{place}" for place in places)  # noqa: S608
        ways.append(f"SELECT lead_id, false FROM ({named}) all_words")  # noqa: S608
    if words.phone:
        ways.append(f"({_words('phone', ONE_WORD)})")
    ranges = ", ".join(f"range_{place} AS MATERIALIZED ({_words(place, cap)})" for place in places)
    return (
        f"{f'WITH {ranges} ' if ranges else ''}SELECT lead_id, bool_or(exact) AS exact,"  # noqa: S608 - our own text; what was typed is bound
        f" ({full or 'false'}) AS capped"
        f" FROM ({' UNION ALL '.join(ways)}) matched (lead_id, exact) GROUP BY lead_id"
    )


def _words(name: int | str, cap: int) -> str:
    return (
        "SELECT lead_id, false FROM leads_searchword WHERE workspace_id = %(workspace)s"  # noqa: S608
        f" AND word >= %(from_{name})s AND word < %(until_{name})s"
        f" ORDER BY word, lead_id LIMIT {cap}"
    )
