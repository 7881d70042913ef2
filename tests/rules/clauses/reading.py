"""A world read into facts, written by hand: apart from the reaches it checks."""

from __future__ import annotations

from typing import Any

from leadfarm.rules.clauses import Facts, Moment, TouchFact
from leadfarm.rules.codes import FindingSection
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
    numbered = enumerate(world.findings)
    known = sorted(
        ((each["known_at"], number, each) for number, each in numbered), key=lambda row: row[:2]
    )
    standing: dict[tuple[Any, ...], Any] = {}
    for at, number, finding in known:
        if at <= moment.at:
            thread = (finding["section"], finding["field"], finding["thread"])
            standing[thread] = (at, number, finding)
    values: dict[str, Any] = {}
    for _, _, finding in sorted(standing.values(), key=lambda row: row[:2]):
        name = FindingSection(finding["section"]).slug
        told = {"text": "words", "number": "value_number", "date": "value_date"}
        for suffix, column in told.items():
            if finding[column] is not None and not finding["withdrawn"]:
                values[name] = True
                values[f"{name}_{suffix}"] = finding[column]
    return values
