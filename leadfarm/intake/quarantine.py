"""What is held in quarantine: who it says it is, why it is held, and the ways out (S1-13)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db.models import QuerySet

from leadfarm.access.actors import Actor
from leadfarm.access.models import Member, Workspace
from leadfarm.engine.errors import LeadfarmError
from leadfarm.intake.actions.receiving import replay
from leadfarm.intake.arrival import Arrival
from leadfarm.intake.codes import Door, ReceiptState
from leadfarm.intake.doors import UnreadableError, read
from leadfarm.intake.models import LetIn, Receipt

SHOWN = 50
# What a held arrival is read by, whichever door it came through.
READ_BY = (
    "payload", "form", "endpoint__source", "endpoint__campaign", "mailbox__source",
)  # fmt: skip


@dataclass(frozen=True)
class Held:
    """One arrival as the page shows it; `host` is empty where there is no address."""

    receipt: Receipt
    door: str
    who: str
    email: str
    said: str

    @property
    def host(self) -> str:
        """Return what stands after the @."""
        return self.email.partition("@")[2]


def held(workspace: Workspace) -> tuple[list[Held], int]:
    """Return the newest held arrivals, and how many there are."""
    rows = waiting(workspace)
    newest = rows.select_related(*READ_BY).order_by("-received_at", "-id")[:SHOWN]
    return [_shown(workspace, receipt) for receipt in newest], rows.count()


def waiting(workspace: Workspace) -> QuerySet[Receipt]:
    """Return the arrivals that nobody has judged yet."""
    return Receipt.objects.of(workspace).filter(state=ReceiptState.QUARANTINED, dismissed_at=None)


def set_aside(workspace: Workspace, moment: str) -> QuerySet[Receipt]:
    """Return what was set aside at this moment (seconds since 1970); nothing where it is none."""
    rows = Receipt.objects.of(workspace).filter(state=ReceiptState.QUARANTINED)
    try:
        return rows.filter(dismissed_at=datetime.fromtimestamp(float(moment), UTC))
    except ValueError:
        return rows.none()


def release(
    workspace: Workspace, ids: Sequence[int], *, by: Member, now: datetime
) -> tuple[int, list[str]]:
    """Capture these as of the time they came; return how many, and why others could not be."""
    released, refused = 0, list[str]()
    for receipt in waiting(workspace).filter(id__in=ids).select_related("workspace"):
        try:
            found = replay(receipt, now=now, by=Actor.of(by), released=True)
        except LeadfarmError as refusal:
            refused.append(str(refusal))
        else:
            released += found.receipt.state == ReceiptState.CAPTURED
    return released, refused


def let_in(workspace: Workspace, host: str, *, by: Member, now: datetime) -> LetIn:
    """Never hold this mail host against anybody again."""
    found, _ = LetIn.objects.get_or_create(
        workspace=workspace, host=host.lower()[:253], defaults={"since": now, "member": by}
    )
    return found


def _shown(workspace: Workspace, receipt: Receipt) -> Held:
    door = Door(receipt.door)
    if receipt.payload is None:
        return Held(receipt, door.label, "Deleted, its time was over", "", "")
    arrival = Arrival(
        door,
        receipt.payload.body,
        form=receipt.form,
        endpoint=receipt.endpoint,
        mailbox=receipt.mailbox,
    )
    try:
        sent = read(workspace, arrival, receipt.received_at)
    except UnreadableError:
        return Held(receipt, door.label, "Cannot be read any more", "", "")
    name = f"{sent.given_name} {sent.family_name}".strip() or sent.company or sent.email
    return Held(receipt, door.label, name, sent.email, sent.said or sent.need)
