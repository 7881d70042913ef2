"""What a lead may tell by API, webhook or mail: one list of fields, read into `Sent`.

The API documents itself from it, and a webhook is mapped onto it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from difflib import get_close_matches
from typing import Any, Literal
from zoneinfo import ZoneInfo

from leadfarm.access.models import Workspace
from leadfarm.consent.actions import Proof
from leadfarm.intake.arrival import Sent
from leadfarm.intake.doors import Fault, UnreadableError
from leadfarm.intake.values import cells
from leadfarm.intake.values.dates import NotADateError, read_instant
from leadfarm.leads.models import Campaign, Source
from leadfarm.rules.codes import TouchKind
from leadfarm.rules.names import normal_email

Reads = Literal["text", "email", "country", "kind", "instant"]
KINDS = [kind for kind in TouchKind if kind.is_inquiry or kind is TouchKind.LIST_ENTRY]
AHEAD = timedelta(minutes=10)
# What people try to set and must not: interest is not readiness (law 4).
NEVER = {
    "stage": "A stage cannot be set. What is ready for sales is decided by the definition in force,"
    " signed by marketing and sales; send what the person said, and the lead is judged by it.",
}
NEVER |= dict.fromkeys(("sales_ready", "lifecycle_stage", "lifecyclestage"), NEVER["stage"])


@dataclass(frozen=True)
class Field:
    """One thing that may be told: its name, what it is to people, an example, its longest form."""

    name: str
    label: str
    example: str
    limit: int = 200
    reads: Reads = "text"


FIELDS: tuple[Field, ...] = (
    Field("email", "E-mail address", "vera.lind@nordpump.example", 254, "email"),
    Field("given_name", "First name", "Vera", 100),
    Field("family_name", "Last name", "Lind", 100),
    Field("full_name", "Full name, where the two are not apart", "Vera Lind", 200),
    Field("phone", "Phone number, best with +country", "+46 8 123 456 00", 40),
    Field("job_title", "Job title", "Head of Production", 160),
    Field("company", "Company", "Nordpump AB", 200),
    Field("country", "Country, two letters or its name", "SE", 60, "country"),
    Field("need", "What they want solved", "Quieter drives for the test stand", 300),
    Field("message", "What they wrote", "Can somebody call me on Monday?", 20_000),
    Field("kind", "What happened", "contact-us", 40, "kind"),
    Field("source", "Source, by its name", "Trade fair", 120),
    Field("campaign", "Campaign, by its name", "Hannover 2026", 160),
    Field("external_id", "Your number of this lead", "crm-4711", 120),
    Field("happened_at", "When it happened", "2026-03-02T10:15:00Z", 40, "instant"),
    Field("consent_wording", "Words they agreed to", "You may write to me about news.", 600),
)
BY_NAME = {field.name: field for field in FIELDS}


@dataclass(frozen=True)
class Default:
    """What holds where the sender does not say it."""

    kind: TouchKind = TouchKind.FORM
    source: Source | None = None
    campaign: Campaign | None = None
    consent_from: str = "api"


def read_told(
    workspace: Workspace, told: Mapping[str, Any], default: Default, now: datetime
) -> Sent:
    """Return what was told as somebody coming in; UnreadableError names every field at fault.

    Call it inside the workspace: sources and campaigns that are named and new are made.
    """
    return _sent(workspace, checked(workspace, told, now), default)


def checked(workspace: Workspace, told: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    """Return the values in their normal form; UnreadableError names every field at fault."""
    faults: list[Fault] = list(_unknown(told))
    values: dict[str, Any] = {}
    for name in told.keys() & BY_NAME.keys():
        try:
            values[name] = _read(BY_NAME[name], told[name], workspace, now)
        except ValueError as wrong:
            faults.append(Fault(name, str(wrong)))
    if not faults and not _is_somebody(values):
        faults.append(Fault("email", "Give email, or phone with a name, or external_id."))
    if faults:
        raise UnreadableError(*sorted(faults, key=lambda fault: fault.field))
    return values


def _unknown(told: Mapping[str, Any]) -> Iterator[Fault]:
    for name in told.keys() - BY_NAME.keys():
        if str(name).lower() in NEVER:
            yield Fault(str(name)[:80], NEVER[str(name).lower()])
            continue
        near = get_close_matches(str(name), BY_NAME, n=1)
        hint = f" Did you mean {near[0]}?" if near else f" Known are: {', '.join(BY_NAME)}."
        yield Fault(str(name)[:80], f"There is no such field.{hint}")


def _read(field: Field, value: Any, workspace: Workspace, now: datetime) -> Any:
    """Return the value in its normal form, "" for an empty one; ValueError says what is wrong."""
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise ValueError("This must be a text.")
    text = str(value).replace("\0", "").encode("utf-8", "replace").decode().strip()
    if len(text) > field.limit:
        raise ValueError(f"This is {len(text)} characters long; {field.limit} is the most.")
    return _as(field.reads, text, workspace, now) if text else ""


def _as(reads: Reads, text: str, workspace: Workspace, now: datetime) -> Any:
    match reads:
        case "email":
            address = normal_email(text)
            if address is None:
                raise ValueError("This is no e-mail address. Write it like vera@nordpump.example.")
            return address
        case "country":
            return cells.read_country(text) or ""
        case "kind":
            kind = TouchKind.read(text)
            if kind not in KINDS:
                raise ValueError(f"Use one of these: {', '.join(one.slug for one in KINDS)}.")
            return kind
        case "instant":
            return _instant(text, ZoneInfo(workspace.time_zone), now)
        case "text":
            return text


def _instant(text: str, zone: ZoneInfo, now: datetime) -> datetime:
    try:
        found = read_instant(text, zone, "dmy")
    except NotADateError:
        raise ValueError("Write the time like 2026-03-02T10:15:00Z.") from None
    if found > now + AHEAD:
        raise ValueError("This lies ahead. What arrives has happened already.")
    return min(found, now)


def _is_somebody(values: Mapping[str, Any]) -> bool:
    named = any(values.get(name) for name in ("given_name", "family_name", "full_name"))
    return bool(values.get("email") or values.get("external_id") or (values.get("phone") and named))


def _sent(workspace: Workspace, values: dict[str, Any], default: Default) -> Sent:
    wording = values.pop("consent_wording", "")
    given, _, family = values.pop("full_name", "").partition(" ")
    source, campaign = values.pop("source", ""), values.pop("campaign", "")
    named = {
        "given_name": values.pop("given_name", "") or given,
        "family_name": values.pop("family_name", "") or family.strip(),
    }
    return Sent(
        email=values.pop("email", ""),
        kind=values.pop("kind", "") or default.kind,
        said=values.pop("message", ""),
        source=_named(Source, workspace, source) or default.source,
        campaign=_named(Campaign, workspace, campaign) or default.campaign,
        consent=Proof(default.consent_from, default.consent_from, wording) if wording else None,
        happened_at=values.pop("happened_at", "") or None,
        **named,
        **values,
    )


def _named(model: type[Any], workspace: Workspace, name: str) -> Any:
    """Return the source or campaign of this name, made when it is new; None for no name."""
    if not name:
        return None
    return model.objects.get_or_create(workspace=workspace, name=name)[0]
