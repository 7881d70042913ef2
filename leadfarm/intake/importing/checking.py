"""What a row must have, beyond cells that can be read: who it is about, and possible times."""

import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from leadfarm.intake.importing.record import Record
from leadfarm.intake.reading import Fault
from leadfarm.rules.codes import TouchKind, VerdictKind
from leadfarm.rules.names import is_no_number
from leadfarm.rules.stages import Stage, is_open, rank

if TYPE_CHECKING:
    from leadfarm.intake.importing.preparing import Preparing

# A file written in another zone may be some hours ahead of us.
AHEAD = timedelta(days=1)
SHORTENED = re.compile(r"\d(?:[.,]\d+)?E\+\d{1,2}", re.IGNORECASE)
# What a row says who it is about by, and which stage it tells of with its day.
_WHO = "external_id email full_name given_name family_name phone company domain"
WHO = frozenset(_WHO.split())
WHEN = frozenset({"stage", "verdict", "stage_at", "entered_at", "close_on"})
TOLD_BY_VERDICT = {
    VerdictKind.ACCEPTED: Stage.ACCEPTED,
    VerdictKind.REJECTED: Stage.SALES_READY,
    VerdictKind.DISQUALIFIED: Stage.DISQUALIFIED,
    VerdictKind.RECYCLED: Stage.NURTURING,
}


def faults_of(
    record: Record, preparing: "Preparing", unread: frozenset[str] = frozenset()
) -> tuple[list[Fault], list[Fault]]:
    """Return what is wrong with the row, and what is only worth a look.

    `unread`: targets whose cell could not be read, which is said already; nothing is made of it
    that they are empty.
    """
    shortened, looked = _shortened(record, preparing), _no_number(record, preparing)
    nobody = [] if unread & WHO else _about_nobody(record, preparing)
    faults = [*nobody, *_in_the_future(record, preparing), *shortened]
    _settle_attendance(record)
    if record.verdict and record.stage is None and "stage" not in unread:
        record.stage = TOLD_BY_VERDICT[record.verdict]
    if unread & WHEN:
        return faults, looked
    if record.stage is None:
        if preparing.is_outcomes:
            title = _title(preparing, "stage")
            faults.append(Fault(record.row, title, "The stage is empty. Fill it in."))
        return faults, looked
    wrong = _history(record, preparing)
    if preparing.is_outcomes or any(not fault.taken for fault in wrong):
        faults += wrong
        return faults, [] if faults else looked + _before_first_contact(record, preparing)
    return faults, [*looked, *wrong, *_before_first_contact(record, preparing)]


def _no_number(record: Record, preparing: "Preparing") -> list[Fault]:
    """Remark on a phone number without the digits of one; it is kept as it was written."""
    if not is_no_number(record.phone):
        return []
    said = f"“{record.phone[:60]}” is no phone number; it is kept as written."
    return [Fault(record.row, _title(preparing, "phone"), said, taken=True)]


def _shortened(record: Record, preparing: "Preparing") -> list[Fault]:
    """Refuse what a spreadsheet has made of a long number: ids that differ would become one."""
    wrong = []
    for name in ("external_id", "phone"):
        told = getattr(record, name)
        if SHORTENED.fullmatch(told):
            said = (
                f"“{told}” is a long number that a spreadsheet has shortened; its digits are lost."
                " Format the column as text and export it again."
            )
            wrong.append(Fault(record.row, _title(preparing, name), said))
    return wrong


def _about_nobody(record: Record, preparing: "Preparing") -> list[Fault]:
    if any("<test lead:" in name for name in (record.full_name, record.given_name)):
        wrong = "This is a test of the advertisement, nobody asked. Leave the row out."
        return [Fault(record.row, _title(preparing, "full_name"), wrong)]
    if preparing.is_outcomes:
        if record.external_id or record.email:
            return []
        wrong = "The row does not say which lead it is about. Fill in the external id or e-mail."
    elif record.external_id or record.names_a_person or record.company:
        return []
    else:
        wrong = "The row names nobody. Fill in an external id, an e-mail, a name or a company."
    return [Fault(record.row, "", wrong)]


def _settle_attendance(record: Record) -> None:
    """Somebody whose registration was withdrawn has registered, and missed nothing."""
    if record.registration.casefold().startswith(("cancel", "denied", "declined")):
        record.touch, record.entered_at = TouchKind.WEBINAR_REGISTERED, record.first_at
        record.registered_at = None
    elif record.touch is TouchKind.WEBINAR_REGISTERED and record.entered_at is None:
        record.entered_at, record.registered_at = record.registered_at, None


def _in_the_future(record: Record, preparing: "Preparing") -> list[Fault]:
    faults = []
    for name in ("entered_at", "registered_at", "stage_at"):
        at: datetime | None = getattr(record, name)
        if at is not None and at > preparing.now + AHEAD:
            wrong = f"{at:%-d %B %Y} lies in the future. Correct the date."
            faults.append(Fault(record.row, _title(preparing, name), wrong))
        elif at is not None and at > preparing.now:
            setattr(record, name, preparing.now)
    return faults


def _history(record: Record, preparing: "Preparing") -> list[Fault]:
    """Imported stages need a date, and lie before the workspace went live (law 4)."""
    assert record.stage is not None
    if record.stage_at is None and record.close_on is not None and not is_open(record.stage):
        record.stage_at = min(preparing.read["date"](record.close_on.isoformat()), preparing.now)
    if record.stage_at is None and rank(record.stage) in (0, 1, 2):
        record.stage_at = record.entered_at or preparing.now
        return []
    title, found = _title(preparing, "stage_at"), []
    if record.stage_at is None and (preparing.is_outcomes or record.entered_at is None):
        wrong = f"{record.stage.label} has no date. Fill in when the lead got there."
        return [Fault(record.row, title, wrong)]
    if record.stage_at is None:
        record.stage_at = record.entered_at
        wrong = f"{record.stage.label} has no date; the day the lead came in is taken."
        found.append(Fault(record.row, title, wrong, taken=True))
    assert record.stage_at is not None
    if record.stage_at >= preparing.went_live_at and rank(record.stage) not in (0, 1, 2):
        return _since_live(record, preparing)
    return found


def _since_live(record: Record, preparing: "Preparing") -> list[Fault]:
    """Refuse an outcome; a lead comes in without the stage, with a remark where it says more."""
    record.late, record.late_at = record.stage, record.stage_at
    if preparing.is_outcomes:
        wrong = late(record, preparing.went_live_at)
        return [Fault(record.row, _title(preparing, "stage_at"), wrong.message)]
    record.stage, record.stage_at, record.verdict = None, None, None
    return []


def late(record: Record, went_live_at: datetime) -> Fault:
    """Return the remark for a stage reached since the workspace went live."""
    assert record.late is not None
    wrong = (
        f"{record.late.label} on {record.late_at:%-d %B %Y} lies after this workspace went"
        f" live ({went_live_at:%-d %B %Y}). From then on stages are reached by work"
        " in Leadfarm; record it on the lead."
    )
    return Fault(record.row, "", wrong, taken=True)


def _before_first_contact(record: Record, preparing: "Preparing") -> list[Fault]:
    if record.entered_at is None or record.stage is None or record.stage_at is None:
        return []
    if record.stage_at.date() == record.entered_at.date():
        return []
    if record.stage_at >= record.entered_at or preparing.is_outcomes:
        return []
    return [before_first_contact(record.row, _title(preparing, "stage_at"), record)]


def before_first_contact(
    row: int, title: str, record: Record, entered: datetime | None = None
) -> Fault:
    """Return the remark for a stage reached before the lead came in; the row is taken."""
    first = entered or record.entered_at
    assert record.stage is not None
    assert record.stage_at is not None
    assert first is not None
    wrong = (
        f"{record.stage.label} on {record.stage_at:%-d %B %Y} lies before the first contact"
        f" ({first:%-d %B %Y}). It is taken as it stands; check the dates."
    )
    return Fault(row, title, wrong, taken=True)


def _title(preparing: "Preparing", target: str) -> str:
    column = preparing.mapping.column(target)
    return column.title if column else ""
