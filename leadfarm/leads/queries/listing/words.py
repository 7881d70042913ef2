"""Finding leads by what somebody typed: prefixes of words, a lead's number, an external id.

Candidates are capped, so that a word half the leads share costs no more than a rare one; the page
then says that it shows the first matches, not all.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from leadfarm.rules.names import query_words

ONE_WORD = 400
MANY_WORDS = 30_000
MOST_WORDS = 6
NUMBER = re.compile(r"\s*(?:l-?)?(\d{1,18})\s*", re.IGNORECASE)
LAST = "\U0010ffff"


@dataclass(frozen=True)
class Words:
    """What to look for; `text` as it was typed."""

    text: str = ""
    prefixes: tuple[str, ...] = ()
    number: int | None = None
    params: dict[str, object] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.text)


def read_words(text: str) -> Words:
    """Return what was typed as prefixes, and as a lead's number where it can be one."""
    text = text.replace("\x00", "").strip()[:200]
    prefixes = tuple(dict.fromkeys(query_words(text)))[:MOST_WORDS]
    number = NUMBER.fullmatch(text)
    params: dict[str, object] = {"typed": text}
    for place, prefix in enumerate(prefixes):
        params |= {f"from_{place}": prefix, f"until_{place}": prefix + LAST}
    if number:
        params["number"] = int(number[1])
    return Words(text, prefixes, int(number[1]) if number else None, params)


def candidates(words: Words) -> str:
    """Return a query of lead_id and `capped`, whether there may be more."""
    exact = [
        "SELECT id AS lead_id FROM leads_lead WHERE workspace_id = %(workspace)s"
        " AND external_id = %(typed)s"
    ]
    if words.number is not None:
        exact.append(
            "SELECT id FROM leads_lead WHERE workspace_id = %(workspace)s AND id = %(number)s"
        )
    cap = ONE_WORD if len(words.prefixes) == 1 else MANY_WORDS
    places = range(len(words.prefixes))
    named = " INTERSECT ".join(f"(SELECT lead_id FROM range_{place})" for place in places)  # noqa: S608
    full = " OR ".join(f"(SELECT count(*) FROM range_{place}) >= {cap}" for place in places)  # noqa: S608
    ranges = ", ".join(_range(place, cap) for place in places)
    return (
        f"{f'WITH {ranges} ' if ranges else ''}SELECT DISTINCT lead_id,"  # noqa: S608 - our own text; what was typed is bound
        f" ({full or 'false'}) AS capped"
        f" FROM ({' UNION '.join([*exact, *([named] if named else [])])}) matched"
    )


def _range(place: int, cap: int) -> str:
    return (
        f"range_{place} AS MATERIALIZED (SELECT lead_id FROM leads_searchword"  # noqa: S608
        " WHERE workspace_id = %(workspace)s"
        f" AND word >= %(from_{place})s AND word < %(until_{place})s"
        f" ORDER BY word, lead_id LIMIT {cap})"
    )
