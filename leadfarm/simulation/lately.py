"""What came in by every other door these days: so that each page of a demo shows its work."""

import json
from datetime import datetime, timedelta
from uuid import UUID

from leadfarm.access.walls import within
from leadfarm.consent.actions.rights import ask
from leadfarm.intake.actions import Arrival, receive
from leadfarm.intake.actions.hooking import make_endpoint, take_events
from leadfarm.intake.actions.offering import offer_file
from leadfarm.intake.codes import Door
from leadfarm.intake.hooks.presets import BY_SLUG
from leadfarm.intake.jobs import look_for_duplicates
from leadfarm.intake.models import Endpoint, Form
from leadfarm.intake.visits.deciding import Decision, decide, website_of
from leadfarm.intake.visits.reporting import Caller, take
from leadfarm.leads.models import Contact, Standing
from leadfarm.rules.privacy import RequestKind
from leadfarm.rules.stages import Stage
from leadfarm.rules.web_visits import Report, View
from leadfarm.simulation.cast.passers_by import BOOKINGS, CALCULATOR, JUNK, PAGES
from leadfarm.simulation.front_doors import CONTACT, GUIDE, SEAT, plan_events, share_out
from leadfarm.simulation.norrvik import ADA, ANA, MEI, Norrvik

SEATS, TWICE = 6, 3
SITE = "www.norrvik.example"
BROWSER = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36"


def come_in(norrvik: Norrvik, now: datetime) -> None:
    """Let it come in, and have a worker look for duplicates; interrupted, it goes on."""
    with within(norrvik.workspace):
        endpoint = Endpoint.objects.of(norrvik.workspace).first() or _prepare(norrvik, now)
        seat = Form.objects.of(norrvik.workspace).filter(name=SEAT).first()
        people = _people(norrvik)
    _fill_in(norrvik, seat, people, now)
    for number, booking in enumerate(BOOKINGS):
        for _ in range(2 if number == 0 else 1):  # the first is delivered twice and comes in once
            take_events(endpoint, booking, "", now=now - timedelta(hours=3 - number))
    look_for_duplicates.defer(workspace_id=norrvik.workspace.id)


def _prepare(norrvik: Norrvik, now: datetime) -> Endpoint:
    share_out(norrvik, now)
    plan_events(norrvik, now)
    _give_the_file(norrvik, now)
    _ask_for_rights(norrvik, _people(norrvik)[-2:], now)
    _read_pages(norrvik, now)
    source = norrvik.sources["Website, contact us"]
    name, preset = "Calendar bookings", BY_SLUG["calendly"]
    return make_endpoint(norrvik.workspace, name, preset, source, None, now=now)


def _people(norrvik: Norrvik) -> list[Contact]:
    """Return people whom it wakes from nothing: it must not move a lead back in time."""
    still = Standing.objects.of(norrvik.workspace).filter(stage__in=(Stage.RAW, Stage.DORMANT))
    there = Contact.objects.of(norrvik.workspace).exclude(id__in=still.values("lead__contact"))
    there = there.exclude(email="").exclude(phone="")
    return list(there.select_related("account").order_by("id")[: SEATS + TWICE + 2])


def _fill_in(norrvik: Norrvik, seat: Form | None, people: list[Contact], now: datetime) -> None:
    """Seats are taken, some come again under another address, and machines fill in the form."""
    told: list[tuple[Form | None, dict[str, str]]] = [
        (seat, {"email": one.email, "given_name": one.given_name, "family_name": one.family_name})
        for one in people[:SEATS]
    ]
    contact = norrvik.forms[CONTACT]
    told += [(contact, _again(one)) for one in people[SEATS : SEATS + TWICE]]
    told += [(contact, junk) for junk in JUNK]
    for number, (form, words) in enumerate(told):
        if form is not None:
            body, key = json.dumps(words, ensure_ascii=False), f"lately {number}"
            arrival = Arrival(Door.FORM, body, key, form=form)
            receive(norrvik.workspace, arrival, now=now - timedelta(minutes=17 * number + 5))


def _again(one: Contact) -> dict[str, str]:
    """Return how somebody fills in a form who is here already, from another address."""
    initial, domain = one.given_name[:1].lower(), one.email.rpartition("@")[2]
    plain = "".join(letter for letter in one.family_name.lower() if letter.isascii())
    return {
        "email": f"{initial}{plain}@{domain}",
        "given_name": one.given_name,
        "family_name": one.family_name,
        "company": str(one.account or ""),
        "phone": one.phone,
        "need": "A second line like the first",
    }


def _give_the_file(norrvik: Norrvik, now: datetime) -> None:
    by = norrvik.members[MEI.name]
    offer_file(norrvik.forms[GUIDE], "standstill-calculator.csv", [CALCULATOR], by=by, now=now)


def _ask_for_rights(norrvik: Norrvik, people: list[Contact], now: datetime) -> None:
    asked = (
        (RequestKind.ACCESS, ADA, 9, "By letter: wants to know what we keep"),
        (RequestKind.RECTIFICATION, ANA, 2, "Has a new surname since the wedding"),
    )
    for person, (kind, member, days, words) in zip(people, asked, strict=False):
        by = norrvik.members[member.name]
        ask(person, kind, note=words, by=by, now=now - timedelta(days=days))


def _read_pages(norrvik: Norrvik, now: datetime) -> None:
    """Visitors of the website who agreed read some pages of it."""
    draft = website_of(norrvik.workspace, now)
    words = (draft.wording, draft.agree_label, draft.refuse_label, "")
    told = Decision(True, [f"https://{SITE}"], True, *words, keep_days=90)
    site = decide(norrvik.workspace, told, by=norrvik.members[MEI.name], now=now)
    for number, pages in enumerate(PAGES, start=1):
        at = now - timedelta(minutes=40 * number)
        views = tuple(
            View(path, title, referrer, {}, 90 * (len(pages) - place))
            for place, (path, title, referrer) in enumerate(pages)
        )
        report = Report(UUID(int=number), site.version, False, views, 40, "", "", False)
        take(site, report, Caller(SITE, BROWSER, f"198.51.100.{number}"), now=at)
