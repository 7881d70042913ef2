"""What a clause may ask in one workspace: its own sources, campaigns and people named."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from leadfarm.access.models import Member, Workspace
from leadfarm.leads.models import Campaign, Source
from leadfarm.rules.clauses import Catalogue, Choice, Moment, lead_catalogue

OWNERS = ("marketing_owner", "pd_owner", "sales_owner")


def fields_of(workspace: Workspace, reader: Member | None = None) -> Catalogue:
    """Return the fields of a lead with this workspace's sources, campaigns and owners as choices.

    Costs three queries; behind a firm's wall it names only what the firm may see, and to a reader
    from a firm only the firm's own people.
    """
    members = Member.objects.of(workspace).order_by("name")
    if reader is not None and reader.firm_id is not None:
        members = members.filter(firm_id=reader.firm_id)
    people = [Choice(str(key), name, key) for key, name in members.values_list("id", "name")]
    named = {"source": _named(Source, workspace), "campaign": _named(Campaign, workspace)}
    return lead_catalogue().with_choices(**named, **dict.fromkeys(OWNERS, people))


def _named(model: type[Source] | type[Campaign], workspace: Workspace) -> list[Choice]:
    found = model.objects.of(workspace).order_by("name").values_list("id", "name")
    return [Choice(str(key), str(model(name=name)), key) for key, name in found]


def moment_of(workspace: Workspace, now: datetime) -> Moment:
    """Return `now` as the workspace's clock shows it, with its half-life of heat."""
    half_life = timedelta(days=workspace.half_life_days)
    return Moment(now.astimezone(ZoneInfo(workspace.time_zone)), half_life=half_life)
