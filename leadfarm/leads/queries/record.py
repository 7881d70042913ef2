"""One lead as its page shows it: identity, path, owners, group, comments."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.http import Http404

from leadfarm.access.models import Workspace
from leadfarm.leads.models import Comment, GroupMember, Lead, StageChange, Standing, Task
from leadfarm.rules import heat as heats
from leadfarm.rules.codes import BuyingRole, Temperature
from leadfarm.rules.dossier.codes import Influence, Stance
from leadfarm.rules.stages import Stage, is_open, is_sleeping

PEOPLE = ("contact", "account", "source", "campaign", "marketing_owner", "pd_owner", "sales_owner")
ON_THE_PATH = (
    *(Stage.RAW, Stage.INQUIRY, Stage.NURTURING, Stage.SALES_READY),
    *(Stage.ACCEPTED, Stage.QUALIFIED, Stage.WON),
)


def find_lead(workspace: Workspace, lead_id: int) -> Lead:
    """Return the lead with people, origins and standing; Http404 where this member sees none."""
    lead = (
        Lead.objects.of(workspace)
        .select_related(*PEOPLE, "standing", "standing__next_owner", "firm", "contact__account")
        .filter(id=lead_id)
        .first()
    )
    if lead is None:
        raise Http404("No such lead.")
    return lead


@dataclass(frozen=True)
class Step:
    """One stage of the path across the top."""

    label: str
    state: str
    note: str


def path_of(
    lead: Lead, standing: Standing, changes: list[StageChange], now: datetime
) -> list[Step]:
    """Return the stages of the path, with the time spent in those that were reached.

    A sleeping lead shows its resting stage after the last one it had reached.
    """
    stay = _stays(changes, now)
    current = Stage(standing.stage)
    steps = [
        Step(stage.label, _state(stage, current, stay), _spell(stay.get(stage)))
        for stage in ON_THE_PATH
    ]
    if current not in ON_THE_PATH:
        reached = max((i for i, s in enumerate(ON_THE_PATH) if s in stay), default=0)
        rest = Step(current.label, "current", _spell(stay.get(current)))
        steps = [*steps[: reached + 1], rest]
    return steps


def _state(stage: Stage, current: Stage, stay: dict[Stage, timedelta]) -> str:
    if stage is current:
        return "current"
    return "done" if stage in stay else ""


def _stays(changes: list[StageChange], now: datetime) -> dict[Stage, timedelta]:
    stay: dict[Stage, timedelta] = {}
    ends = [change.happened_at for change in changes[1:]] + [now]
    for change, end in zip(changes, ends, strict=True):
        stage = Stage(change.to_stage)
        stay[stage] = stay.get(stage, timedelta()) + max(end - change.happened_at, timedelta())
    return stay


def _spell(stay: timedelta | None) -> str:
    if stay is None:
        return ""
    if stay < timedelta(hours=1):
        return f"{int(stay.total_seconds() // 60)} min"
    if stay < timedelta(days=1):
        return f"{int(stay.total_seconds() // 3600)} h"
    return "1 day" if stay.days == 1 else f"{stay.days} days"


def changes_of(lead: Lead) -> list[StageChange]:
    """Return the stage changes of a lead, oldest first, with the members behind them."""
    return list(
        StageChange.objects.of(lead.workspace_id)
        .filter(lead_id=lead.id)
        .select_related("member")
        .order_by("happened_at", "id")
    )


def open_tasks_of(lead: Lead) -> list[Task]:
    """Return what is still to do for the lead, soonest first."""
    return list(
        Task.objects.of(lead.workspace_id)
        .filter(lead_id=lead.id, done_at=None, cancelled_at=None)
        .select_related("owner")
        .order_by("due_at", "id")
    )


def comments_of(lead: Lead) -> list[Comment]:
    """Return what colleagues said to each other, oldest first; erased texts are left out."""
    return list(
        Comment.objects.of(lead.workspace_id)
        .filter(lead_id=lead.id, text__isnull=False)
        .select_related("author", "text")
        .order_by("written_at", "id")
    )


@dataclass(frozen=True)
class Person:
    """Somebody of the buying group, as the page lists them."""

    name: str
    role: str
    them: bool = True
    id: int | None = None


def group_of(lead: Lead) -> list[Person]:
    """Return the buying group: the primary contact first, then who was added, with their roles."""
    members = list(
        GroupMember.objects.of(lead.workspace_id)
        .filter(lead_id=lead.id)
        .select_related("contact")
        .order_by("added_at")
    )
    parts = {member.contact_id: part_words(member) for member in members}
    people = []
    if lead.contact is not None:
        part = parts.get(lead.contact.id) or "First contact"
        people.append(Person(lead.contact.name, part, id=lead.contact.id))
    people += [
        Person(m.contact.name, parts[m.contact_id] or "Role unknown", id=m.contact_id)
        for m in members
        if m.contact_id != lead.contact_id
    ]
    return people


def part_words(member: GroupMember) -> str:
    """Return what somebody's part is: "Champion, for us, much say"; "" where nothing is known."""
    told = [
        BuyingRole(member.role).label if member.role else "",
        Stance(member.stance).label if member.stance else "",
        Influence(member.influence).label if member.influence else "",
    ]
    said = ", ".join(one.lower() for one in told if one)
    return said[:1].upper() + said[1:]


@dataclass(frozen=True)
class Warmth:
    """Heat as shown: 0 to 100, bars, and the level in a word. No value: it is not scored."""

    value: int | None
    bars: int
    level: Temperature


def warmth(standing: Standing, workspace: Workspace, now: datetime) -> Warmth:
    """Return the lead's heat at `now`."""
    return warmth_of(standing.heat, workspace, now, unscored=standing.unscored)


def warmth_of(
    heat: float | None, workspace: Workspace, now: datetime, *, unscored: bool = False
) -> Warmth:
    """Return heat as it is stored as what it is at `now`."""
    if unscored:
        return Warmth(None, 0, Temperature.COLD)
    half_life = timedelta(days=workspace.half_life_days)
    value = heats.as_of(heat, now, half_life)
    level = heats.temperature(heat, now, half_life, heats.Levels())
    bars = 0 if value < 1 else int(level)
    return Warmth(round(value), bars, level)


def is_at_rest(standing: Standing) -> bool:
    """Say whether the lead sleeps, so that its page names the recheck instead of a next step."""
    return is_sleeping(Stage(standing.stage))


def is_worked(standing: Standing) -> bool:
    """Say whether the lead is open: somebody has the next step."""
    return is_open(Stage(standing.stage))
