"""Pages of streams: the list, and one with its pieces, who has had them, and who runs dry."""

from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from leadfarm.access.middleware import InsideRequest
from leadfarm.engine.errors import LeadfarmError
from leadfarm.nurture import actions
from leadfarm.nurture.models import Piece, Stream
from leadfarm.nurture.queries import streams as queries
from leadfarm.nurture.views.common import check_may_edit, may_edit, tabs_of
from leadfarm.outreach.models import Template, TemplateVersion
from leadfarm.rules.consent import Purpose
from leadfarm.ui.numbers import row_id
from leadfarm.ui.toasts import alarm, toast

FEW = 2


class StreamForm(forms.Form):
    """A new stream: its name, and what consent is asked for."""

    name = forms.CharField(label="Name", max_length=120)
    purpose = forms.TypedChoiceField(
        label="Purpose",
        coerce=lambda number: Purpose(int(number)),
        choices=[(int(each), each.label) for each in Purpose if each is not Purpose.SERVICE],
    )


class PieceForm(forms.Form):
    """A message to put into a stream, and the last day on which it is true."""

    template = forms.ChoiceField(label="Message")
    until = forms.DateField(
        label="Last day it is sent",
        required=False,
        help_text="Empty: it stays true.",
        widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"),
    )

    def __init__(self, *args: Any, templates: list[Template], **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [(str(one.id), one.name) for one in templates]
        self.fields["template"].choices = choices  # type: ignore[attr-defined]


@require_http_methods(["GET", "HEAD", "POST"])
def every(request: InsideRequest) -> HttpResponse:
    """List the streams; a POST makes a new one."""
    form = StreamForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            check_may_edit(request)
            asked = form.cleaned_data
            made = actions.make_stream(
                request.workspace.id, asked["name"], purpose=asked["purpose"], now=request.now
            )
            return redirect("nurture:stream", workspace=request.workspace.slug, stream_id=made.id)
        except LeadfarmError as refusal:
            form.add_error("name", str(refusal))
    lines = queries.stream_lines(request.workspace.id)
    context = {
        "rows": [(line, Purpose(line.stream.purpose).label) for line in lines],
        "form": form,
        "may_edit": may_edit(request),
        "tabs": tabs_of(request, "Streams"),
    }
    return render(request, "nurture/streams.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def one(request: InsideRequest, stream_id: int) -> HttpResponse:
    """Show one stream; a POST puts a message into it."""
    stream = _found(request, stream_id)
    form = PieceForm(request.POST or None, templates=_templates(stream))
    if request.method == "POST" and form.is_valid():
        try:
            check_may_edit(request)
            chosen = Template.objects.of(request.workspace).get(id=form.cleaned_data["template"])
            until = form.cleaned_data["until"]
            actions.add_piece(stream, chosen, until=until, now=request.now)
            toast(request, f"“{chosen.name}” is in the stream")
            return _back(request, stream.id)
        except LeadfarmError as refusal:
            form.add_error("template", str(refusal))
    return render(request, "nurture/stream.html", _drawn(request, stream, form))


def _drawn(request: InsideRequest, stream: Stream, form: PieceForm) -> dict[str, Any]:
    pieces, had = queries.pieces_of(stream), queries.had_by(stream)
    today = request.now.astimezone(ZoneInfo(request.workspace.time_zone)).date()
    left = queries.left_to_see(stream, today)
    return {
        "stream": stream,
        "purpose": Purpose(stream.purpose),
        "rows": [(piece, had.get(piece.id, 0)) for piece in pieces],
        "here": sum(leads for _pieces, leads in left),
        "dry": sum(leads for pieces, leads in left if pieces <= FEW),
        "few": FEW,
        "left": left,
        "programs": queries.used_by(stream),
        "form": form,
        "may_edit": may_edit(request),
        "crumbs": [
            {"label": "Programs", "href": reverse("nurture:list", args=[request.workspace.slug])},
            {"label": "Streams", "href": reverse("nurture:streams", args=[request.workspace.slug])},
            {"label": stream.name, "href": ""},
        ],
    }


@require_POST
def move(request: InsideRequest, piece_id: int) -> HttpResponse:
    """Let a piece come earlier or later."""
    piece = _piece(request, piece_id)
    by = -1 if request.POST.get("to") == "up" else 1
    return _acted(request, piece, lambda: actions.move_piece(piece, by), "")


@require_POST
def retire(request: InsideRequest, piece_id: int) -> HttpResponse:
    """Take a piece out; the toast brings it back."""
    piece = _piece(request, piece_id)
    undo = reverse("nurture:restore-piece", args=[request.workspace.slug, piece.id])
    said = f"“{piece.template}” is out of the stream"
    return _acted(request, piece, lambda: actions.retire_piece(piece, now=request.now), said, undo)


@require_POST
def restore(request: InsideRequest, piece_id: int) -> HttpResponse:
    """Bring back a piece that was taken out."""
    piece = _piece(request, piece_id)
    said = f"“{piece.template}” is in the stream again"
    return _acted(request, piece, lambda: actions.bring_back(piece), said)


def _acted(
    request: InsideRequest, piece: Piece, act: Any, said: str, undo: str = ""
) -> HttpResponse:
    try:
        check_may_edit(request)
        act()
        if said:
            toast(request, said, undo=undo)
    except LeadfarmError as refusal:
        alarm(request, str(refusal))
    return _back(request, piece.stream_id)


def _back(request: InsideRequest, stream_id: int) -> HttpResponse:
    return redirect("nurture:stream", workspace=request.workspace.slug, stream_id=stream_id)


def _found(request: InsideRequest, stream_id: int) -> Stream:
    found = Stream.objects.of(request.workspace).filter(id=stream_id).first()
    if found is None:
        raise Http404("No such stream.")
    return found


def _piece(request: InsideRequest, piece_id: int) -> Piece:
    pieces = Piece.objects.of(request.workspace).select_related("template")
    found = pieces.filter(id=row_id(str(piece_id)) or 0).first()
    if found is None:
        raise Http404("No such piece.")
    return found


def _templates(stream: Stream) -> list[Template]:
    """Return the published messages of the stream's purpose that are not in it yet."""
    of = stream.workspace_id
    inside = Piece.objects.of(of).filter(stream=stream, retired_at=None).values("template_id")
    published = TemplateVersion.objects.of(of).values("template_id")
    mine = Template.objects.of(of).filter(purpose=stream.purpose, archived_at=None)
    return list(mine.filter(id__in=published).exclude(id__in=inside).order_by("name"))
