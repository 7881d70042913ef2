"""What the prospects do by themselves: they come in, come back, read, ask."""

import json
from datetime import datetime, timedelta

from leadfarm.access.actors import FORM
from leadfarm.consent.actions import unsubscribe
from leadfarm.intake.actions import Arrival, Sent, capture
from leadfarm.intake.actions.following import follow
from leadfarm.intake.arrival import Through
from leadfarm.intake.codes import Door
from leadfarm.intake.models import Form
from leadfarm.leads.actions import Entry, Owners, enter_lead, record_touch
from leadfarm.leads.actions.moving import change_owner
from leadfarm.leads.models import Account, Contact, Lead, Touch
from leadfarm.rules.codes import Side, TouchKind
from leadfarm.rules.names import company_key, normal_phone
from leadfarm.rules.opening import Opening
from leadfarm.simulation.cast import Fate, Prospect
from leadfarm.simulation.cast.sayings import FORM_WORDS, MAIL_QUESTIONS
from leadfarm.simulation.front_doors import CONTACT, GUIDE
from leadfarm.simulation.norrvik import ANA, FIRMS_PEOPLE, MEI, REPS, RIVET, Norrvik

OUTSIDE_WORK = frozenset({"Content syndication", "Paid search"})
SPEAKS = frozenset({TouchKind.FORM, TouchKind.CONTACT_US})
ASKS = frozenset({TouchKind.MAIL_IN, TouchKind.MAIL_REPLIED})
FORMS = frozenset({TouchKind.FORM, TouchKind.CONTACT_US, TouchKind.DOWNLOAD})
LEFT = TouchKind.UNSUBSCRIBED
ANSWERED = ("email", "given_name", "family_name", "company")
NAMES_THE_NEED = 0.4
# Of those without a project: how many have enough of our mails one day.
LEAVES = 0.12
READS = (TouchKind.PAGE_VISIT, TouchKind.PAGE_VISIT, TouchKind.DOWNLOAD, TouchKind.MAIL_CLICKED)


def enter(norrvik: Norrvik, coming: Prospect) -> Lead:
    """Let the prospect come in by the way their source has; return the lead.

    Who fills in a form of ours is captured, and may join a colleague's lead. What the outside firm
    works on, and who was met, is entered.
    """
    now = coming.enters_at
    account = _account(norrvik, coming, now)
    contact = _contact(norrvik, coming, account, now)
    if coming.kind in FORMS and coming.source.name not in OUTSIDE_WORK:
        return _captured(norrvik, coming, now)
    entry = Entry(
        kind=coming.kind,
        happened_at=now,
        contact=contact,
        account=account,
        title=_title(coming),
        source=norrvik.sources[coming.source.name],
        campaign=norrvik.campaigns[coming.campaign.name] if coming.campaign else None,
        owners=owners_of(norrvik, coming),
        said=words_of(coming, coming.kind, "enter"),
    )
    return enter_lead(norrvik.workspace.id, entry, by=FORM, now=now)


def _captured(norrvik: Norrvik, coming: Prospect, now: datetime) -> Lead:
    form = norrvik.forms[CONTACT if coming.kind is TouchKind.CONTACT_US else GUIDE]
    sent = _sent(norrvik, coming, form)
    told = {"email": sent.email, "company": sent.company, "need": sent.need}
    arrival = Arrival(Door.FORM, json.dumps(told, ensure_ascii=False), form=form)
    captured = capture(norrvik.workspace, sent, arrival, now=now)
    follow(sent, captured, now=now, by=FORM)
    if captured.opening is Opening.NEW and captured.lead.previous_lead_id is None:
        # Its reps share the work by region, not in turn.
        change_owner(captured.lead, Side.SALES, owners_of(norrvik, coming).sales)
    return captured.lead


def _sent(norrvik: Norrvik, coming: Prospect, form: Form) -> Sent:
    person = coming.person
    return Sent(
        email=person.email,
        kind=coming.kind,
        given_name=person.given,
        family_name=person.family,
        phone=person.phone,
        job_title=person.job_title,
        company=coming.company.name,
        country=person.country,
        need=_title(coming) if coming.dice("need told").random() < NAMES_THE_NEED else "",
        said=words_of(coming, coming.kind, "enter"),
        source=norrvik.sources[coming.source.name],
        campaign=norrvik.campaigns[coming.campaign.name] if coming.campaign else None,
        through=Through(form, form.version, ANSWERED),
    )


def _title(coming: Prospect) -> str:
    return coming.machine[:1].upper() + coming.machine[1:]


def owners_of(norrvik: Norrvik, coming: Prospect) -> Owners:
    """Return who looks after the lead for each side; paid clicks go to the outside firm."""
    dice = coming.dice("owners")
    is_outside = coming.source.name in OUTSIDE_WORK
    pd = dice.choice(FIRMS_PEOPLE) if is_outside else ANA
    rep = dice.choices(REPS, (5, 4, 3))[0]
    return Owners(
        marketing=norrvik.members[MEI.name].id,
        pd=norrvik.members[pd.name].id,
        sales=norrvik.members[rep.name].id,
        firm=norrvik.teams[RIVET].id if is_outside else None,
    )


def _account(norrvik: Norrvik, coming: Prospect, now: datetime) -> Account:
    company = coming.company
    account, _ = Account.objects.get_or_create(
        workspace=norrvik.workspace,
        domain=f"{company.domain}.example",
        defaults={
            "name": company.name,
            "name_key": company_key(company.name),
            "country": company.country,
            "industry": company.industry,
            "employees": company.employees,
            "recorded_at": now,
        },
    )
    return account


def _contact(norrvik: Norrvik, coming: Prospect, account: Account, now: datetime) -> Contact:
    person = coming.person
    contact, _ = Contact.objects.get_or_create(
        workspace=norrvik.workspace,
        email_key=person.email,
        defaults={
            "account": account,
            "given_name": person.given,
            "family_name": person.family,
            "job_title": person.job_title,
            "email": person.email,
            "phone": person.phone,
            "phone_key": normal_phone(person.phone, person.country),
            "country": person.country,
            "time_zone": person.time_zone,
            "recorded_at": now,
        },
    )
    return contact


def words_of(coming: Prospect, kind: TouchKind, purpose: str) -> str:
    """Return what they write with a touch of this kind; empty where nothing is written."""
    dice = coming.dice("words", purpose)
    if kind in SPEAKS and not coming.unfit and dice.random() < 0.75:
        return dice.choice(FORM_WORDS).format(machine=coming.machine)
    return dice.choice(MAIL_QUESTIONS) if kind in ASKS else ""


def visits(coming: Prospect, until: datetime) -> list[tuple[datetime, TouchKind]]:
    """Return what they will do by themselves after the first touch: denser before they decide."""
    dice = coming.dice("visits")
    found: list[tuple[datetime, TouchKind]] = []
    at = coming.enters_at
    while len(found) < 24:
        at += timedelta(days=dice.expovariate(1 / _pause(coming, at)), hours=dice.uniform(0, 4))
        if at >= until or (coming.decides_on < at.date() and len(found) > 3):
            break
        at = at.replace(hour=dice.randint(6, 17)) if at.weekday() < 5 else at + timedelta(days=2)
        kind = TouchKind.MAIL_REPLIED if dice.random() < 0.07 else dice.choice(READS)
        found.append((at, kind))
    if coming.fate not in (Fate.BUYS, Fate.ELSEWHERE) and dice.random() < LEAVES:
        found.append((coming.enters_at + timedelta(days=dice.randint(50, 200)), LEFT))
    return [visit for visit in found if visit[0] < until]


def _pause(coming: Prospect, at: datetime) -> float:
    """Return the mean number of days until they show up again."""
    if coming.fate not in (Fate.BUYS, Fate.ELSEWHERE):
        return 300 if coming.fate is Fate.SILENT else 110
    return 16 if 0 < coming.days_left(at.date()) < 120 else 45


def show_up(lead: Lead, coming: Prospect, kind: TouchKind, at: datetime) -> None:
    """Let them do it: the touch goes on the timeline of their lead."""
    if kind is LEFT:
        _leave(lead, coming, at)
        return
    words = words_of(coming, kind, at.isoformat())
    record_touch(
        lead,
        kind,
        happened_at=at,
        now=at,
        actor=FORM,
        by_machine=False,
        said=words,
        contact_id=_contact_of(lead, coming).id,
    )


def _leave(lead: Lead, coming: Prospect, at: datetime) -> None:
    """Unsubscribe, as who was sent something may."""
    touches = Touch.objects.of(lead.workspace_id).filter(lead_id=lead.id, kind=TouchKind.MAIL_SENT)
    contact = _contact_of(lead, coming)
    if touches.filter(contact_id=contact.id).exists():
        unsubscribe(lead, contact, now=at)


def _contact_of(lead: Lead, coming: Prospect) -> Contact:
    """Return them: the lead's own contact, or one of its buying group."""
    own: Contact | None = lead.contact
    if own is not None and own.email_key == coming.person.email:
        return own
    return Contact.objects.of(lead.workspace_id).get(email_key=coming.person.email)
