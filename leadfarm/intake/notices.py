"""What intake tells colleagues: files that are in or failed, doors through which nothing comes."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from django.db.models import Count
from django.urls import reverse

from leadfarm.access.models import Notification, Workspace
from leadfarm.access.notices import Told, describes, tell, tell_roles
from leadfarm.intake.models import Endpoint, ImportRun, Mailbox
from leadfarm.leads.actions.assigning import COLUMNS
from leadfarm.leads.models import Lead
from leadfarm.rules.notifications import NotificationKind

OF_FILES = (
    *(NotificationKind.LEADS_IMPORTED, NotificationKind.IMPORT_FINISHED),
    NotificationKind.IMPORT_FAILED,
)


def tell_of_import(run: ImportRun, *, now: datetime) -> None:
    """Tell whoever started an import that it is over, and whoever got leads of it how many.

    Call it inside the workspace, in the transaction that ends the import.
    """
    failed = bool(run.failed_because)
    kind = NotificationKind.IMPORT_FAILED if failed else NotificationKind.IMPORT_FINISHED
    about = {"subject_id": run.id, "happened_at": now, "now": now}
    if run.started_by_id is not None:
        tell(run.workspace_id, kind, [run.started_by_id], **about)  # type: ignore[arg-type]
    opened = Lead.objects.of(run.workspace_id).filter(import_id=run.id)
    owned: Counter[int] = Counter()
    for *owners, many in opened.values_list(*COLUMNS.values()).annotate(n=Count("id")):
        owned.update(dict.fromkeys(set(owners) - {None, run.started_by_id}, many))
    tell(run.workspace_id, NotificationKind.LEADS_IMPORTED, owned, **about)  # type: ignore[arg-type]


def tell_of_webhook(endpoint: Endpoint, *, now: datetime) -> None:
    """Tell those who look after doors that what this one hands in cannot be read; once a day."""
    _tell_of_door(endpoint.workspace_id, NotificationKind.WEBHOOK_FAILING, endpoint.pk, now)


def tell_of_mailbox(mailbox: Mailbox, *, now: datetime) -> None:
    """Tell those who look after doors that this mailbox cannot be read; once a day."""
    _tell_of_door(mailbox.workspace_id, NotificationKind.MAILBOX_FAILING, mailbox.pk, now)


def _tell_of_door(workspace_id: int, kind: NotificationKind, number: int, now: datetime) -> None:
    day = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    tell_roles(workspace_id, kind, subject_id=number, happened_at=day, now=now)


def register() -> None:
    """Say what each stands for."""
    describes(_of_files, *OF_FILES)
    describes(_of_webhooks, NotificationKind.WEBHOOK_FAILING)
    describes(_of_mailboxes, NotificationKind.MAILBOX_FAILING)


def _of_files(workspace: Workspace, rows: Sequence[Notification]) -> Mapping[int, Told]:
    runs = ImportRun.objects.of(workspace).in_bulk([row.subject_id for row in rows])
    return {
        row.id: _of_file(workspace, row, runs[row.subject_id])
        for row in rows
        if row.subject_id in runs
    }


def _of_file(workspace: Workspace, row: Notification, run: ImportRun) -> Told:
    place = {"workspace": workspace.slug, "import_run_id": run.id}
    match NotificationKind(row.kind):
        case NotificationKind.LEADS_IMPORTED:
            everything = reverse("leads:list", kwargs={"workspace": workspace.slug})
            what = "1 lead is" if row.many == 1 else f"{row.many:,} leads are"
            return Told(f"{what} yours now", everything, f"From {run.file_name}")
        case NotificationKind.IMPORT_FAILED:
            href = reverse("intake:import", kwargs=place)
            return Told(f"{run.file_name} could not be brought in", href, run.failed_because)
        case _:
            said = f"{run.done_rows:,} rows, {run.created:,} new leads, {run.rejected:,} rejected"
            return Told(f"{run.file_name} is in", reverse("intake:import", kwargs=place), said)


def _of_webhooks(workspace: Workspace, rows: Sequence[Notification]) -> Mapping[int, Told]:
    found = Endpoint.objects.of(workspace).in_bulk([row.subject_id for row in rows])
    href = reverse("intake:arrivals", kwargs={"workspace": workspace.slug}) + "?door=webhook"
    said = "It is kept as it came: mend the mapping, then replay it."
    return {
        row.id: Told(f"What {found[row.subject_id]} sends cannot be read", href, said)
        for row in rows
        if row.subject_id in found
    }


def _of_mailboxes(workspace: Workspace, rows: Sequence[Notification]) -> Mapping[int, Told]:
    found = Mailbox.objects.of(workspace).in_bulk([row.subject_id for row in rows])
    href = reverse("intake:mailboxes", kwargs={"workspace": workspace.slug})
    return {
        row.id: Told(f"{one} cannot be read", href, one.refusal)
        for row in rows
        if (one := found.get(row.subject_id)) is not None
    }
