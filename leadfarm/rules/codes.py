"""The code lists of the glossary in one place: import them from here.

Numbers are stored in the database, slugs stand in files and URLs, labels are what people read.
"""

from __future__ import annotations

from leadfarm.rules.coded import Code
from leadfarm.rules.dispositions import DateNeed, Disposition, Follow, Side, was_two_way
from leadfarm.rules.touch_kinds import Direction, TouchKind, Trait

__all__ = [
    "BuyingRole",
    "Code",
    "Confidence",
    "DateNeed",
    "Direction",
    "Disposition",
    "DisqualifyReason",
    "DormantReason",
    "FindingSection",
    "Follow",
    "ForecastCategory",
    "Judgement",
    "KnownFrom",
    "LossReason",
    "NextKind",
    "Origin",
    "Overwrite",
    "RecheckRule",
    "RecycleReason",
    "RejectReason",
    "Role",
    "Side",
    "TaskKind",
    "Temperature",
    "TouchKind",
    "Trait",
    "VerdictKind",
    "was_two_way",
]


class Role(Code):
    """What a member does here; it decides the first page and what may be done."""

    MARKETER = 1, "Marketer"
    PD = 2, "Prospect developer"
    SALES_REP = 3, "Sales rep"
    MANAGER = 4, "Manager"
    ADMIN = 5, "Admin"

    @property
    def side(self) -> Side | None:
        """The side this role acts for; None for managers and admins, who belong to none."""
        sides = {Role.MARKETER: Side.MARKETING, Role.PD: Side.PD, Role.SALES_REP: Side.SALES}
        return sides.get(self)


class TaskKind(Code):
    """One row: number, label, needs a disposition, sales may have it before Sales-ready, term.

    The term is the default due time in business hours (S2-17, S0-9).
    """

    GREET = 1, "Greet", True, True, 4
    CHECK_IN = 2, "Check-in", True, True, 16
    QUALIFY = 3, "Qualify", True, False, 8
    CALL = 4, "Call", True, False, 8
    MAIL = 5, "Mail", False, False, 8
    RESEARCH = 6, "Research", False, False, 24
    REVIEW = 7, "Review", False, False, 16

    needs_disposition: bool
    for_sales_before_ready: bool
    due_hours: int


class FindingSection(Code):
    """The eight sections of the dossier (S4-15), each with the question that fills it."""

    PROFILE = 1, "Profile", "What does the company do, and how large is it?"
    BUDGET = 2, "Budget", "Is there a budget, how much, and who releases it?"
    TIMELINE = 3, "Timeline", "When must it be in place, and when will they decide?"
    PEOPLE = 4, "People", "Who else takes part in the decision, and in which role?"
    EVENT = 5, "Event or driver", "What happened that makes this a topic now?"
    PAIN_POINT = 6, "Pain point", "What goes wrong today, and what does it cost them?"
    HOT_BUTTON = 7, "Hot button", "What matters most to this person?"
    COMPETITION = 8, "Competition", "Who else are they talking to, and what do they use today?"

    question: str


class BuyingRole(Code):
    """A contact's part in the buying group (S3-16)."""

    CHAMPION = 1, "Champion"
    ECONOMIC_BUYER = 2, "Economic buyer"
    TECHNICAL_BUYER = 3, "Technical buyer"
    USER = 4, "User"
    INFLUENCER = 5, "Influencer"
    BLOCKER = 6, "Blocker"
    PURCHASING = 7, "Purchasing"
    COACH = 8, "Coach"


class RejectReason(Code):
    """Why a delivered lead is given back before contact: exactly these three kinds (S3-2)."""

    MISROUTED = 1, "Misrouted: another rep"
    FAULTY_RECORD = 2, "Faulty record"
    CRITERION_NOT_MET = 3, "Criterion not met"


class DisqualifyReason(Code):
    """Why a lead does not fit, after contact; may re-open on an event. Details: is it about fit."""

    WRONG_INDUSTRY = 1, "Not our industry", True
    TOO_SMALL = 2, "Too small", True
    OUT_OF_TERRITORY = 3, "Outside our territory", True
    NO_NEED = 4, "No need we can meet", True
    COMPETITOR = 5, "Is a competitor", True
    STUDENT = 6, "Student or job seeker", True
    COMPANY_CLOSED = 7, "Company closed", True
    NOT_INTERESTED = 8, "Not interested", False
    ERASED = 9, "Erased on request", False
    FORBIDDEN = 10, "Forbidden by law", False

    is_about_fit: bool

    @property
    def allows_never(self) -> bool:
        """Whether the recheck rule may be `never` (law 3)."""
        return self in (DisqualifyReason.ERASED, DisqualifyReason.FORBIDDEN)


class RecycleReason(Code):
    """Why a lead that fits goes back to a continuing stream with a wake date (S0-5)."""

    BUDGET_FROZEN = 1, "Budget frozen until"
    TIMING = 2, "Timing: later"
    PRIORITY = 3, "Other priorities first"
    CONTRACT_RUNS = 4, "Current contract still runs"
    CONTACT_LEFT = 5, "Our contact has left"
    NOT_REACHED = 6, "Not reached in a full touch cycle"
    WANTS_TO_LEARN = 7, "Wants to learn more first"


class LossReason(Code):
    """Why an opportunity was lost. Details: the vendor who won it is asked for (S2-8)."""

    COMPETITOR = 1, "Lost to a competitor", True
    NO_DECISION = 2, "No decision", False
    PRICE = 3, "Price", False
    MISSING_FEATURE = 4, "Something missing in what we offer", False
    BUDGET_GONE = 5, "Budget gone", False
    DONE_IN_HOUSE = 6, "Done in-house", False
    RELATIONSHIP = 7, "Relationship", False
    OTHER = 8, "Other", False

    needs_vendor: bool


class DormantReason(Code):
    """Why a lead rests."""

    NO_RESPONSE = 1, "No response in full touch cycles"
    CONTENT_EXHAUSTED = 2, "Nothing new left to send"
    UNREACHABLE = 3, "No working address or number"
    ASKED_TO_REST = 4, "Asked to be left alone for now"


class RecheckRule(Code):
    """When a sleeping lead is looked at again (law 3)."""

    ON_DATE = 1, "On a date"
    AFTER_MONTHS = 2, "After some months"
    ON_EVENT = 3, "When something happens there"
    NEVER = 4, "Never (erasure or law only)"


class VerdictKind(Code):
    """What sales, or whoever qualifies, says about a lead. Four different verbs."""

    ACCEPTED = 1, "Accepted"
    REJECTED = 2, "Rejected"
    DISQUALIFIED = 3, "Disqualified"
    RECYCLED = 4, "Recycled"

    @property
    def reasons(self) -> type[Code] | None:
        """The list its reason comes from; None for acceptance, which needs no reason."""
        lists: dict[VerdictKind, type[Code]] = {
            VerdictKind.REJECTED: RejectReason,
            VerdictKind.DISQUALIFIED: DisqualifyReason,
            VerdictKind.RECYCLED: RecycleReason,
        }
        return lists.get(self)

    @property
    def is_before_contact(self) -> bool:
        """Whether it is said before anyone spoke with the contact (S3-2)."""
        return self in (VerdictKind.ACCEPTED, VerdictKind.REJECTED)


class NextKind(Code):
    """What the one next step of a lead points to (law 2)."""

    TASK = 1, "Task"
    ENROLMENT = 2, "Program"
    REVIEW = 3, "Review date"


class ForecastCategory(Code):
    """How sure sales is of an opportunity (S4-9)."""

    PIPELINE = 1, "Pipeline"
    BEST_CASE = 2, "Best case"
    COMMIT = 3, "Commit"
    CLOSED = 4, "Closed"
    OMITTED = 5, "Omitted"


class Origin(Code):
    """Whether we saw it happen or were told by a file (law 4)."""

    CAPTURED = 1, "Captured"
    IMPORTED = 2, "Imported"


class KnownFrom(Code):
    """Since when the company knew what a mapped column says (law 5)."""

    NOW = 1, "Only now"
    CAPTURE = 2, "Its capture"
    DATE_COLUMN = 3, "A date column"


class Overwrite(Code):
    """What an import may do to a value that is already there."""

    NEVER = 1, "Never"
    IF_BLANK = 2, "If blank"
    ALWAYS = 3, "Always"


class Confidence(Code):
    """How sure a finding is."""

    LOW = 1, "Hearsay"
    MEDIUM = 2, "Likely"
    HIGH = 3, "Said by the buyer"


class Judgement(Code):
    """What potential a lead has (S1-5)."""

    SHORT_TERM = 1, "Short-term"
    LONG_TERM = 2, "Long-term"
    NONE = 3, "None"


class Temperature(Code):
    """The levels of heat."""

    COLD = 1, "Cold"
    WARM = 2, "Warm"
    HOT = 3, "Hot"
