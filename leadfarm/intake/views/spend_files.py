"""Spend from a file: looked at first, then booked as a whole."""

import base64
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from leadfarm.access.middleware import InsideRequest
from leadfarm.access.rights import only
from leadfarm.engine.errors import LeadfarmError
from leadfarm.intake.actions.spending import book_file
from leadfarm.intake.reading.table import refuse_large
from leadfarm.intake.spend_file import LIMIT_MB, SpendFile, read_spend
from leadfarm.intake.views.imports import LEADING
from leadfarm.ui.toasts import toast

SHOWN = 100


class SpendFileForm(forms.Form):
    """The file to look at."""

    file = forms.FileField(
        label="File",
        help_text="CSV: campaign or source, month and amount; kind and note may follow.",
    )


@require_http_methods(["GET", "HEAD", "POST"])
@only(*LEADING)
def read(request: InsideRequest) -> HttpResponse:
    """Ask for a file; show what it would book; book it, or give its faulty rows as a file."""
    form = SpendFileForm(request.POST if request.FILES else None, request.FILES or None)
    content = _content(request, form)
    if content is None:
        return _page(request, form)
    try:
        found = read_spend(request.workspace, content)
    except LeadfarmError as refused:
        form = SpendFileForm(request.POST, request.FILES)
        form.is_valid()
        form.add_error(None, str(refused))
        return _page(request, form)
    then = request.POST.get("then")
    if then == "faults":
        answer = HttpResponse(found.errors(), content_type="text/csv; charset=utf-8")
        answer["Content-Disposition"] = 'attachment; filename="spend-errors.csv"'
        return answer
    if then == "book" and found.lines:
        return _book(request, found)
    return _page(request, form, found, content)


def _content(request: InsideRequest, form: SpendFileForm) -> bytes | None:
    """Return the file: just sent, or as it was sent before and looked at since."""
    if request.FILES and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            refuse_large(file.size, LIMIT_MB)
        except LeadfarmError as refused:
            form.add_error("file", str(refused))
            return None
        return bytes(file.read())
    try:
        return base64.b64decode(request.POST.get("looked_at", ""), validate=True) or None
    except ValueError:
        return None


def _book(request: InsideRequest, found: SpendFile) -> HttpResponse:
    bookings = [line.booking for line in found.lines]
    book_file(request.workspace, bookings, by=request.member, now=request.now)
    what = f"{found.total:,} {request.workspace.currency}"
    toast(request, f"{what} booked, in rows: {len(bookings):,}.")
    return redirect("intake:spend", workspace=request.workspace.slug)


def _page(
    request: InsideRequest,
    form: SpendFileForm,
    found: SpendFile | None = None,
    content: bytes = b"",
) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "found": found, "shown": SHOWN}
    if found is not None:
        context |= {
            "lines": found.lines[:SHOWN],
            "faults": found.faults[:SHOWN],
            "looked_at": base64.b64encode(content).decode(),
        }
    return render(request, "intake/spend_file.html", context)
