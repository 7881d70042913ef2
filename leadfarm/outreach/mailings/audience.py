"""Whom a mailing reaches, as one statement over leads."""

from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from django.db import connection

from leadfarm.consent.fragments import may_get_mail, terms, why_no_mail
from leadfarm.engine.statements import statement
from leadfarm.leads.queries.catalogue import moment_of
from leadfarm.outreach.actions.templates import latest_version
from leadfarm.outreach.codes import MessageState
from leadfarm.outreach.models import Mailing
from leadfarm.rules.clauses import LEAD_FIELDS, parse, sql
from leadfarm.rules.consent import HeldBecause, Purpose

SQL = Path(__file__).parent / "sql"
CHOSEN = "lead.id = ANY(%(chosen)s::bigint[])"


@cache
def with_people(name: str) -> str:
    """Return the named statement with who is meant in it; the slot `who` is still open."""
    asked = {"may_get_mail": may_get_mail(), "why_no_mail": why_no_mail(), "who": "{who}"}
    people = statement(SQL / "people.sql").format(**asked)
    return statement(SQL / f"{name}.sql").replace("{people}", people)


def asked_of(mailing: Mailing, now: datetime) -> tuple[str, dict[str, Any]]:
    """Return the condition over lead and standing, and every value the statements name."""
    wording = mailing.version or latest_version(mailing.template)
    values = {
        **terms(mailing.workspace, now, Purpose(mailing.template.purpose)),
        "mailing": mailing.id,
        "version": wording.id if wording else None,
        "cancelled": int(MessageState.CANCELLED),
        "had_it": int(HeldBecause.HAD_IT),
        "chosen": mailing.chosen,
    }
    conditions = [CHOSEN] if mailing.chosen is not None else []
    if mailing.audience:
        clause = parse(mailing.audience, LEAD_FIELDS)
        moment = moment_of(mailing.workspace, now)
        text, more = sql(clause, LEAD_FIELDS, moment, mailing.workspace_id, prefix="whom")
        conditions.append(f"({text})")
        values |= dict(more)
    return " AND ".join(conditions) or "true", values


def preview(mailing: Mailing, now: datetime) -> dict[int, int]:
    """Return how many contacts would get it (0), and how many not by HeldBecause number.

    FaultyClause where the audience cannot be asked any more.
    """
    who, values = asked_of(mailing, now)
    with connection.cursor() as cursor:
        cursor.execute(with_people("preview").replace("{who}", who), values)
        return dict(cursor.fetchall())
