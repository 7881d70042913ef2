"""Teams, members and invitations."""

from django.db import models

from leadfarm.access.models.user import User
from leadfarm.access.models.workspace import Workspace
from leadfarm.access.walls import Walled, WalledManager, walled_key
from leadfarm.rules.codes import Role, Side

SIDE_OF_ROLE = {Role.MARKETER: Side.MARKETING, Role.PD: Side.PD, Role.SALES_REP: Side.SALES}


class Team(Walled):
    """People who work leads together; an outside firm is a team behind a second wall."""

    name = models.CharField(max_length=80)
    side = models.PositiveSmallIntegerField()
    is_firm = models.BooleanField(default=False)
    # How many new leads a day the team takes; empty: as many as come.
    daily_cap = models.PositiveSmallIntegerField(null=True)
    hourly_rate = models.DecimalField(max_digits=8, decimal_places=2, null=True)

    firm_sees = "id = {firm}"

    class Meta:
        constraints = [
            models.UniqueConstraint(name="a_team_name_is_taken_once", fields=["workspace", "name"]),
            models.CheckConstraint(
                name="a_firm_works_for_marketing_pd_or_sales",
                condition=models.Q(side__in=[Side.MARKETING, Side.PD, Side.SALES]),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Member(models.Model):
    """One person's place in one workspace: role and team. Known before any wall is entered."""

    workspace = models.ForeignKey(
        Workspace, on_delete=models.CASCADE, related_name="members", db_index=False
    )
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    role = models.PositiveSmallIntegerField()
    team = walled_key(Team, on_delete=models.PROTECT, null=True)
    # Copied from the team, so that the wall can be chosen before it is entered.
    firm_id = models.BigIntegerField(null=True)
    name = models.CharField(max_length=120)
    time_zone = models.CharField(max_length=64, default="")
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)

    objects = WalledManager()
    # Who leaves stays as a row: leads and their history name them. Nobody who acts may delete one.
    is_kept = True

    class Meta:
        constraints = [
            models.UniqueConstraint(name="a_person_is_a_member_once", fields=["workspace", "user"]),
            models.CheckConstraint(
                name="a_firm_member_is_a_prospect_developer_or_sales_rep",
                condition=models.Q(firm_id=None)
                | models.Q(role__in=[Role.PD, Role.SALES_REP], team_id=models.F("firm_id")),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def role_name(self) -> str:
        """Return the role as people call it."""
        return str(Role(self.role).label)

    @property
    def side(self) -> Side:
        """Return the side this member's role acts for; managers and admins act for marketing."""
        return SIDE_OF_ROLE.get(Role(self.role), Side.MARKETING)


class Invitation(models.Model):
    """A place offered by mail; the link carries a secret of which only the hash is kept."""

    workspace = models.ForeignKey(
        Workspace, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    email = models.EmailField()
    role = models.PositiveSmallIntegerField()
    team = walled_key(Team, on_delete=models.CASCADE, null=True)
    secret_hash = models.CharField(max_length=64, unique=True)
    invited_by = walled_key(Member, on_delete=models.SET_NULL, null=True)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)

    objects = WalledManager()
