"""Where people come in by themselves: the company's forms and events, and who gets their leads."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

from leadfarm.intake.actions.hosting import Settings, make_form, open_form
from leadfarm.intake.codes import EventKind
from leadfarm.intake.event_forms import EventForm
from leadfarm.intake.hosting.ready_made import READY_MADE
from leadfarm.intake.models import Event, Form
from leadfarm.leads.actions.ruling import RuleShape, add_rule
from leadfarm.leads.models import RoutingRule
from leadfarm.rules.clauses import FieldTest, all_of
from leadfarm.rules.codes import Side, TouchKind
from leadfarm.simulation.cast import CAMPAIGNS
from leadfarm.simulation.norrvik import DORA, KIRSTEN, MEI, PIOTR, TOMAS, Norrvik

GUIDE, CONTACT, LETTER = "Guide: retrofit or replace?", "Contact us", "Newsletter"
SEAT = "Seminar: take a seat"
# What each is made from, the end of its address, and the source its leads count for.
FORMS = {
    GUIDE: ("paper", "guide", "Organic search"),
    CONTACT: ("contact", "contact", "Website, contact us"),
    LETTER: ("newsletter", "newsletter", "Organic search"),
}
KINDS = {"Webinars": EventKind.WEBINAR, "Trade fairs": EventKind.TRADE_SHOW}
NEXT_SEMINAR = "Seminar: drives without standstill"
IN_DAYS = 24


def open_doors(norrvik: Norrvik, now: datetime) -> None:
    """Open the forms from the first day on, and know them by name. Call it inside."""
    there = {form.name: form for form in Form.objects.of(norrvik.workspace)}
    for name, (word, end, source) in FORMS.items():
        norrvik.forms[name] = there.get(name) or _form(norrvik, name, word, end, source, now)


def plan_events(norrvik: Norrvik, now: datetime) -> None:
    """Give the campaigns that were events their day, and the next event a form for seats; once."""
    workspace = norrvik.workspace
    if Event.objects.of(workspace).exists():
        return
    for planted in CAMPAIGNS:
        campaign = norrvik.campaigns[planted.name]
        if planted.source in KINDS and campaign.starts_on is not None:
            day = campaign.starts_on.isoformat()
            _event(norrvik, planted.name, KINDS[planted.source], day, now)
    then = (now + timedelta(days=IN_DAYS)).astimezone(ZoneInfo(workspace.time_zone))
    event = _event(norrvik, NEXT_SEMINAR, EventKind.SEMINAR, str(then.date()), now, places=30)
    _form(norrvik, SEAT, "event", "seminar", "Webinars", now, event)


def share_out(norrvik: Norrvik, now: datetime) -> None:
    """Let sales share new leads by region; once."""
    if RoutingRule.objects.of(norrvik.workspace).exists():
        return
    by = norrvik.members[DORA.name]
    north, isles = ("SE",), ("GB", "IE", "US")
    shapes = (
        ("Northern Europe", north, {KIRSTEN.name: 1}),
        ("English-speaking markets", isles, {TOMAS.name: 2, PIOTR.name: 1}),
    )
    for name, countries, seats in shapes:
        members = {norrvik.members[one].id: weight for one, weight in seats.items()}
        clause = all_of(FieldTest("country", "one_of", countries))
        add_rule(RuleShape(Side.SALES, name, clause, seats=members), by=by, now=now)


def _form(
    norrvik: Norrvik,
    name: str,
    word: str,
    end: str,
    source: str,
    now: datetime,
    event: Event | None = None,
) -> Form:
    begin, workspace = READY_MADE[word], norrvik.workspace
    settings = Settings(
        name=name,
        slug=f"{workspace.slug}-{end}"[:60],
        kind=TouchKind(begin.kind),
        source=norrvik.sources[source],
        campaign=event.campaign if event else None,
    )
    made = make_form(workspace, settings, begin.design, now=now)
    return open_form(made, by=norrvik.members[MEI.name], now=now)


def _event(
    norrvik: Norrvik, name: str, kind: EventKind, day: str, now: datetime, places: int | None = None
) -> Event:
    told = {
        "name": name,
        "kind": str(int(kind)),
        "starts_at": f"{day}T10:00",
        "ends_at": f"{day}T{11 if kind is EventKind.WEBINAR else 17}:00",
        "place": "" if kind is EventKind.WEBINAR else "Hafenstraße 14, Hamburg",
        "capacity": str(places or ""),
    }
    with timezone.override(norrvik.workspace.time_zone):
        form = EventForm(norrvik.workspace, None, told)
        assert form.is_valid(), form.errors
    return form.keep(now)
