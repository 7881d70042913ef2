"""What a form answers by mail: the link that confirms a sign-up, the link to what was offered."""

from datetime import datetime
from zoneinfo import ZoneInfo

from leadfarm.consent.actions import ask_for_mail
from leadfarm.engine.web import public_address
from leadfarm.intake.calendar_files import calendar_address
from leadfarm.intake.hosting import links
from leadfarm.intake.hosting.design import read
from leadfarm.intake.models import Event, Form, OfferFile, Submission
from leadfarm.leads.models import Contact, Lead
from leadfarm.rules.consent import Purpose
from leadfarm.rules.quiet_window import Nature

CONFIRM = """Hello{name},

somebody entered this address on {day} and agreed to:

\u201c{wording}\u201d

If that was you, please confirm it here:

{link}

If it was not you, do nothing: the address is not used, and this link stops working on {until}.

{company}
"""
FETCH = """Hello{name},

here is what you asked for: {file}.

{link}

The link works until {until}.

{company}
"""
PLACE = """Hello{name},

you are registered for {event}.

{when}{where}

The entry for your calendar is attached, and here as well:

{link}

{company}
"""


def mail_confirmation(
    submission: Submission, lead: Lead, contact: Contact, *, now: datetime
) -> None:
    """Ask the contact by mail to confirm the sign-up of this submission."""
    form, signed = submission.form, submission.sign_up
    assert signed is not None
    words = CONFIRM.format(
        name=_named(contact),
        day=_day(form, signed.asked_at),
        wording=signed.wording,
        link=public_address() + links.to_confirm(signed),
        until=_day(form, signed.expires_at),
        company=_company(form),
    )
    subject = f"Please confirm: {Purpose(signed.purpose).label} of {_company(form)}"
    ask_for_mail(lead, contact, subject, words, Nature.CONFIRMATION, now=now)


def mail_file(
    submission: Submission, offer: OfferFile, lead: Lead, contact: Contact, *, now: datetime
) -> None:
    """Send the contact the link to what the form offers."""
    form = submission.form
    words = FETCH.format(
        name=_named(contact),
        file=offer.name,
        link=public_address() + links.to_file(submission),
        until=_day(form, now + links.FILE_LASTS),
        company=_company(form),
    )
    subject = f"{offer.name}, from {_company(form)}"
    ask_for_mail(lead, contact, subject, words, Nature.ASKED_FOR, now=now)


def mail_place(submission: Submission, lead: Lead, contact: Contact, *, now: datetime) -> None:
    """Confirm to the contact the place at the event that the form is for, with a calendar entry."""
    form = submission.form
    events = Event.objects.of(submission.workspace_id).select_related("campaign")
    event = events.filter(campaign=form.campaign_id or 0, starts_at__gt=now).first()
    if event is None:
        return
    zone = ZoneInfo(form.workspace.time_zone)
    starts = event.starts_at.astimezone(zone)
    place = zone.key.rpartition("/")[2].replace("_", " ")
    words = PLACE.format(
        name=_named(contact),
        event=event.campaign.name,
        when=f"{starts:%A, %-d %B %Y, %H:%M} ({place} time)",
        where=f"\n{event.place}" if event.place else "",
        link=public_address() + calendar_address(event),
        company=_company(form),
    )
    subject = f"You are registered: {event.campaign.name}"
    ask_for_mail(lead, contact, subject, words, Nature.CONFIRMATION, now=now)


def _named(contact: Contact) -> str:
    return f" {contact.given_name}" if contact.given_name else ""


def _company(form: Form) -> str:
    return read(form.design).company or form.workspace.name


def _day(form: Form, at: datetime) -> str:
    return f"{at.astimezone(ZoneInfo(form.workspace.time_zone)):%-d %B %Y}"
