"""bench assign: many leads to fifty reps by rules and places, against a bare UPDATE."""

from collections.abc import Iterator, Mapping

from leadfarm.access.actors import SCHEDULE
from leadfarm.access.models import Member, User, Workspace
from leadfarm.access.walls import within
from leadfarm.leads.actions.assigning import Target, Those, assign
from leadfarm.leads.models import Lead, RoutingRule, RoutingSeat, Workload
from leadfarm.project.bench import base as bases
from leadfarm.project.bench.figure import Figure, Meter
from leadfarm.project.bench.ground import NOW, Session, meter, superuser
from leadfarm.rules.codes import Role, Side

GOAL = "10,000 leads in <= 2 s"
REPS = 50
# Three rules by country with overlapping pools; what none of them takes goes to everybody in turn.
RULES = (("DE", "AT", "CH"), ("FR", "NL"), ("SE", "NO", "DK"))
BARE = """
UPDATE leads_lead SET sales_owner_id = bare.owner FROM bare
 WHERE workspace_id = %(workspace)s AND leads_lead.id = bare.lead
"""


def run(leads: int, base: int) -> Iterator[Figure]:
    """Give `leads` leads (at most 10,000) of the base to fifty reps, and all of it back."""
    workspace = bases.ensure(base)
    with within(workspace):
        reps = _reps(workspace)
        _rules(workspace, reps)
        first = list(Lead.objects.of(workspace).order_by("id").values_list("id", flat=True)[:leads])
        before = dict(Lead.objects.filter(id__in=first).values_list("id", "sales_owner_id"))
    those = Those("lead.id = ANY(%(bench)s)", {"bench": first})
    figure, clock = Figure("assign", len(first), base, goal=GOAL), meter()
    with clock.running(), within(workspace):
        assign(workspace, those, Target(Side.SALES), by=SCHEDULE, now=NOW)
    with within(workspace):
        after = dict(Lead.objects.filter(id__in=first).values_list("id", "sales_owner_id"))
    with superuser() as session:
        _give(session, workspace, before)
        floor = _give(session, workspace, after)
        _give(session, workspace, before)
        session.execute("VACUUM ANALYZE leads_lead")
    figure.took(clock, floor.seconds)
    figure.detail = {"reps": len(set(after.values()))}
    yield figure


def _give(session: Session, workspace: Workspace, owners: Mapping[int, int | None]) -> Meter:
    """Set the owners by one bare statement, prepared in a table of its own; return its meter."""
    clock = Meter(session.info.backend_pid)
    with session.transaction():
        session.execute("CREATE TEMP TABLE bare (lead bigint, owner bigint) ON COMMIT DROP")
        with session.cursor().copy("COPY bare FROM STDIN") as copy:
            for row in owners.items():
                copy.write_row(row)
        session.execute("ANALYZE bare")
        with clock.running():
            session.execute(BARE.encode(), {"workspace": workspace.id})
    return clock


def _reps(workspace: Workspace) -> list[Member]:
    there = Member.objects.of(workspace).filter(role=Role.SALES_REP, name__startswith="Bench rep")
    for number in range(there.count(), REPS):
        email = f"rep-{number}-{workspace.id}@bench.example"
        user = User.objects.create_user(email, name=f"Bench rep {number}", date_joined=NOW)
        one = Member.objects.create(
            workspace=workspace, user=user, role=Role.SALES_REP, name=user.name, joined_at=NOW
        )
        Workload.objects.create(workspace=workspace, member=one, most_a_week=30_000)
    return list(there.order_by("id"))


def _rules(workspace: Workspace, reps: list[Member]) -> None:
    if RoutingRule.objects.of(workspace).exists():
        return
    for position, countries in enumerate(RULES, 1):
        codes = [country.lower() for country in countries]
        clause = {"all": [{"field": "country", "operator": "one_of", "value": codes}]}
        made = RoutingRule.objects.create(
            workspace=workspace, side=Side.SALES, position=position, name=f"Rule {position}",
            clause=clause, made_at=NOW,
        )  # fmt: skip
        RoutingSeat.objects.bulk_create(
            RoutingSeat(workspace=workspace, rule=made, member=one)
            for one in reps[10 * position : 10 * position + 20]
        )
