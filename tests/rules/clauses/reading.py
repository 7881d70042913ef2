"""A world read into facts, written by hand: apart from the reaches it checks."""

from __future__ import annotations

from math import nan
from typing import Any

from leadfarm.rules.clauses import Facts, Moment, TouchFact
from leadfarm.rules.codes import Confidence, FindingSection
from leadfarm.rules.dossier.catalogue import field_of
from leadfarm.rules.dossier.frames import FRAMES, Key
from leadfarm.rules.dossier.standing import Said, contradicted_by
from tests.rules.clauses.worlds import World


def facts_of(world: World, moment: Moment) -> Facts:
    """What was known of the lead at the moment, read row by row."""
    values: dict[str, Any] = {**_timeless(world), **_dossier(world, moment)}
    values |= _now(world) if moment.live else _then(world, moment)
    touches = [
        TouchFact(
            each["kind"],
            each["happened_at"],
            each["known_at"],
            not each["by_machine"],
            each["disposition"],
        )
        for each in world.touches
    ]
    if world.standing["unscored"]:  # who objects to profiling: no number, and no zero either
        values |= {"heat": nan, "heat_level": nan}
    return Facts(values, touches)


def _timeless(world: World) -> dict[str, Any]:
    account, contact = world.account or {}, world.contact or {}
    return {
        "source": world.lead["source_id"],
        "campaign": world.lead["campaign_id"],
        "entered": world.lead["entered_at"],
        "origin": world.lead["origin"],
        "job_title": contact.get("job_title"),
        "contact_country": contact.get("country"),
        "seniority": contact.get("seniority"),
        "department": contact.get("department"),
        "sector": account.get("sector"),
        "size": account.get("employees"),
        **{name: account.get(name) for name in ("country", "industry", "employees", "domain")},
    }


def _now(world: World) -> dict[str, Any]:
    lead, standing = world.lead, world.standing
    return {
        "stage": standing["stage"],
        "days_in_stage": standing["stage_since"],
        "whose_move": standing["whose_move"],
        "next_step_due": standing["next_at"],
        "fit": standing["fit"],
        "fit_letter": standing["fit"],
        "heat": standing["heat"],
        "heat_level": standing["heat"],
        "judgement": standing["judgement"],
        "need": lead["need"],
        "amount": lead["amount"],
        "close_date": lead["close_on"],
        "forecast": lead["forecast"],
        "buying_roles": {role for role in world.roles if role is not None},
        **{f"{side}_owner": lead[f"{side}_owner_id"] for side in ("marketing", "pd", "sales")},
    }


def _then(world: World, moment: Moment) -> dict[str, Any]:
    known = [each for each in enumerate(world.changes) if each[1]["known_at"] <= moment.at]
    newest = max(known, key=lambda pair: (pair[1]["known_at"], pair[0]), default=(0, {}))[1]
    heats = [
        each["heat_after"]
        for each in world.touches
        if each["known_at"] <= moment.at and each["heat_after"] is not None
    ]
    warmest = max(heats, default=None)
    return {
        "stage": newest.get("to_stage"),
        "days_in_stage": newest.get("happened_at"),
        "heat": warmest,
        "heat_level": warmest,
    }


def _dossier(world: World, moment: Moment) -> dict[str, Any]:
    """The newest of what stands: of each thread only the last entry known by then counts."""
    values: dict[str, Any] = {}
    keys: set[Key] = set()
    roles: set[int] = set()
    for finding in _standing(world, moment):
        section, place = FindingSection(finding["section"]), finding["field"]
        keys |= {Key(section, place), Key(section, place, finding["value_code"])}
        values |= {
            section.slug: True,
            f"{section.slug}_age": finding["known_at"],
            f"{section.slug}_confidence": finding["confidence"],
        }
        _tell(values, section.slug, place, finding)
        if (section, place) == (FindingSection.PEOPLE, "role") and finding["value_code"]:
            roles.add(finding["value_code"])
    for frame in FRAMES.values():
        name = "completeness" if frame.slug == "seed-8" else f"{frame.slug}_completeness"
        values |= {name: frame.completeness(keys), f"{frame.slug}_parts": frame.filled(keys)}
    values["contradictions"] = _contradictions(world, moment)
    return values if moment.live else {**values, "buying_roles": roles}


def _standing(world: World, moment: Moment) -> list[dict[str, Any]]:
    """What was told last of each thread, oldest first, without what takes back or says nothing."""
    numbered = enumerate(world.findings)
    known = sorted(
        ((each["known_at"], number, each) for number, each in numbered), key=lambda row: row[:2]
    )
    threads: dict[tuple[Any, ...], Any] = {}
    for at, number, finding in known:
        if at <= moment.at:
            thread = (finding["section"], finding["field"], finding["thread"])
            threads[thread] = (at, number, finding)
    told = ("words", "value_number", "value_date", "value_code")
    return [
        finding
        for _, _, finding in sorted(threads.values(), key=lambda row: row[:2])
        if not finding["withdrawn"] and any(finding[column] is not None for column in told)
    ]


def _contradictions(world: World, moment: Moment) -> int:
    """How many threads contradict themselves; what is about one person of the group is left out."""
    threads: dict[tuple[Any, ...], list[Said]] = {}
    numbered = sorted(enumerate(world.findings), key=lambda row: (row[1]["known_at"], row[0]))
    for _, each in numbered:
        if each["known_at"] <= moment.at:
            place = (FindingSection(each["section"]), each["field"], each["thread"])
            threads.setdefault(place, []).insert(0, _said(each))
    found = (contradicted_by(said) for place, said in threads.items() if not _by_person(place))
    return sum(each is not None for each in found)


def _by_person(place: tuple[Any, ...]) -> bool:
    return field_of(place[0], place[1]).by_person


def _said(row: dict[str, Any]) -> Said:
    values = (row["value_number"], row["value_date"], row["value_code"], row["words"])
    value = None if row["withdrawn"] else next((one for one in values if one is not None), None)
    touch = row["touch_id"]
    origin = f"{f'touch {touch}' if touch else row['source']} {row['member_id']}"
    told = (value, row["known_at"], Confidence(row["confidence"]), origin, row["withdrawn"])
    return Said(*told, settles=row["source"] == "confirmed")


FORMS = {"text": "words", "number": "value_number", "date": "value_date"}
OWN = {
    ("budget", "amount"): "value_number",
    ("budget", "status"): "value_code",
    ("timeline", "decision"): "value_date",
}


def _tell(values: dict[str, Any], section: str, place: str, finding: dict[str, Any]) -> None:
    for suffix, column in FORMS.items():
        if finding[column] is not None:
            values[f"{section}_{suffix}"] = finding[column]
    own = OWN.get((section, place))
    if own and finding[own] is not None:
        values[f"{section}_{place}"] = finding[own]
    if (section, place) == ("competition", "vendor") and finding["words"] is not None:
        before = values.get("competition_vendor")
        said = finding["words"]
        values["competition_vendor"] = said if before is None else f"{before}\n{said}"
