"""The code lists of consent: what for, on which ground, what bars it, and why a touch was held."""

from __future__ import annotations

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
    """The ground in law on which we may write."""

    EXPRESS = 1, "Express consent"
    DOUBLE_OPT_IN = 2, "Express consent, address confirmed"
    IMPLIED_PURCHASE = 3, "Implied by a purchase (two years)"
    IMPLIED_INQUIRY = 4, "Implied by an inquiry (six months)"
    LEGITIMATE_INTEREST = 5, "Legitimate interest"


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

    channel: Channel


class HeldBecause(Code):
    """Why a touch was held back; the number stands in `ref` of the HELD_BACK touch."""

    QUIET_WINDOW = 1, "Inside the quiet window"
    WEEKLY_CAP = 2, "The cap for seven days is reached"
    SUPPRESSED = 3, "Unsubscribed, complained or erased"
    NO_CONSENT = 4, "No consent for this purpose"
    NO_ADDRESS = 5, "No working address"
    CADENCE_CAP = 6, "The cap of steps in one cadence is reached"
