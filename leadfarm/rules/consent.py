"""The code lists of consent: what for, on which ground, what bars it, and why a touch was held."""

from __future__ import annotations

from calendar import monthrange
from datetime import datetime

from leadfarm.rules.coded import Code


class Purpose(Code):
    """What we write for. Details: needs consent unless the workspace says otherwise, refusable."""

    INFORMATION = 1, "Information on your topic", False, True
    NEWSLETTER = 2, "Newsletter", True, True
    EVENTS = 3, "Invitations to events and webinars", False, True
    SALES = 4, "Personal mail from our team", False, True
    SERVICE = 5, "Answers and confirmations", False, False

    needs_consent: bool
    can_be_refused: bool


class Basis(Code):
    """The ground in law on which we may write. Details: after how many months it runs out."""

    EXPRESS = 1, "Express consent", None
    DOUBLE_OPT_IN = 2, "Express consent, address confirmed", None
    IMPLIED_PURCHASE = 3, "Implied by a purchase (two years)", 24
    IMPLIED_INQUIRY = 4, "Implied by an inquiry (six months)", 6
    LEGITIMATE_INTEREST = 5, "Legitimate interest", None

    months: int | None


def runs_out(basis: Basis, since: datetime) -> datetime | None:
    """Return when consent on this ground runs out; None: it holds until it is withdrawn.

    Months of the calendar, as the law counts them: six months from 31 August end on 28 February.
    """
    if basis.months is None:
        return None
    years, month = divmod(since.month - 1 + basis.months, 12)
    year, month = since.year + years, month + 1
    day = min(since.day, monthrange(year, month)[1])
    return since.replace(year=year, month=month, day=day)


class Channel(Code):
    """The way to a contact that is barred."""

    MAIL = 1, "Mail"
    PHONE = 2, "Phone"
    ALL = 3, "Every channel"


class SuppressionReason(Code):
    """Why a contact or an address is barred. Details: the channel it bars."""

    UNSUBSCRIBED = 1, "Unsubscribed", Channel.MAIL
    COMPLAINT = 2, "Complained", Channel.MAIL
    HARD_BOUNCE = 3, "Address does not exist", Channel.MAIL
    DO_NOT_CALL = 4, "Do not call", Channel.PHONE
    ERASED = 5, "Erased on request", Channel.ALL
    OBJECTED = 6, "Objected to direct marketing", Channel.ALL
    LISTED = 7, "On a list of addresses not to be written to", Channel.MAIL

    channel: Channel


class HeldBecause(Code):
    """Why a touch was held back; the number stands in `ref` of the HELD_BACK touch."""

    QUIET_WINDOW = 1, "Inside the quiet window"
    WEEKLY_CAP = 2, "The cap for seven days is reached"
    SUPPRESSED = 3, "Unsubscribed, complained or erased"
    NO_CONSENT = 4, "No consent for this purpose"
    NO_ADDRESS = 5, "No working address"
    CADENCE_CAP = 6, "The cap of steps in one cadence is reached"
    HAD_IT = 7, "They have had it already"
    TOO_LATE = 8, "Not free before the mailing was over"
    STOPPED = 9, "The mailing was stopped"
    MAILBOX_LIMIT = 10, "Our limit of sending is reached"
    DOMAIN_LIMIT = 11, "Our limit for their domain is reached"
    WARM_UP = 12, "The mailbox is new: the cap of the day is reached"
