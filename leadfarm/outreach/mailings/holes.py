"""Facts a mailing speaks of and that are not known of everybody: named before it goes out."""

from datetime import datetime

from django.db import connection

from leadfarm.leads.queries.told import SECTIONS, name_of
from leadfarm.outreach.actions.templates import latest_version
from leadfarm.outreach.delivery.previewing import bare_in
from leadfarm.outreach.mailings.audience import asked_of, with_people
from leadfarm.outreach.models import Mailing

_COLUMNS = (
    "contact.given_name",
    "contact.family_name",
    "contact.job_title",
    "contact.country",
    "account.name",
    "account.industry",
    "account.country",
    "lead.title",
    "lead.need",
)
_SAID = """NOT EXISTS (SELECT FROM leads_finding said WHERE said.workspace_id = %(workspace)s
    AND said.lead_id = lead.id AND said.section = {section} AND NOT said.withdrawn)"""
HOLES = {
    **{name: f"coalesce({name}, '') = ''" for name in _COLUMNS},
    "contact.name": "contact.given_name = '' AND contact.family_name = ''",
    "owner.name": "coalesce(lead.sales_owner_id, lead.pd_owner_id, lead.marketing_owner_id)"
    " IS NULL",
    **{f"dossier.{name_of(one)}": _SAID.format(section=int(one)) for one in SECTIONS},
}


def holes(mailing: Mailing, now: datetime) -> dict[str, int]:
    """Return by fact how many of those who would get it lack it; facts with a default are fine."""
    wording = mailing.version or latest_version(mailing.template)
    names = bare_in(wording.subject, wording.body) if wording else []
    asked = [name for name in names if name in HOLES]
    if not asked:
        return {}
    counts = ", ".join(f"count(*) FILTER (WHERE {HOLES[name]})" for name in asked)
    who, values = asked_of(mailing, now)
    statement = with_people("holes").replace("{holes}", counts).replace("{who}", who)
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        row = cursor.fetchone() or ()
    return {name: many for name, many in zip(asked, row, strict=True) if many}
