"""Files: each import, what became of each of its rows, and what was wrong with some."""

from django.db import models
from django.db.models import Q

from leadfarm.access.models import Member
from leadfarm.access.walls import Walled, walled_key
from leadfarm.intake.codes import ImportKind, ImportState
from leadfarm.leads.models import Campaign


class ImportRun(Walled):
    """One file on its way in. The file itself lies in the data folder until `file_delete_on`."""

    kind = models.PositiveSmallIntegerField(default=ImportKind.LEADS)
    state = models.PositiveSmallIntegerField(default=ImportState.UPLOADED)
    file_name = models.CharField(max_length=200)
    file_size = models.BigIntegerField(default=0)
    # SHA-256 of the content: the same file a second time adds nothing.
    digest = models.CharField(max_length=64)
    file_delete_on = models.DateField()
    mapping = models.JSONField(default=dict)
    # The sheets of a workbook, by name; it is read one sheet at a time.
    sheets = models.JSONField(default=list)
    # The layout of another product that its titles were recognised as; empty when none.
    preset = models.CharField(max_length=40, default="")
    # What a dry run found: counts, reasons and example rows.
    rehearsal = models.JSONField(null=True)
    # When the dry run last told how far it is; silence means that its worker is gone.
    rehearsed_at = models.DateTimeField(null=True)
    # The campaign it was uploaded for; its column of campaigns does not count then.
    campaign = walled_key(Campaign, on_delete=models.SET_NULL, null=True)
    # The import whose error file this one is.
    repairs = walled_key("self", on_delete=models.DO_NOTHING, null=True)
    started_by = walled_key(Member, on_delete=models.DO_NOTHING, null=True)

    total = models.PositiveIntegerField(default=0)
    # The last row that is in; written by the transaction that wrote the row.
    cursor = models.PositiveIntegerField(default=0)
    done_rows = models.PositiveIntegerField(default=0)
    created = models.PositiveIntegerField(default=0)
    merged = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)
    # Of the rejected: people who were erased, and are not stored again.
    erased = models.PositiveIntegerField(default=0)
    flagged = models.PositiveIntegerField(default=0)

    uploaded_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)
    # Set aside without having run; for an hour it can be taken out again, then it goes for good.
    thrown_away_at = models.DateTimeField(null=True)
    failed_because = models.CharField(max_length=400, default="")
    # What undoing it left as it was, and why: sentences by lead.
    left_alone = models.JSONField(default=list)

    firm_sees = "nothing"

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="an_import_that_failed_says_why",
                condition=~Q(state=ImportState.FAILED) | ~Q(failed_because=""),
            ),
            models.CheckConstraint(
                name="what_is_thrown_away_has_not_run",
                condition=Q(thrown_away_at=None) | Q(cursor=0) & ~Q(state=ImportState.RUNNING),
            ),
        ]
        indexes = [
            models.Index(fields=["workspace", "-uploaded_at"], name="import_by_time"),
            models.Index(fields=["workspace", "digest"], name="import_by_content"),
        ]

    def __str__(self) -> str:
        return self.file_name

    @property
    def is_finished(self) -> bool:
        """Return whether nothing more will happen to it by itself."""
        return self.state in (ImportState.DONE, ImportState.UNDONE, ImportState.FAILED)


class ImportedRow(Walled):
    """Which lead a row of a file came to, and the touch it left there. Ids only."""

    pk = models.CompositePrimaryKey("workspace_id", "run_id", "row")
    run_id = models.BigIntegerField()
    row = models.IntegerField()
    fate = models.SmallIntegerField()
    lead_id = models.BigIntegerField()
    touch_id = models.BigIntegerField(null=True)

    firm_sees = "nothing"
    checked_by_set = ("workspace",)

    class Meta:
        indexes = [models.Index(fields=["workspace", "lead_id"], name="imported_by_lead")]


class ImportedChange(Walled):
    """What an import changed of a record that was there: its columns before and after.

    Personal, deletable: it goes with the file.
    """

    pk = models.CompositePrimaryKey("workspace_id", "run_id", "record_kind", "record_id")
    run_id = models.BigIntegerField()
    record_kind = models.SmallIntegerField()
    record_id = models.BigIntegerField()
    before = models.JSONField()
    after = models.JSONField()

    firm_sees = "nothing"
    checked_by_set = ("workspace",)


class ImportFault(Walled):
    """One thing wrong in one row of a file. `raw` is the row as it came: personal, deletable."""

    run = walled_key(ImportRun)
    row = models.IntegerField()
    field = models.CharField(max_length=120, default="")
    message = models.CharField(max_length=400)
    # The row came in all the same; the fault is worth a look.
    taken = models.BooleanField(default=False)
    raw = models.JSONField(null=True)

    firm_sees = "nothing"

    class Meta:
        indexes = [models.Index(fields=["workspace", "run", "row"], name="fault_by_run")]


class SavedMapping(Walled):
    """A mapping kept by name, for files of the same make."""

    name = models.CharField(max_length=80)
    kind = models.PositiveSmallIntegerField()
    mapping = models.JSONField()
    saved_at = models.DateTimeField()

    firm_sees = "nothing"

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="a_mapping_name_is_taken_once", fields=["workspace", "name"]
            )
        ]

    def __str__(self) -> str:
        return self.name
