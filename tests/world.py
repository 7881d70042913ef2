"""A small company to test with: Mei markets, Ana develops, Tomas sells, Dora manages, Ada runs it.

Fred and his colleague work at Rivet, an outside firm; Sam is a member of another workspace.
"""

import itertools
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

from django.test import Client

from leadfarm.access.actors import Actor
from leadfarm.access.models import Member, Team, User, Workspace
from leadfarm.access.walls import within
from leadfarm.engine.database import acting_as
from leadfarm.leads.actions import Entry, Owners, enter_lead
from leadfarm.leads.models import Account, Campaign, Contact, Lead, Source, Standing
from leadfarm.rules.codes import Role, Side, TouchKind

MONDAY = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
_numbers = itertools.count(1)


@dataclass
class World:
    """One workspace and its people."""

    workspace: Workspace
    mei: Member
    ana: Member
    tomas: Member
    dora: Member
    ada: Member
    fred: Member
    firm: Team
    sam: Member
    now: datetime = MONDAY
    sources: dict[str, Source] = field(default_factory=dict)

    @property
    def slug(self) -> str:
        """Return the workspace's part of an address."""
        return self.workspace.slug

    def everybody(self) -> dict[str, Member]:
        """Return the members by role, and the firm's."""
        return {
            "marketer": self.mei,
            "pd": self.ana,
            "sales-rep": self.tomas,
            "manager": self.dora,
            "admin": self.ada,
            "firm": self.fred,
        }

    @contextmanager
    def inside(self, firm: Team | None = None) -> Iterator[None]:
        """Enter the workspace as the web does, as an outside firm where one is given."""
        with within(self.workspace, firm=firm.id if firm else None):
            yield

    @contextmanager
    def as_worker(self) -> Iterator[None]:
        """Act as the worker role does: every workspace, each named explicitly."""
        with acting_as("worker"):
            yield

    def client(self, who: Member) -> Client:
        """Return a browser without JavaScript in which this member has signed in."""
        client = Client()
        client.force_login(who.user)
        return client

    def address(self, path: str = "") -> str:
        """Return an address inside the workspace."""
        return f"/w/{self.slug}/{path}"

    def source(self, name: str) -> Source:
        """Return the source of this name, made when it is new."""
        made, _ = Source.objects.get_or_create(workspace_id=self.workspace.id, name=name)
        return made

    def campaign(self, name: str) -> Campaign:
        """Return the campaign of this name, made when it is new."""
        made, _ = Campaign.objects.get_or_create(workspace_id=self.workspace.id, name=name)
        return made

    def captures(
        self,
        name: str = "Vera Lind",
        *,
        of: str = "Nordpump",
        at: datetime | None = None,
        kind: TouchKind = TouchKind.FORM,
        firm: Team | None = None,
        source: str = "Web",
        need: str = "",
    ) -> Lead:
        """Let a person of a company come in; return the lead. Call it inside the workspace."""
        number = next(_numbers)
        given, _, family = name.partition(" ")
        domain = f"{of.lower().replace(' ', '-')}-{number}.example"
        account = Account.objects.create(
            workspace=self.workspace, name=of, domain=domain, recorded_at=self.now
        )
        address = f"{given.lower()}@{domain}"
        contact = Contact.objects.create(
            workspace=self.workspace,
            account=account,
            given_name=given,
            family_name=family,
            email=address,
            email_key=address,
            recorded_at=self.now,
        )
        entry = Entry(
            kind=kind,
            happened_at=at or self.now,
            contact=contact,
            account=account,
            title=f"{of}: {kind.label.lower()}",
            need=need,
            source=self.source(source),
            owners=Owners(self.mei.id, self.ana.id, self.tomas.id, firm.id if firm else None),
        )
        return enter_lead(self.workspace.id, entry, by=Actor("simulation"), now=at or self.now)

    def standing(self, lead: Lead) -> Standing:
        """Return the lead's standing as it is now."""
        return Standing.objects.of(self.workspace).get(lead_id=lead.id)


PEOPLE = {
    "Mei Lindholm": Role.MARKETER,
    "Ana Ruiz": Role.PD,
    "Tomas Okafor": Role.SALES_REP,
    "Dora Weiss": Role.MANAGER,
    "Ada Berg": Role.ADMIN,
    "Fred Rivet": Role.PD,
}
STRANGER = "Sam Stranger"


def make_world(now: datetime = MONDAY) -> World:
    """Make a workspace with its people, and a stranger who belongs to another."""
    tag = secrets.token_hex(4)
    workspace, elsewhere = Workspace.objects.bulk_create(
        Workspace(slug=f"{slug}-{tag}", name=name, created_at=now, went_live_at=now)
        for slug, name in (("norrvik", "Norrvik Drives"), ("elsewhere", "Elsewhere"))
    )
    users = _users(tag, now)
    with within(elsewhere):
        sam = Member.objects.create(
            workspace=elsewhere, user=users[STRANGER], role=Role.ADMIN, name=STRANGER, joined_at=now
        )
    with within(workspace):
        firm = Team.objects.create(
            workspace=workspace, name="Rivet", side=Side.PD, is_firm=True, daily_cap=20
        )
        members = Member.objects.bulk_create(
            Member(workspace=workspace, user=users[name], role=role, name=name, joined_at=now)
            for name, role in PEOPLE.items()
            if name != "Fred Rivet"
        )
        fred = Member.objects.create(
            workspace=workspace, user=users["Fred Rivet"], role=Role.PD, name="Fred Rivet",
            joined_at=now, team=firm, firm_id=firm.id,
        )  # fmt: skip
    return World(workspace, *members, fred=fred, firm=firm, sam=sam, now=now)


def _users(tag: str, now: datetime) -> dict[str, User]:
    """Everybody by name; they enter by a session, so none has a password."""
    users = User.objects.bulk_create(
        User(
            email=f"{name.split()[0].lower()}-{tag}@norrvik.example",
            password="!",
            name=name,
            date_joined=now,
        )
        for name in (*PEOPLE, STRANGER)
    )
    return {user.name: user for user in users}
