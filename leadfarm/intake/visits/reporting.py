"""A report of the script: pages join a visit; a withdrawal takes all of it away again."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from leadfarm.engine.statements import prepared
from leadfarm.intake.codes import ConsentSource
from leadfarm.intake.models import Website
from leadfarm.intake.sql import statement
from leadfarm.intake.visits.recognising import claim, recognise_told
from leadfarm.intake.visits.withdrawing import withdraw
from leadfarm.rules.machines import names_itself
from leadfarm.rules.networks import network_of
from leadfarm.rules.web_visits import Report, View


@dataclass(frozen=True)
class Caller:
    """Who reports, as the request shows it: the host of the site, the browser, the address."""

    host: str
    agent: str
    address: str


def take(site: Website, report: Report, caller: Caller, *, now: datetime) -> None:
    """Write down what a report says. Call it inside the workspace.

    What names no wording that was ever shown is no proof of consent and is dropped; so is what
    comes after a withdrawal, or says that it happened before the consent.
    """
    if report.withdrawn:
        withdraw(site.workspace_id, report.visitor, now=now)
        return
    if not 1 <= report.wording <= site.version:
        return
    visitor = _visitor(site, report, caller, now)
    if visitor["withdrawn_at"] is not None:
        return
    if report.link:
        claim(site.workspace_id, visitor["id"], report.link, now=now)
    if report.told:
        visitor["contact_id"] = (
            recognise_told(site, report.visitor, report.told, now=now) or visitor["contact_id"]
        )
    _write_views(site, report, caller, visitor, now)


def _visitor(site: Website, report: Report, caller: Caller, now: datetime) -> dict[str, Any]:
    by = ConsentSource.SITE if report.by_site else ConsentSource.BANNER
    terms = {
        "workspace": site.workspace_id,
        "key": report.visitor,
        "wording": report.wording,
        "agreed_by": int(by),
        "network": network_of(caller.address),
        "now": now,
    }
    (row,) = prepared(statement("report_visitor"), terms)
    return row


def _write_views(
    site: Website, report: Report, caller: Caller, visitor: dict[str, Any], now: datetime
) -> None:
    views = report.views
    times = [max(now - timedelta(seconds=v.seconds_ago), visitor["agreed_at"]) for v in views]
    on_page = timedelta(seconds=report.seconds_on_page)
    since = min(times, default=max(now - on_page, visitor["agreed_at"]))
    terms = {
        "workspace": site.workspace_id,
        "visitor": visitor["id"],
        "contact": visitor["contact_id"],
        "host": caller.host,
        "paths": [view.path for view in views],
        "titles": [view.title for view in views],
        "times": times,
        "pages": len(views),
        "since": since,
        "until": max([now, *times]),
        "by_machine": names_itself(caller.agent),
        "referrer": _referrer(views, caller.host),
        "utm": _utm(views),
        "network": network_of(caller.address),
    }
    prepared(statement("report_views"), terms)


def _referrer(views: tuple[View, ...], host: str) -> str:
    """Return the first page elsewhere that led here; moves within the site are none."""
    found = (view.referrer for view in views)
    return next((one for one in found if one and one.partition("/")[0] != host), "")


def _utm(views: tuple[View, ...]) -> str | None:
    found = next((view.utm for view in views if view.utm), None)
    return json.dumps(found) if found else None
