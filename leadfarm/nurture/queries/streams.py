"""Streams as programs and people see them: what is in each, and who has had what."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from leadfarm.nurture.models import LIVE, Enrolment, Node, Piece, Program, Stream
from leadfarm.nurture.statements import run, text


@dataclass(frozen=True)
class StreamLine:
    """A stream in the list: how many pieces it has, and how many leads are in it."""

    stream: Stream
    pieces: int
    here: int


def pieces_by_stream(workspace_id: int) -> dict[str, int]:
    """Return how many pieces each stream has, by its name."""
    return {line.stream.name: line.pieces for line in _lines(workspace_id, {})}


def stream_lines(workspace_id: int) -> list[StreamLine]:
    """Return every stream by name, with its figures."""
    at = Node.objects.of(workspace_id).filter(stream__isnull=False)
    streams = dict(at.values_list("id", "stream_id"))
    live = Enrolment.objects.of(workspace_id).filter(node_id__in=streams, state__in=LIVE)
    here: Counter[int] = Counter()
    for node_id, leads in live.values_list("node_id").annotate(n=Count("*")).order_by():
        here[streams[node_id]] += leads
    return _lines(workspace_id, here)


def _lines(workspace_id: int, here: dict[int, int]) -> list[StreamLine]:
    pieces = Piece.objects.of(workspace_id).filter(retired_at=None)
    counts = Counter(pieces.values_list("stream_id", flat=True))
    streams = Stream.objects.of(workspace_id).order_by("name")
    return [StreamLine(one, counts[one.id], here.get(one.id, 0)) for one in streams]


def pieces_of(stream: Stream) -> list[Piece]:
    """Return the pieces in the order in which they come."""
    pieces = Piece.objects.of(stream.workspace_id).filter(stream=stream, retired_at=None)
    return list(pieces.select_related("template"))


def had_by(stream: Stream) -> dict[int, int]:
    """Return how many contacts have had each piece, by the piece's id."""
    return dict(run(stream.workspace_id, text("stream_had"), {"stream": stream.id}))


def left_to_see(stream: Stream, day: date) -> list[tuple[int, int]]:
    """Return how many leads in the stream have so many pieces left: (pieces, leads), fewest first.

    20,000 leads are looked at, at most.
    """
    return run(stream.workspace_id, text("stream_left"), {"stream": stream.id, "day": day})


def used_by(stream: Stream) -> list[Program]:
    """Return the programs whose version in force takes pieces from the stream."""
    nodes = Node.objects.of(stream.workspace_id).filter(stream=stream)
    programs = Program.objects.of(stream.workspace_id)
    return list(programs.filter(version_id__in=nodes.values("version_id")).order_by("name"))
