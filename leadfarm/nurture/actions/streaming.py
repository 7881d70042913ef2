"""Streams are made and filled; a piece moves, ends on a day, or goes. What was sent stays sent."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import Max

from leadfarm.engine.errors import LeadfarmError
from leadfarm.nurture.models import Piece, Stream
from leadfarm.outreach.actions.templates import latest_version
from leadfarm.outreach.models import Template
from leadfarm.rules.consent import Purpose
from leadfarm.rules.programs.streams import MOST_PIECES


def make_stream(
    workspace_id: int, name: str, *, now: datetime, purpose: Purpose = Purpose.INFORMATION
) -> Stream:
    """Return a new stream without pieces. LeadfarmError where the name is empty or taken."""
    name = name.strip()
    if not name:
        raise LeadfarmError("Give the stream a name.")
    if Stream.objects.of(workspace_id).filter(name=name).exists():
        raise LeadfarmError(f"A stream is called “{name}” already.", "Choose another name.")
    return Stream.objects.create(workspace_id=workspace_id, name=name, purpose=purpose, made_at=now)


@transaction.atomic
def add_piece(
    stream: Stream, template: Template, *, now: datetime, until: date | None = None
) -> Piece:
    """Put a published message at the end of a stream and return it; it reaches who is in it now.

    LeadfarmError where it is no message for this stream, or in it already.
    """
    if latest_version(template) is None:
        raise LeadfarmError(f"“{template.name}” is not published yet.", "Publish it first.")
    if template.purpose != stream.purpose:
        ours, its = Purpose(stream.purpose), Purpose(template.purpose)
        what = f"“{template.name}” is written for “{its.label}”, the stream for “{ours.label}”."
        raise LeadfarmError(what, "Consent is asked for one purpose: use a stream of its own.")
    pieces = Piece.objects.of(stream.workspace_id).filter(stream=stream)
    if pieces.filter(retired_at=None).count() >= MOST_PIECES:
        raise LeadfarmError(f"A stream has {MOST_PIECES} pieces at most.", "Begin another one.")
    last = pieces.aggregate(last=Max("position"))["last"] or 0
    try:
        with transaction.atomic():
            return Piece.objects.create(
                workspace_id=stream.workspace_id,
                stream=stream,
                template=template,
                position=last + 1,
                added_at=now,
                until=until,
            )
    except IntegrityError:
        raise LeadfarmError(f"“{template.name}” is in this stream already.") from None


def retire_piece(piece: Piece, *, now: datetime) -> None:
    """Take a piece out: nobody gets it from now on. It can be put in again, at the end."""
    mine = Piece.objects.of(piece.workspace_id).filter(id=piece.id, retired_at=None)
    if not mine.update(retired_at=now):
        raise LeadfarmError("This piece is no longer in the stream.")


def bring_back(piece: Piece) -> None:
    """Undo `retire_piece`: the piece is where it was. LeadfarmError where it is there again."""
    try:
        with transaction.atomic():
            Piece.objects.of(piece.workspace_id).filter(id=piece.id).update(retired_at=None)
    except IntegrityError:
        raise LeadfarmError("It was put into the stream again in the meantime.") from None


@transaction.atomic
def move_piece(piece: Piece, by: int) -> None:
    """Let a piece go one place earlier (-1) or later (1); at its end it stays where it is."""
    here = Piece.objects.of(piece.workspace_id).filter(stream=piece.stream_id, retired_at=None)
    order = list(here.select_for_update().order_by("position", "id"))
    place = next((n for n, one in enumerate(order) if one.id == piece.id), None)
    if place is None:
        raise LeadfarmError("This piece is no longer in the stream.")
    target = min(max(place + by, 0), len(order) - 1)
    order.insert(target, order.pop(place))
    for position, one in enumerate(order, 1):
        one.position = position
    Piece.objects.bulk_update(order, ["position"])
