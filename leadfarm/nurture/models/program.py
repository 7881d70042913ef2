"""A program, and each version of its tree as rows: written once at publishing, never changed."""

from django.db import models
from django.db.models import Q

from leadfarm.access.models import Member
from leadfarm.access.walls import Walled, walled_key
from leadfarm.nurture.models.stream import Stream
from leadfarm.outreach.models import TemplateVersion
from leadfarm.rules.coded import Code


class ProgramState(Code):
    """Whether leads enter and move."""

    DRAFT = 1, "Draft"
    ACTIVE = 2, "Active"
    PAUSED = 3, "Paused"


class Program(Walled):
    """A decision tree of messages, waits, branches and human steps, under one name for all time.

    `entry` is a clause: leads that meet it enter by themselves; empty: by hand or by an event.
    """

    name = models.CharField(max_length=120)
    state = models.PositiveSmallIntegerField(default=ProgramState.DRAFT)
    # The version new leads enter; a key in the database, a plain number here, as versions point
    # to their program.
    version_id = models.BigIntegerField(null=True)
    # The tree being edited; empty when it is the same as the version in force.
    draft = models.JSONField(null=True)
    # Goes up with each change of the draft: who began from an older one is refused.
    draft_number = models.PositiveIntegerField(default=0, db_default=0)
    # Where the draft stands among the edits kept; below it lies what can be undone.
    edit = models.PositiveIntegerField(default=0, db_default=0)
    # Who goes first when two programs want to write to one contact: the lower number.
    priority = models.PositiveSmallIntegerField(default=100)
    entry = models.JSONField(null=True)
    # Days after leaving it before a lead may enter again; empty: never again by itself.
    reentry_days = models.PositiveSmallIntegerField(null=True)
    # It takes every lead that is not ready: new inquiries to be greeted, and "not now".
    takes_not_ready = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    paused_at = models.DateTimeField(null=True)
    # As of the last complaint: how many complained, of how many mails of the days before it.
    complaints = models.PositiveIntegerField(default=0, db_default=0)
    complained_of = models.PositiveIntegerField(default=0, db_default=0)
    complained_at = models.DateTimeField(null=True)

    firm_sees = "nothing"

    class Meta:
        constraints = [
            models.UniqueConstraint(name="a_program_is_named_once", fields=["workspace", "name"]),
            models.UniqueConstraint(
                name="one_program_takes_what_is_not_ready",
                fields=["workspace"],
                condition=Q(takes_not_ready=True),
            ),
            models.CheckConstraint(
                name="a_running_program_has_a_version",
                condition=Q(state=ProgramState.DRAFT) | Q(version_id__isnull=False),
            ),
            models.CheckConstraint(
                name="a_program_is_paused_since_a_time",
                condition=Q(state=ProgramState.PAUSED, paused_at__isnull=False)
                | ~Q(state=ProgramState.PAUSED) & Q(paused_at=None),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Edit(Walled):
    """What the draft of a program was after one change, so that the change can be undone.

    Number 0 and up in the order they were made; an empty tree is the version in force. What was
    undone lies above the program's `edit`, until the next change.
    """

    program = walled_key(Program)
    number = models.PositiveIntegerField()
    tree = models.JSONField(null=True)
    # What was done, in words; and the step to show when it is undone or done again.
    said = models.CharField(max_length=200)
    step = models.CharField(max_length=60)
    at = models.DateTimeField()
    by = walled_key(Member, on_delete=models.DO_NOTHING, null=True)

    firm_sees = "nothing"

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="an_edit_of_a_program_is_numbered_once",
                fields=["workspace", "program", "number"],
            )
        ]


class ProgramVersion(Walled):
    """A published tree. Whoever is on it stays on it until they leave or are mapped to another."""

    program = walled_key(Program)
    number = models.PositiveIntegerField()
    tree = models.JSONField()
    first_key = models.CharField(max_length=60)
    published_at = models.DateTimeField()
    published_by = walled_key(Member, on_delete=models.DO_NOTHING, null=True)

    append_only = True
    firm_sees = "nothing"

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="a_version_number_is_given_once", fields=["workspace", "program", "number"]
            )
        ]


class Node(Walled):
    """One step of a published tree, as the engine joins it."""

    version = walled_key(ProgramVersion)
    key = models.CharField(max_length=60)
    kind = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=160)
    position = models.PositiveSmallIntegerField()
    settings = models.JSONField()
    # The wording a message was published with.
    template_version = walled_key(TemplateVersion, on_delete=models.PROTECT, null=True)
    # What a stream step takes its pieces from.
    stream = walled_key(Stream, on_delete=models.PROTECT, null=True)
    # The kinds of touch that end a "wait for", as a JSON list.
    listens = models.JSONField(null=True)

    append_only = True
    firm_sees = "nothing"

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="a_node_key_is_given_once", fields=["workspace", "version", "key"]
            )
        ]


class Way(Walled):
    """From a step to the next: taken at once, after a wait, by an event or by a disposition."""

    node = walled_key(Node)
    way = models.CharField(max_length=60)
    to = walled_key(Node)
    rank = models.PositiveSmallIntegerField()
    clause = models.JSONField(null=True)

    append_only = True
    firm_sees = "nothing"

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="a_way_leads_to_one_step", fields=["workspace", "node", "way"]
            )
        ]
