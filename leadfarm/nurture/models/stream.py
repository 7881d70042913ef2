"""Streams: named lists of pieces, of which a contact gets the next one it has not seen."""

from django.db import models
from django.db.models import Q

from leadfarm.access.walls import Walled, walled_key
from leadfarm.outreach.models import Template
from leadfarm.rules.consent import Purpose


class Stream(Walled):
    """A list of pieces on one theme. It is live: a piece added today reaches who is in it today.

    All its pieces serve one purpose, which never changes: consent is asked for the stream.
    """

    name = models.CharField(max_length=120)
    purpose = models.PositiveSmallIntegerField(default=Purpose.INFORMATION)
    made_at = models.DateTimeField()

    firm_sees = "nothing"

    class Meta:
        constraints = [
            models.UniqueConstraint(name="a_stream_is_named_once", fields=["workspace", "name"]),
            models.CheckConstraint(name="a_stream_has_a_name", condition=~Q(name="")),
        ]

    def __str__(self) -> str:
        return self.name


class Piece(Walled):
    """A message in a stream, sent with its newest wording; the lower position goes first.

    `until` is the last day on which it is still true, an offer's or an event's.
    """

    stream = walled_key(Stream)
    template = walled_key(Template, on_delete=models.PROTECT)
    position = models.PositiveSmallIntegerField()
    added_at = models.DateTimeField()
    until = models.DateField(null=True)
    retired_at = models.DateTimeField(null=True)

    firm_sees = "nothing"

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="a_piece_is_in_a_stream_once",
                fields=["workspace", "stream", "template"],
                condition=Q(retired_at=None),
            )
        ]
        ordering = ["position", "id"]
