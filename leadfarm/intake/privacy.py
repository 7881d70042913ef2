"""What intake holds of a person, in tables and in files (consent/holdings)."""

import zipfile
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from leadfarm.access.walls import within
from leadfarm.consent.addresses import NOT_STORED
from leadfarm.consent.erasing.person import Person
from leadfarm.consent.holdings import BY_BOTH, BY_CONTACT, Fate, Holding, registry
from leadfarm.intake.codes import ReceiptState, RecordKind
from leadfarm.intake.importing.files import forget_file
from leadfarm.intake.models import ImportedRow, ImportRun, Merge, Receipt
from leadfarm.leads.models import PersonalText

ROWS = (
    "SELECT imported.run_id, imported.row FROM intake_importedrow imported"
    " WHERE imported.workspace_id = held.workspace_id AND imported.lead_id = ANY(%(own)s)"
)
CHANGES = f"""held.record_id = ANY(%(contacts)s::bigint[] || %(own)s::bigint[])
    AND held.run_id IN (SELECT run_id FROM ({ROWS}) theirs)"""  # noqa: S608 (names of ours)
VIEWS = f"""held.visit_id IN (SELECT id FROM intake_visit held
    WHERE held.workspace_id = %(workspace)s AND {BY_CONTACT})"""  # noqa: S608 (names of ours)
SENT = f"""SELECT sent.id FROM intake_submission sent
  JOIN intake_receipt held ON held.workspace_id = sent.workspace_id AND held.id = sent.receipt_id
 WHERE sent.workspace_id = %(workspace)s AND ({BY_BOTH} OR {BY_CONTACT})"""  # noqa: S608 (ours)
CONTACT = int(RecordKind.CONTACT)
HOLDINGS = (
    Holding(
        "intake.ImportFault", "What was wrong in a row of a file",
        f"(held.run_id, held.row) IN ({ROWS})", Fate.GOES,
    ),
    Holding(
        "intake.ImportedChange", "What a file changed",
        CHANGES, Fate.GOES,
    ),
    Holding(
        "intake.ImportedRow", "Which row of which file", "held.lead_id = ANY(%(own)s)", Fate.STAYS,
        "numbers of file, row and lead",
    ),
    Holding(
        "intake.Receipt", "How it arrived", f"({BY_BOTH} OR {BY_CONTACT})", Fate.EMPTIED,
        "door, time and outcome; the payload is a text and goes", {"key": "NULL"},
    ),
    Holding(
        "intake.Download", "Files they asked for", f"held.submission_id IN ({SENT})", Fate.EMPTIED,
        "which file, when, human or machine", {"user_agent": "''", "network": "''"},
    ),
    Holding(
        "intake.Submission", "Forms they sent", f"held.id IN ({SENT})", Fate.EMPTIED,
        "which form, which questions; the answers are texts and go", {"origin": "'{}'"},
    ),
    Holding("intake.PageView", "Pages they read", VIEWS, Fate.GOES),
    Holding("intake.Visit", "Visits to the website", BY_CONTACT, Fate.GOES),
    Holding("intake.VisitorClaim", "Links in mails by which they came", BY_CONTACT, Fate.GOES),
    Holding("intake.Visitor", "Browsers they agreed with", BY_CONTACT, Fate.GOES),
    Holding(
        "intake.CheckIn", "Events they came to", BY_CONTACT, Fate.STAYS, "number of event and lead"
    ),
    Holding(
        "intake.DuplicatePair", "Whom they may be the same as",
        f"held.kind = {CONTACT} AND (held.one = ANY(%(contacts)s)"
        " OR held.other = ANY(%(contacts)s))", Fate.GOES,
    ),
    Holding(
        "intake.LeadJoin", "Leads that went together", "held.lead_id = ANY(%(own)s)", Fate.STAYS,
        "numbers of two leads, by whom and when, and whose step it was",
    ),
    Holding(
        "intake.Merge", "Whom they were merged with",
        f"({BY_CONTACT} OR held.into_contact_id = ANY(%(contacts)s))", Fate.GOES,
    ),
)  # fmt: skip
LARGEST = 200 * 1024 * 1024


def register() -> None:
    """Name the tables of this room, who is the same person, and where files lie."""
    registry.hold(*HOLDINGS)
    registry.leave_out("settings, plans and counts of ours", [
        "intake.Form", "intake.ImportRun", "intake.SavedMapping", "intake.Spend",
        "intake.DuplicateRule", "intake.Website", "intake.BannerWording", "intake.SitePage",
        "intake.Event", "intake.Endpoint", "intake.Mailbox",
        "intake.FormVersion", "intake.OfferFile", "intake.WebHost", "intake.LetIn",
    ])  # fmt: skip
    registry.same_person.append(merged_with)
    registry.files["files"] = forget_files
    registry.files["arrivals"] = forget_arrivals


def merged_with(workspace_id: int, contact_id: int) -> set[int]:
    """Return the contacts that were merged into this one, and those it was merged into."""
    merges = Merge.objects.of(workspace_id).filter(undone_at=None)
    found, looking = {contact_id}, {contact_id}
    while looking:
        gone = merges.filter(into_contact_id__in=looking).values_list("contact_id", flat=True)
        into = merges.filter(contact_id__in=looking).values_list("into_contact_id", flat=True)
        looking = {pk for pk in (*gone, *into) if pk is not None} - found
        found |= looking
    return found


def forget_files(person: Person) -> int:
    """Delete the kept files in which the person stands, whole; return how many.

    A file is for bringing rows in again and goes by itself after a time: its rows are in already.
    """
    workspace = person.workspace_id
    with within(workspace):
        came = ImportedRow.objects.of(workspace).filter(lead_id__in=person.own)
        runs = ImportRun.objects.of(workspace)
        theirs = set(came.values_list("run_id", flat=True).distinct())
        folder = Path(settings.MEDIA_ROOT) / "imports" / str(workspace)
        words = [*person.emails, *person.phones]
        files = [path for path in folder.glob("*") if path.is_file()] if folder.exists() else []
        named = {int(path.stem) for path in files if path.stem.isdecimal() and names(path, words)}
        gone = 0
        for run in runs.filter(id__in=theirs | named):
            gone += any(path.stem == str(run.id) for path in files)
            forget_file(run)
        for path in files:
            if not path.stem.isdecimal() and names(path, words):
                path.unlink(missing_ok=True)
                gone += 1
    return gone


def forget_arrivals(person: Person) -> int:
    """Delete what waits unread or held back and names the person; return how many arrivals.

    Nobody can say any more what such an arrival was, so it is off the list as well.
    """
    if not person.everywhere:
        return 0
    with within(person.workspace_id):
        apart = Receipt.objects.of(person.workspace_id).exclude(state=ReceiptState.CAPTURED)
        theirs = apart.filter(payload__body__iregex="|".join(person.everywhere))
        found = dict(theirs.values_list("id", "payload_id"))
        Receipt.objects.of(person.workspace_id).filter(id__in=found).update(
            payload=None, key=None, reasons=[NOT_STORED]
        )
        PersonalText.objects.of(person.workspace_id).filter(id__in=found.values()).delete()
        return len(found)


def names(path: Path, words: list[str]) -> bool:
    """Whether one of the words stands in the file, a workbook or text of any usual encoding."""
    wanted = [
        word.lower().encode(code) for word in words for code in ("utf-8", "utf-16-le", "utf-16-be")
    ]
    return any(word in block for block in _contents(path) for word in wanted)


def _contents(path: Path) -> Iterator[bytes]:
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as book:
            for part in book.infolist():
                if part.file_size <= LARGEST:
                    yield book.read(part).lower()
        return
    yield path.read_bytes().lower()
