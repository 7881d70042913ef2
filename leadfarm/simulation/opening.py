"""The company sets itself up: sources, campaigns and their cost, sender, agreement, program."""

from calendar import monthrange
from datetime import date, datetime, timedelta
from decimal import Decimal

from leadfarm.access.walls import within
from leadfarm.intake.codes import SpendKind
from leadfarm.intake.models import Spend
from leadfarm.leads.models import Campaign, Source
from leadfarm.nurture.actions import install_ready_made
from leadfarm.outreach.actions import save_sender
from leadfarm.outreach.models import Sender
from leadfarm.qualification.actions import draft, propose, sign
from leadfarm.qualification.actions.grading import install_first_rules
from leadfarm.qualification.models import Definition
from leadfarm.rules.agreement import Promises
from leadfarm.rules.clauses import EventTest, FieldTest, Period, all_of, any_of
from leadfarm.simulation.cast import CAMPAIGNS, SOURCES
from leadfarm.simulation.cast.sources import PlantedCampaign
from leadfarm.simulation.front_doors import open_doors
from leadfarm.simulation.inbound import OUTSIDE_WORK
from leadfarm.simulation.norrvik import BY, MEI, RIVET, TOMAS, Norrvik

MONTH = 30.44
PEOPLE_A_MONTH = {"Organic search": 900, "Trade fairs": 1300, "Partner referral": 400}
PEOPLE_A_MONTH |= {"Webinars": 1100, "Paid search": 500, "Content syndication": 250}
VENDOR_A_MONTH = {"Content syndication": 980, "Paid search": 760}

CRITERIA = all_of(
    EventTest("two-way-talk", within_days=90),
    any_of(
        FieldTest("timeline_date", "within_next", Period(9, "months")),
        FieldTest("budget", "is_known"),
    ),
    FieldTest("heat_level", "at_least", "warm"),
)


def set_up(norrvik: Norrvik, start: datetime, until: datetime) -> None:
    """Give the company what it works with; what is there already stays."""
    with within(norrvik.workspace):
        _sources(norrvik)
        _campaigns(norrvik, start)
        open_doors(norrvik, start)
        if not Spend.objects.of(norrvik.workspace).exists():
            _spend(norrvik, start, until)
        if not Sender.objects.of(norrvik.workspace).exists():
            save_sender(
                norrvik.workspace,
                name="Norrvik Drives",
                address="hello@norrvik.example",
                postal_address="Norrvik Drives, Hafenstraße 14, 20457 Hamburg",
            )


def _sources(norrvik: Norrvik) -> None:
    for planted in SOURCES:
        team = norrvik.teams[RIVET] if planted.name in OUTSIDE_WORK else None
        found, _ = Source.objects.get_or_create(
            workspace=norrvik.workspace, name=planted.name, defaults={"greeting_team": team}
        )
        norrvik.sources[planted.name] = found


def _campaigns(norrvik: Norrvik, start: datetime) -> None:
    for planted in CAMPAIGNS:
        first, last = _dates(planted, start)
        found, _ = Campaign.objects.get_or_create(
            workspace=norrvik.workspace,
            name=planted.name,
            defaults={
                "source": norrvik.sources[planted.source],
                "audience": planted.audience,
                "offer": planted.offer,
                "starts_on": first,
                "ends_on": last,
                "budget": Decimal(planted.media + planted.vendor),
                "goal_cost_per_qualified": Decimal(2500),
            },
        )
        norrvik.campaigns[planted.name] = found


def _dates(planted: PlantedCampaign, start: datetime) -> tuple[date, date]:
    first = (start + timedelta(days=planted.month * MONTH)).date()
    return first, first + timedelta(days=round(planted.months * MONTH) - 1)


def _spend(norrvik: Norrvik, start: datetime, until: datetime) -> None:
    """Book the money: campaigns as they ran, sources month by month."""
    rows = []
    for planted in CAMPAIGNS:
        first, last = _dates(planted, start)
        place = {"campaign": norrvik.campaigns[planted.name]}
        parts = ((SpendKind.MEDIA, planted.media), (SpendKind.VENDOR, planted.vendor))
        rows += [_row(norrvik, place, k, a, first, min(last, until.date())) for k, a in parts if a]
    day = start.date().replace(day=1)
    while day <= until.date():
        last = day.replace(day=monthrange(day.year, day.month)[1])
        rows += _month(norrvik, day, last)
        day = last + timedelta(days=1)
    Spend.objects.bulk_create(rows)


def _month(norrvik: Norrvik, first: date, last: date) -> list[Spend]:
    rows = []
    for planted in SOURCES:
        place = {"source": norrvik.sources[planted.name]}
        parts = {
            SpendKind.MEDIA: planted.monthly[0],
            SpendKind.TOOLS: planted.monthly[1],
            SpendKind.VENDOR: VENDOR_A_MONTH.get(planted.name, 0),
            SpendKind.PEOPLE: PEOPLE_A_MONTH.get(planted.name, 0),
        }
        rows += [_row(norrvik, place, k, a, first, last) for k, a in parts.items() if a]
    return rows


def _row(
    norrvik: Norrvik,
    place: dict[str, Source] | dict[str, Campaign],
    kind: SpendKind,
    amount: int,
    first: date,
    last: date,
) -> Spend:
    return Spend(
        workspace=norrvik.workspace,
        kind=kind,
        amount=Decimal(amount),
        from_day=first,
        until_day=max(first, last),
        recorded_at=norrvik.workspace.created_at,
        **place,
    )


def agree(norrvik: Norrvik, now: datetime) -> None:
    """Let both sides sign what sales-ready means; once."""
    if Definition.objects.of(norrvik.workspace).exists():
        return
    mei, tomas = norrvik.members[MEI.name], norrvik.members[TOMAS.name]
    promises = Promises(deliver_a_week=3, accept_hours=8, first_touch_hours=16)
    install_first_rules(norrvik.workspace)
    first = draft(
        norrvik.workspace.id,
        CRITERIA,
        promises,
        by=mei,
        now=now,
        reason="Both sides mean the same by sales-ready",
    )
    propose(first, by=mei, now=now + timedelta(hours=1))
    sign(first, by=mei, now=now + timedelta(hours=1, minutes=12))
    sign(first, by=tomas, now=now + timedelta(days=1, hours=4))


def begin_program(norrvik: Norrvik, now: datetime) -> None:
    """Let "No hand-off" begin; asked again, nothing changes."""
    install_ready_made(norrvik.workspace.id, now, by=BY)
