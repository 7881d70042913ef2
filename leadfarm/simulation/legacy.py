"""The year before: what the company brings along from the system it had, as one file.

It comes in as any company's history does, through the import: stages are history (law 4).
"""

import csv
import io
from datetime import datetime, timedelta

from leadfarm.access.walls import within
from leadfarm.intake.actions import map_columns, run_import, upload
from leadfarm.intake.codes import ImportKind
from leadfarm.intake.models import ImportRun
from leadfarm.rules.stages import Stage
from leadfarm.simulation.cast import Prospect, prospects
from leadfarm.simulation.cast.truth import Fate
from leadfarm.simulation.norrvik import MEI, Norrvik

LEADS = 218
YEAR = timedelta(days=365)
FILE = "old-crm-export.csv"
COLUMNS = {
    "Record id": "external_id",
    "First name": "given_name",
    "Last name": "family_name",
    "E-mail": "email",
    "Phone": "phone",
    "Job title": "job_title",
    "Company": "company",
    "Website": "domain",
    "Country": "country",
    "Industry": "industry",
    "Employees": "employees",
    "Subject": "title",
    "Source": "source",
    "Created": "entered_at",
    "Stage": "stage",
    "Stage date": "stage_at",
    "Amount": "amount",
    "Reason": "reason",
    "Lost to": "lost_to",
}
FROM_CAPTURE = ("Created",)


def bring_along(norrvik: Norrvik, *, seed: int, live_since: datetime, now: datetime) -> int:
    """Import the year before the workspace went live; return how many leads came. Once.

    Interrupted, the next call goes on with the import that was begun.
    """
    begun = _begun(norrvik)
    if begun is not None:
        return begun.created if begun.is_finished else run_import(begun, now=now).created
    cast = prospects(seed + 1000, LEADS, live_since - YEAR, live_since - timedelta(days=1))
    columns = {
        title: {"to": place, **({"known_from": "capture"} if title in FROM_CAPTURE else {})}
        for title, place in COLUMNS.items()
    }
    with within(norrvik.workspace):
        run = upload(
            norrvik.workspace,
            FILE,
            [as_file(cast, live_since).encode()],
            kind=ImportKind.LEADS,
            by=norrvik.members[MEI.name],
            now=now,
        )
        map_columns(run, {"columns": columns, "options": {"date_order": "ymd"}})
    return run_import(run, now=now).created


def _begun(norrvik: Norrvik) -> ImportRun | None:
    with within(norrvik.workspace):
        mapped = ImportRun.objects.of(norrvik.workspace).exclude(mapping={})
        return mapped.filter(file_name=FILE).first()


def as_file(cast: list[Prospect], live_since: datetime) -> str:
    """Return the export of the old system: one row a lead, with what had become of it."""
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow(COLUMNS)
    for one in cast:
        rows.writerow([*_who(one), one.enters_at.date().isoformat(), *_ended(one, live_since)])
    return text.getvalue()


def _who(one: Prospect) -> list[object]:
    person, company = one.person, one.company
    return [
        f"CRM-{4000 + one.number}",
        person.given,
        person.family,
        person.email,
        person.phone,
        person.job_title,
        company.name,
        f"{company.domain}.example",
        company.country,
        company.industry,
        company.employees,
        one.machine.capitalize(),
        one.source.name,
    ]


def _ended(one: Prospect, live_since: datetime) -> list[object]:
    """Return stage, date, amount, reason and winner as the old system had them."""
    decided = one.enters_at.date() < one.decides_on < live_since.date()
    if one.fate is Fate.BUYS and decided:
        return [Stage.WON.slug, one.decides_on.isoformat(), one.amount, "", ""]
    if one.fate is Fate.ELSEWHERE and decided:
        return [Stage.LOST.slug, one.decides_on.isoformat(), "", "competitor", one.vendor]
    month_later = min(one.enters_at + timedelta(days=30), live_since - timedelta(days=1))
    if one.fate is Fate.SILENT:
        return [Stage.DORMANT.slug, month_later.date().isoformat(), "", "no-response", ""]
    if one.fate is Fate.UNFIT:
        return [Stage.DISQUALIFIED.slug, month_later.date().isoformat(), "", "too-small", ""]
    return [Stage.NURTURING.slug, month_later.date().isoformat(), "", "", ""]
