"""What a clause may ask in one workspace: its own sources, campaigns and people named."""

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from leadfarm.access.models import Member, Workspace
from leadfarm.engine.statements import prepared, statement
from leadfarm.leads.models import Source
from leadfarm.rules.clauses import LEAD_FIELDS, Catalogue, Choice, Moment

CHOICES = Path(__file__).with_name("choices.sql")
OWNERS = ("marketing_owner", "pd_owner", "sales_owner")


def fields_of(workspace: Workspace, reader: Member | None = None) -> Catalogue:
    """Return the fields of a lead with this workspace's sources, campaigns and owners as choices.

    Costs one query; behind a firm's wall it names only what the firm may see, and to a reader
    from a firm only the firm's own people.
    """
    terms = {"workspace": workspace.id, "firm": reader.firm_id if reader else None}
    named: dict[str, list[Choice]] = {"people": [], "source": [], "campaign": []}
    for row in prepared(statement(CHOICES), terms):
        label = row["name"] or str(Source())
        named[row["kind"]].append(Choice(str(row["id"]), label, row["id"]))
    people = named.pop("people")
    return LEAD_FIELDS.with_choices(**named, **dict.fromkeys(OWNERS, people))


def moment_of(workspace: Workspace, now: datetime) -> Moment:
    """Return `now` as the workspace's clock shows it, with its half-life of heat."""
    half_life = timedelta(days=workspace.half_life_days)
    return Moment(now.astimezone(ZoneInfo(workspace.time_zone)), half_life=half_life)
