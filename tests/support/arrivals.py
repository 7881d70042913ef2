"""What comes to a town by itself: by the API, webhooks, mail, forms, events; often twice."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from leadfarm.access.actions import make_token
from leadfarm.access.actors import Actor
from leadfarm.access.models import ApiToken
from leadfarm.access.scopes import Scope
from leadfarm.api.capturing import capture_batch, capture_one
from leadfarm.api.problems import Problem
from leadfarm.engine.errors import LeadfarmError
from leadfarm.intake.actions import replay
from leadfarm.intake.actions.events import Met, check_in, close_event, meet, plan_calls, take_back
from leadfarm.intake.actions.hooking import make_endpoint, take_events
from leadfarm.intake.actions.keeping import dismiss
from leadfarm.intake.actions.receiving import OUR_FAULT
from leadfarm.intake.actions.submitting import Told, hold, submit
from leadfarm.intake.codes import EventKind, ImportKind, ReceiptState
from leadfarm.intake.hooks.presets import BY_SLUG
from leadfarm.intake.hosting.traps import Trap
from leadfarm.intake.mail.receiving import receive_mail
from leadfarm.intake.models import CheckIn, Endpoint, Event, Form, Receipt
from leadfarm.intake.quarantine import release, waiting
from leadfarm.leads.actions.written import Written
from leadfarm.leads.models import Contact, Lead
from leadfarm.outreach.models import Message
from leadfarm.rules.codes import TouchKind
from leadfarm.rules.stages import OPEN
from tests.intake.files import bring
from tests.intake.hosting import opened
from tests.support.town import Deed, Town

KINDS = ("form", "contact-us", "download", "webinar-registered", "list-entry", "sneeze")
JUNK = ("sdkfjh@gmail.com", "vera@mailinator.com", "asdf@asdf.example")


@dataclass
class Doors:
    """The doors of one town, and what came through them: it may come again."""

    token: ApiToken
    endpoint: Endpoint
    form: Form
    calls: list[tuple[str, str]] = field(default_factory=list)
    deliveries: list[tuple[Any, str]] = field(default_factory=list)
    mails: list[bytes] = field(default_factory=list)


def doors(town: Town) -> Doors:
    """Return the town's doors, opened when they are first asked for."""
    found = town.kept.get("doors")
    if found is None:
        form = opened(town.world)
        with town.world.inside():
            token, _ = make_token(town.world.ada, "Site", tuple(Scope), None, now=town.now)
            endpoint = make_endpoint(
                town.workspace, "Zoom", BY_SLUG["json"], town.source, None, now=town.now
            )
        found = town.kept["doors"] = Doors(token, endpoint, form)
    assert isinstance(found, Doors)
    return found


def our_faults(town: Town) -> list[int]:
    """Return the arrivals that came to grief by a failure of ours: there are to be none."""
    with town.world.inside():
        failed = Receipt.objects.of(town.workspace).filter(reasons__contains=[OUR_FAULT])
        return list(failed.values_list("id", flat=True))


def a_program_calls_the_api(town: Town) -> None:
    known, chance = doors(town), town.chance
    told = {"email": town.address(), "full_name": f"Ny {town.number}", "kind": chance.choice(KINDS)}
    if chance.random() < 0.3:
        told |= {"need": chance.choice(["Pumps", "Drives"]), "external_id": f"x{town.number % 50}"}
    call = (json.dumps(told), f"k{town.number}")
    if known.calls and chance.random() < 0.3:
        call = chance.choice(known.calls)
    known.calls.append(call)
    try:
        capture_one(known.token, *call, town.now)
    except Problem as problem:
        raise LeadfarmError(problem.detail) from None


def a_program_sends_a_batch(town: Town) -> None:
    rows = [{"email": town.address(), "need": "Pumps"} for _ in range(town.chance.randint(1, 6))]
    capture_batch(doors(town).token, json.dumps({"leads": rows}), f"b{town.number % 40}", town.now)


def a_webhook_is_delivered(town: Town) -> None:
    """A product delivers an event, or an earlier one again, up to five times, with others mixed."""
    known, chance = doors(town), town.chance
    told = {"id": f"e{town.number}", "email": town.address(), "name": f"Hook {town.number}"}
    known.deliveries.append((told, ""))
    for delivery in [
        known.deliveries[-1],
        *chance.choices(known.deliveries, k=chance.randint(0, 4)),
    ]:
        take_events(known.endpoint, *delivery, now=town.now)


def a_mail_comes(town: Town) -> None:
    known, chance = doors(town), town.chance
    with town.world.inside():
        keys = list(
            Message.objects.of(town.workspace)
            .order_by("-id")
            .values_list("mail_key", flat=True)[:40]
        )
    head = {
        "From": f"Vera {town.number} <{town.address()}>",
        "Message-ID": f"<{town.number}@firm.example>",
        "Subject": "Drives",
    }
    if keys and chance.random() < 0.6:
        head["In-Reply-To"] = f"<{chance.choice(keys)}@norrvik.example>"
    if chance.random() < 0.15:
        head["Auto-Submitted"] = "auto-replied"
    lines = "".join(f"{name}: {value}\r\n" for name, value in head.items())
    known.mails.append(f"{lines}\r\nCan you call me?\r\n".encode())
    receive_mail(town.workspace, known.mails[-1], now=town.now)
    if chance.random() < 0.3:
        receive_mail(town.workspace, chance.choice(known.mails), now=town.now)


def a_form_is_sent(town: Town) -> None:
    chance, form = town.chance, doors(town).form
    who = {"email": town.address(), "given_name": "Jo", "company": f"Firm {town.number % 30}"}
    told = Told(
        {**who, "need": chance.choice(["", "Pumps", "Drives"]), "message": "Hello"},
        origin={"utm_source": "mail"}, key=f"f{town.number // 2}",
    )  # fmt: skip
    submit(form, told, now=town.now)


def junk_comes(town: Town) -> None:
    chance, form = town.chance, doors(town).form
    told = Told({"email": chance.choice([*JUNK, town.address()]), "given_name": "sdkfjh"})
    if chance.random() < 0.5:
        hold(form, told, [Trap.HIDDEN_FIELD], now=town.now)
    else:
        submit(form, told, now=town.now)


def somebody_judges_the_junk(town: Town) -> None:
    with town.world.inside():
        ids = list(waiting(town.workspace).order_by("id").values_list("id", flat=True))
        chosen = [one for one in ids if town.chance.random() < 0.5]
        if town.chance.random() < 0.6:
            release(town.workspace, chosen, by=town.here(), now=town.now)
            return
        for receipt in Receipt.objects.of(town.workspace).filter(id__in=chosen):
            dismiss(receipt, by=town.here(), now=town.now)


def an_arrival_is_read_again(town: Town) -> None:
    with town.world.inside():
        refused = [ReceiptState.REFUSED, ReceiptState.IGNORED, ReceiptState.CAPTURED]
        rows = Receipt.objects.of(town.workspace).filter(state__in=refused).order_by("-id")[:60]
        one = town.any_of(rows.select_related("workspace"))
    replay(one, now=town.now, by=Actor.of(town.here()))


def an_event_is_held(town: Town) -> None:
    """Somebody is met, somebody comes through the door, is taken back, called; it closes."""
    chance, event = town.chance, _event(town)
    with town.world.inside():
        who, lead = town.here(), town.lead()
        written = Written(
            "Ute",
            f"Met {town.number}",
            email=town.address(),
            company="Met Ltd",
            kind=TouchKind.EVENT,
        )
        met = Met(written, "Nice", chance.random() < 0.5, chance.random() < 0.5, f"m{town.number}")
        meet(event, met, by=who, now=town.now)
        if lead.contact is not None:
            check_in(event, lead, lead.contact, by=who, now=town.now)
        if chance.random() < 0.2:
            take_back(
                event, town.any_of(CheckIn.objects.of(town.workspace).order_by("id")).contact_id
            )
        if chance.random() < 0.2:
            open_ones = Lead.objects.of(town.workspace).filter(standing__stage__in=OPEN)
            those = list(open_ones.order_by("-id").values_list("id", flat=True)[:20])
            plan_calls(event, those, "Came", now=town.now)
        if chance.random() < 0.1:
            close_event(event, by=who, now=town.now)


def outcomes_come(town: Town) -> None:
    """A file tells what became of leads before we went live; what is later is flagged."""
    chance, world = town.chance, town.world
    with world.inside():
        people = Contact.objects.of(town.workspace).exclude(email_key=None).order_by("id")
        known = list(people.values_list("email_key", flat=True))
    if not known:
        raise LeadfarmError("Nobody is known.")
    rows = ["email,stage,stage date,amount,sales owner"]
    for _ in range(chance.randint(1, 8)):
        stage = chance.choice(["Won", "Lost", "Qualified", "Sales-ready", "Nurturing", "Nonsense"])
        day = world.now + timedelta(days=chance.choice([-200, -20, -1, 3]))
        rows.append(f"{chance.choice(known)},{stage},{day:%Y-%m-%d},{chance.choice(['', 900])},Bea")
    bring(world, "\n".join(rows), None, ImportKind.OUTCOMES, town.now, f"o{town.number}.csv")


def _event(town: Town) -> Event:
    """Return an event of this quarter of a year, planned when it is the first one."""
    name = f"Fair {town.now.year}-{(town.now.month - 1) // 3}"
    with town.world.inside():
        campaign = town.world.campaign(name)
        made, _ = Event.objects.select_related("campaign", "workspace").get_or_create(
            workspace=town.workspace, campaign=campaign,
            defaults=_plan(town.now),
        )  # fmt: skip
        return made


def _plan(now: datetime) -> dict[str, Any]:
    return {
        "kind": EventKind.TRADE_SHOW,
        "starts_at": now,
        "ends_at": now + timedelta(hours=8),
        "made_at": now,
    }


DOORS_OPEN: list[tuple[int, Deed]] = [
    (5, a_program_calls_the_api),
    (1, a_program_sends_a_batch),
    (4, a_webhook_is_delivered),
    (4, a_mail_comes),
    (4, a_form_is_sent),
    (3, junk_comes),
    (2, somebody_judges_the_junk),
    (2, an_arrival_is_read_again),
    (3, an_event_is_held),
    (2, outcomes_come),
]
