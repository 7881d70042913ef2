"""The code lists of this room."""

from leadfarm.rules.coded import Code
from leadfarm.rules.codes import TouchKind


class ImportKind(Code):
    """What the rows of a file tell."""

    LEADS = 1, "Leads"
    OUTCOMES = 2, "Outcomes"


class ImportState(Code):
    """How far an import has come."""

    UPLOADED = 1, "Columns to map"
    MAPPED = 2, "Ready to run"
    RUNNING = 3, "Running"
    DONE = 4, "Done"
    UNDONE = 5, "Undone"
    FAILED = 6, "Failed"
    READING = 7, "Being read"
    WAITING = 8, "Waiting for a worker"


class ChangedKind(Code):
    """Whose columns an import changed."""

    ACCOUNT = 1, "Account"
    CONTACT = 2, "Contact"
    LEAD = 3, "Lead"
    STANDING = 4, "Standing"


class RowFate(Code):
    """What became of one row."""

    CREATED = 1, "Opened a lead"
    MERGED = 2, "Joined a lead that was there"
    UPDATED = 3, "Told more about its lead"
    UNCHANGED = 4, "Brought nothing new"


class SpendKind(Code):
    """What money was spent on: the four parts of cost per qualified opportunity (D-1)."""

    MEDIA = 1, "Media"
    TOOLS = 2, "Tools"
    VENDOR = 3, "Vendor"
    PEOPLE = 4, "People"


class RecordKind(Code):
    """What two records are that may be the same."""

    CONTACT = 1, "Contact"
    ACCOUNT = 2, "Account"


class PairState(Code):
    """What was judged of a pair."""

    OPEN = 1, "To judge"
    MERGED = 2, "Merged"
    NOT_THE_SAME = 3, "Not the same"
    RELATED = 4, "Related"


class Relation(Code):
    """How two records hang together that are not the same; of a pair, `one` stands on the left."""

    COLLEAGUES = 1, "Colleagues at one company", RecordKind.CONTACT
    HOUSEHOLD = 2, "One household", RecordKind.CONTACT
    FORMER_EMPLOYER = 3, "The same person, at a former employer", RecordKind.CONTACT
    PARENT = 4, "The left owns the right", RecordKind.ACCOUNT
    DAUGHTER = 5, "The right owns the left", RecordKind.ACCOUNT
    SISTERS = 6, "Two companies of one group", RecordKind.ACCOUNT

    of: RecordKind


class JoinReason(Code):
    """Why a lead rests that nobody gave up."""

    JOINED = 1, "Joined with another lead"


class Door(Code):
    """By which way something arrived."""

    FORM = 1, "Form"
    API = 2, "API"
    WEBHOOK = 3, "Webhook"
    MAIL = 4, "Mail"
    WEB = 5, "Website"
    EVENT = 6, "Event"
    BY_HAND = 7, "By hand"


class ReceiptState(Code):
    """What was made of an arrival."""

    CAPTURED = 1, "Captured"
    QUARANTINED = 2, "Quarantined"
    REFUSED = 3, "Refused"
    IGNORED = 4, "Ignored"


class Signing(Code):
    """How a sender of webhooks proves who it is."""

    NONE = 1, "Not signed: the address is the secret"
    STANDARD = 2, "Standard Webhooks (webhook-signature)"
    HMAC = 3, "HMAC-SHA-256 of the body in a header"


class ConsentSource(Code):
    """Where a visitor of the website agreed."""

    BANNER = 1, "Our banner"
    SITE = 2, "The site's own banner"


class RecognisedBy(Code):
    """How a visitor of the website turned out to be somebody we know."""

    FORM = 1, "A form"
    MAIL = 2, "A link in a mail"
    SITE = 3, "The site, by a signed token"


class EventKind(Code):
    """What sort of event it is; the kinds of touch of those who register, come, or stay away."""

    WEBINAR = (
        *(1, "Webinar", TouchKind.WEBINAR_REGISTERED, TouchKind.WEBINAR_ATTENDED),
        TouchKind.WEBINAR_NO_SHOW,
    )
    TRADE_SHOW = (
        *(2, "Trade show", TouchKind.EVENT_REGISTERED, TouchKind.EVENT_ATTENDED),
        TouchKind.EVENT_NO_SHOW,
    )
    CONFERENCE = (
        *(3, "Conference", TouchKind.EVENT_REGISTERED, TouchKind.EVENT_ATTENDED),
        TouchKind.EVENT_NO_SHOW,
    )
    SEMINAR = (
        *(4, "Seminar", TouchKind.EVENT_REGISTERED, TouchKind.EVENT_ATTENDED),
        TouchKind.EVENT_NO_SHOW,
    )

    registered: TouchKind
    attended: TouchKind
    no_show: TouchKind
