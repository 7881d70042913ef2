"""The code lists of the message ledger."""

from leadfarm.rules.coded import Code


class MessageKind(Code):
    """Who decided to write. Details: shown on the timeline as done by a machine."""

    PROGRAM = 1, "Program", True
    ONE_OFF = 2, "One-off mailing", True
    BY_HAND = 3, "Written by hand", False
    TEST = 4, "Test", True
    ASKED_FOR = 5, "Asked for", True
    TO_COLLEAGUE = 6, "To a colleague", True

    by_machine: bool


# Mail to members: no contact of it, no lead, no quiet window, no consent.
INSIDE = (MessageKind.TEST, MessageKind.TO_COLLEAGUE)


class MessageState(Code):
    """Where a message of the ledger stands. Details: it can still go out by itself, it is over."""

    PLANNED = 1, "Planned", True, False
    HELD = 2, "Held back", True, False
    LEASED = 3, "Being sent", True, False
    SENT = 4, "Sent", False, True
    IN_DOUBT = 5, "In doubt", False, False
    FAILED = 6, "Failed", False, True
    CANCELLED = 7, "Cancelled", False, True
    BOUNCED = 8, "Bounced", False, True

    goes_on: bool
    is_over: bool


WAITING = (MessageState.PLANNED, MessageState.HELD)


class BounceKind(Code):
    """What a mail that came back says of its address."""

    HARD = 1, "The address is dead"
    SOFT = 2, "The address does not take mail now"
    OF_OURS = 3, "What we sent, or from where, was refused"


class MailingState(Code):
    """How far a one-off mailing has come. Details: how its tag looks."""

    DRAFT = 1, "Draft", ""
    PLANNED = 2, "Planned", ""
    GOING = 3, "Going out", ""
    DONE = 4, "Gone out", "good"
    STOPPED = 5, "Stopped", "warn"

    look: str


class Security(Code):
    """How the connection to a mail server is protected."""

    NONE = 1, "None (loopback only)"
    STARTTLS = 2, "STARTTLS"
    TLS = 3, "TLS from the start"


class SourceKind(Code):
    """The language a template's body is written in."""

    RICH = 1, "Plain rich text"
    MJML = 2, "MJML"


class MachineBecause(Code):
    """Why a click was judged to be a machine's."""

    KNOWN_AGENT = 1, "Its user agent names a scanner"
    TOO_MANY_LINKS = 2, "Two different links within a second"
    TOO_FAST = 3, "Within seconds of delivery"
    HIDDEN_LINK = 4, "It followed a link no human can see"
