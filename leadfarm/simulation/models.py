"""How far the history of a workspace has been lived: in the database, beside what was lived."""

from django.db import models

from leadfarm.access.walls import Walled


class Growth(Walled):
    """The history a workspace is to have; all there is to say about it, so that it is the same."""

    seed = models.IntegerField()
    months = models.PositiveSmallIntegerField()
    leads = models.PositiveIntegerField()
    parts = models.PositiveIntegerField()
    until = models.DateTimeField()

    firm_sees = "nothing"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workspace"], name="a_workspace_has_one_history"),
        ]


class LivedPart(Walled):
    """A part of the history that is lived; written by the transaction that lived it."""

    number = models.PositiveIntegerField()
    leads = models.PositiveIntegerField()
    lived_at = models.DateTimeField()

    append_only = True
    firm_sees = "nothing"

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "number"], name="a_part_of_a_history_is_lived_once"
            ),
        ]
