"""Norrvik Drives: the company whose months are simulated. It retrofits industrial drives."""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from leadfarm.access.actions import Opening, TeamShape, add_member, make_team, open_workspace
from leadfarm.access.actors import Actor
from leadfarm.access.models import Member, Team, User, Workspace
from leadfarm.access.walls import within
from leadfarm.intake.models import Form
from leadfarm.leads.models import Campaign, Source
from leadfarm.rules.codes import Role, Side

BY = Actor("simulation")
MARKETING, PD, NORTH, RIVET = "Marketing", "Prospect development", "Sales north", "Rivet"
TEAMS = (
    TeamShape(name=MARKETING, side=Side.MARKETING),
    TeamShape(name=PD, side=Side.PD, daily_cap=24),
    TeamShape(name=NORTH, side=Side.SALES),
    TeamShape(name=RIVET, side=Side.PD, is_firm=True, daily_cap=20, hourly_rate=Decimal("46.00")),
)


@dataclass(frozen=True)
class Colleague:
    """A member to be: role, team, and how many of the tasks due in half a day they get done."""

    name: str
    role: Role
    team: str = ""
    pace: float = 0.9

    @property
    def email(self) -> str:
        """Return the address they sign in with."""
        return f"{self.name.lower().replace(' ', '.')}@norrvik.example"


MEI = Colleague("Mei Lindholm", Role.MARKETER, MARKETING, 0.9)
ANA = Colleague("Ana Ruiz", Role.PD, PD, 0.95)
TOMAS = Colleague("Tomas Okafor", Role.SALES_REP, NORTH, 0.9)
KIRSTEN = Colleague("Kirsten Vahl", Role.SALES_REP, NORTH, 0.75)
PIOTR = Colleague("Piotr Sikora", Role.SALES_REP, NORTH, 0.4)
JO = Colleague("Jo Marsh", Role.PD, RIVET, 0.85)
SANNE = Colleague("Sanne de Wit", Role.PD, RIVET, 0.8)
DORA = Colleague("Dora Weiss", Role.MANAGER, NORTH)
ADA = Colleague("Ada Berg", Role.ADMIN)
PEOPLE = (MEI, ANA, TOMAS, DORA, ADA, KIRSTEN, PIOTR, JO, SANNE)
REPS = (TOMAS, KIRSTEN, PIOTR)
FIRMS_PEOPLE = (JO, SANNE)


@dataclass
class Norrvik:
    """The company as it stands in a workspace."""

    workspace: Workspace
    members: dict[str, Member]
    teams: dict[str, Team]
    sources: dict[str, Source] = field(default_factory=dict)
    campaigns: dict[str, Campaign] = field(default_factory=dict)
    forms: dict[str, Form] = field(default_factory=dict)

    def pace(self, member_id: int | None) -> float:
        """Return how much of what is due this member gets done in half a day."""
        return self._paces.get(member_id or 0, 0.9)

    def __post_init__(self) -> None:
        self._paces = {self.members[one.name].id: one.pace for one in PEOPLE}

    def member(self, member_id: int) -> Member:
        """Return the member of this id."""
        return next(one for one in self.members.values() if one.id == member_id)


def open_norrvik(
    slug: str, *, opened_at: datetime, is_demo: bool = False, live_at: datetime | None = None
) -> Norrvik:
    """Return the company in the workspace of this slug; made when it is not there yet.

    What a file tells about the time before `live_at` (else its opening) is history.
    """
    workspace = Workspace.objects.filter(slug=slug).first()
    if workspace is None:
        opening = Opening(
            name="Norrvik Drives",
            slug=slug,
            time_zone="Europe/Berlin",
            is_demo=is_demo,
            went_live_at=live_at or opened_at,
        )
        workspace = open_workspace(opening, now=opened_at, by=BY)
    with within(workspace):
        teams = {shape.name: _team(workspace, shape, opened_at) for shape in TEAMS}
        members = {one.name: _member(workspace, one, teams, opened_at) for one in PEOPLE}
    return Norrvik(workspace, members, teams)


def _team(workspace: Workspace, shape: TeamShape, now: datetime) -> Team:
    there = Team.objects.of(workspace).filter(name=shape.name).first()
    return there or make_team(workspace, shape, by=BY, now=now)


def _member(workspace: Workspace, one: Colleague, teams: dict[str, Team], now: datetime) -> Member:
    address = one.email if workspace.is_demo else one.email.replace("@", f"@{workspace.slug}.")
    there = Member.objects.of(workspace).filter(user__email=address).first()
    if there is not None:
        return there
    user = User.objects.filter(email=address).first()
    if user is None:
        # Without a password nobody can sign in as an invented person but by the demo's own door.
        user = User.objects.create_user(address, None, name=one.name, date_joined=now)
    return add_member(workspace, user, one.role, now=now, team=teams.get(one.team), by=BY)
