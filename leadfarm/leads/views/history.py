"""The filters of a timeline, and a whole contact history as a file (S4-13)."""

import csv
import json
from collections.abc import Iterable, Iterator
from datetime import date
from io import StringIO
from typing import Any

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import urlencode

from leadfarm.access.actions.audit import audit
from leadfarm.access.actors import Actor
from leadfarm.access.middleware import InsideRequest
from leadfarm.access.queries import colleagues
from leadfarm.access.walls import within
from leadfarm.leads.models import Contact, Touch
from leadfarm.leads.moved import merged_into
from leadfarm.leads.queries.history import COLUMNS, GROUPS, Shown, as_rows
from leadfarm.leads.queries.people import all_of_person, find_contact, leads_of_contact
from leadfarm.leads.queries.record import find_lead
from leadfarm.rules.codes import TouchKind
from leadfarm.rules.csv_safety import escape_cell

ASKED = ("who", "kind", "group", "way", "member", "contact", "since", "until", "words")


def read_shown(request: InsideRequest) -> Shown:
    """Return which touches the address asks for; what makes no sense is left out."""
    asked = request.GET
    who, way, group = asked.get("who", ""), asked.get("way", ""), asked.get("group", "")
    return Shown(
        who=who if who in ("people", "machines") else "",
        kind=TouchKind.read(asked.get("kind", "")) if asked.get("kind") else None,
        group=group if group in GROUPS else "",
        way=way if way in ("in", "out") else "",
        member=_number(asked.get("member", "")),
        person=_person(request.workspace.id, asked.get("contact", "")),
        since=_day(asked.get("since", "")),
        until=_day(asked.get("until", "")),
        words=asked.get("words", "").replace("\x00", "").strip()[:80],
        before=_number(asked.get("before", "")),
    )


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else None


def _person(workspace_id: int, text: str) -> tuple[int, ...]:
    contact = _number(text)
    return (contact, *merged_into(workspace_id, Contact, contact)) if contact is not None else ()


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if 1900 < day.year < 3000 else None


def filter_words(request: InsideRequest, shown: Shown) -> dict[str, Any]:
    """Return what the filter of a timeline draws: its choices, and what is asked to go on."""
    asked = {name: request.GET[name] for name in ASKED if request.GET.get(name)}
    return {
        "shown": shown,
        "groups": [(slug, label) for slug, (label, _) in GROUPS.items()],
        "members": colleagues(request.member),
        "asked": f"{urlencode(asked)}&" if asked else "",
        "beyond": {name: asked.get(name, "") for name in ("who", "contact")},
    }


def of_lead(request: InsideRequest, lead_id: int, form: str) -> HttpResponseBase:
    """Send every touch of a lead as CSV or JSON."""
    lead = find_lead(request.workspace, lead_id)
    touches = Touch.objects.of(request.workspace).filter(lead_id=lead.id)
    return _file(request, touches, form, f"history-lead-{lead.id}")


def of_contact(request: InsideRequest, contact_id: int, form: str) -> HttpResponseBase:
    """Send every touch with a person as CSV or JSON, over all leads this member sees."""
    contact = find_contact(request.workspace, contact_id)
    touches = Touch.objects.of(request.workspace).filter(
        contact_id__in=all_of_person(contact)[0], lead_id__in=leads_of_contact(contact)
    )
    return _file(request, touches, form, f"history-contact-{contact.id}")


def _file(request: InsideRequest, touches: Any, form: str, name: str) -> HttpResponseBase:
    if form not in ("csv", "json"):
        raise Http404("No such form.")
    # The trail lies behind the wall a firm cannot pass; what it does is noted there all the same.
    with within(request.workspace):
        by = Actor.of(request.member)
        audit(request.workspace.id, "history.export", by=by, now=request.now, what=name)
    rows = as_rows(touches, request.workspace.id)
    answer: HttpResponseBase
    if form == "json":
        answer = HttpResponse(json.dumps(list(rows), indent=1), content_type="application/json")
    else:
        kind = "text/csv; charset=utf-8"
        answer = StreamingHttpResponse(_lines(rows), content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return answer


def _lines(rows: Iterable[dict[str, Any]]) -> Iterator[str]:
    yield _line(COLUMNS)
    for row in rows:
        yield _line(escape_cell(str("" if cell is None else cell)) for cell in row.values())


def _line(cells: Iterable[Any]) -> str:
    out = StringIO()
    csv.writer(out).writerow(cells)
    return out.getvalue()
