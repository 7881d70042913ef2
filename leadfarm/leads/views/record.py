"""The lead page: three columns, the path across the top, one next step (UX 4 and 5)."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from leadfarm.access.middleware import InsideRequest
from leadfarm.engine.statements import plans_kept
from leadfarm.leads import forms
from leadfarm.leads.models import Lead, PersonalText, StageChange, Standing, Task
from leadfarm.leads.panels import registry
from leadfarm.leads.queries import record
from leadfarm.leads.queries.assignments import explained
from leadfarm.leads.queries.dossier import dossier_of, framed
from leadfarm.leads.queries.listing.rows import due_of
from leadfarm.leads.queries.timeline import timeline_of
from leadfarm.leads.views import dialogs
from leadfarm.leads.views.frames import chosen_frame
from leadfarm.leads.views.history import filter_words, read_shown
from leadfarm.rules.codes import NextKind, RecheckRule, Side, TaskKind
from leadfarm.rules.dossier.frames import FRAMES
from leadfarm.rules.fit import letter
from leadfarm.rules.stages import Stage
from leadfarm.ui import words
from leadfarm.ui.navigation import Shortcut
from leadfarm.ui.returned import form_of

SHORT_SIDE = {
    Side.MARKETING: "Marketing",
    Side.PD: "PD",
    Side.SALES: "Sales",
    Side.PROSPECT: "Prospect",
}
SIGN_OF_TASK = {TaskKind.MAIL: "mail", TaskKind.RESEARCH: "search", TaskKind.REVIEW: "task"}
SHORTCUTS = (
    Shortcut(("f",), "Write into the dossier: a letter for the section, then the fact"),
    Shortcut(("b",), "Say who plays which part in the buying group"),
    Shortcut(("d",), "Add the words you marked in the timeline to the dossier"),
)


@plans_kept()
def show(request: InsideRequest, lead_id: int, status: int = 200) -> HttpResponse:
    """Show one lead; `who`, `kind` and `before` narrow and page the timeline.

    A form that this request sent and that is not right stands there as it was typed.
    """
    lead = record.find_lead(request.workspace, lead_id)
    context = page_of(request, lead)
    template = "leads/record/timeline.html" if request.headers.get("HX-Target") else None
    return render(request, template or "leads/record/page.html", context, status=status)


def page_of(request: InsideRequest, lead: Lead) -> dict[str, Any]:
    """Return everything the lead page draws."""
    shown, changes = read_shown(request), record.changes_of(lead)
    return {
        "lead": lead,
        "here": reverse("leads:record", args=[request.workspace.slug, lead.id]),
        "title": title_of(lead),
        "crumbs": _crumbs(request, lead),
        "owners": owners_of(lead),
        "why_owners": explained(lead),
        "need_words": "Change the need" if lead.need else "Name the need",
        "facts": facts_of(lead, changes),
        "group": record.group_of(lead),
        "comments": record.comments_of(lead),
        "timeline": timeline_of(request.workspace, [lead.id], shown),
        **filter_words(request, shown),
        "shown": shown,
        "pinned": _pinned(lead),
        "panels": registry.drawn(request, lead),
        "comment": form_of(request, "comment", lambda: forms.CommentForm(prefix="comment")),
        "dialogs": dialogs.of_page(request, lead),
        **_standing(request, lead, changes),
        **_dossier(request, lead),
    }


def _standing(request: InsideRequest, lead: Lead, changes: list[StageChange]) -> dict[str, Any]:
    """Return where the lead stands: stage, path, next step, warmth."""
    standing, tasks = lead.standing, record.open_tasks_of(lead)[::-1]
    return {
        "standing": standing,
        "stage": Stage(standing.stage),
        "path": record.path_of(lead, standing, changes, request.now),
        "next": next_of(request, standing, tasks),
        "coming": [_coming(task, standing) for task in tasks],
        "whose_move": SHORT_SIDE[Side(standing.whose_move)],
        "heat": record.warmth(standing, request.workspace, request.now),
        "fit": "" if standing.fit is None else letter(standing.fit),
    }


def _dossier(request: InsideRequest, lead: Lead) -> dict[str, Any]:
    dossier = dossier_of(lead, request.now, request.workspace.currency)
    frame = chosen_frame(request)
    return {
        "dossier": dossier,
        "frame": frame,
        "frames": list(FRAMES.values()),
        "framed": framed(dossier, frame),
        "filled": frame.filled(dossier.keys),
        "completeness_words": f"{frame.completeness(dossier.keys)} % known",
        "page_shortcuts": SHORTCUTS,
    }


def title_of(lead: Lead) -> str:
    """Return what the lead is called on its page."""
    if lead.title:
        return str(lead.title)
    if lead.contact is not None:
        return str(lead.contact)
    return str(lead.account) if lead.account else f"Lead {lead.external_id}"


def _crumbs(request: InsideRequest, lead: Lead) -> list[dict[str, str]]:
    leads = reverse("leads:list", kwargs={"workspace": request.workspace.slug})
    company = (
        [{"label": lead.account.name, "href": _account(request, lead)}] if lead.account else []
    )
    return [{"label": "Leads", "href": leads}, *company, {"label": f"L-{lead.id}"}]


def _account(request: InsideRequest, lead: Lead) -> str:
    place = {"workspace": request.workspace.slug, "account_id": lead.account_id}
    return reverse("leads:account", kwargs=place)


def next_of(request: InsideRequest, standing: Standing, tasks: list[Task]) -> dict[str, Any]:
    """Return the one next step: what, whose, when and why; for a sleeping lead its recheck."""
    if record.is_at_rest(standing):
        return _rest(request, standing)
    if standing.next_kind is None:
        return {"what": "Won", "why": "The order is in. Nothing is left to do here."}
    owner = standing.next_owner.name if standing.next_owner else ""
    zone = ZoneInfo(request.workspace.time_zone)
    return {
        "what": _what(standing, tasks),
        "why": standing.next_why,
        "due": _instant(request, standing.next_at),
        "whose": owner or SHORT_SIDE[Side(standing.next_side or Side.PD)],
        "state": due_of(standing, zone, request.now)[1],
        "task": standing.task_id,
    }


def _rest(request: InsideRequest, standing: Standing) -> dict[str, Any]:
    rule = RecheckRule(standing.recheck_rule or RecheckRule.ON_DATE)
    day = standing.recheck_on
    return {
        "what": f"Resting: {Stage(standing.stage).label}",
        "why": f"Because: {standing.closed_because.replace('-', ' ')}.",
        "due": f"Look again {words.day(day, request.now.date())}" if day else "",
        "whose": "" if day else rule.label,
    }


def _instant(request: InsideRequest, at: datetime | None) -> str:
    if at is None:
        return ""
    zone = ZoneInfo(request.workspace.time_zone)
    local = at.astimezone(zone)
    return f"{words.day(local.date(), request.now.astimezone(zone).date())}, {words.clock(local)}"


def _what(standing: Standing, tasks: list[Task]) -> str:
    if standing.next_kind == NextKind.ENROLMENT:
        return "The program goes on"
    kinds = (TaskKind(task.kind) for task in tasks if task.id == standing.task_id)
    kind = next(kinds, None)
    return kind.label if kind else "Look at it again"


def _coming(task: Task, standing: Standing) -> dict[str, Any]:
    """Return an open task; the one that is the next step is marked."""
    return {
        "task": task,
        "icon": SIGN_OF_TASK.get(TaskKind(task.kind), "call"),
        "what": TaskKind(task.kind).label,
        "whose": task.owner.name if task.owner else "",
        "at": task.due_at,
        "via": task.why,
        "first": task.id == standing.task_id,
    }


def owners_of(lead: Lead) -> list[dict[str, str]]:
    """Return who looks after the lead on each side, the outside firm named beside its member."""
    firm = f"PD, {lead.firm.name}" if lead.firm else "PD"
    sides = (
        (lead.marketing_owner, "Marketing"),
        (lead.pd_owner, firm),
        (lead.sales_owner, "Sales"),
    )
    return [{"name": who.name, "role": side} for who, side in sides if who is not None]


def facts_of(lead: Lead, changes: list[StageChange]) -> list[dict[str, str]]:
    """Return the identity facts that are known."""
    account, contact = lead.account, lead.contact
    opened = next((one.because for one in changes if one.from_stage is None), "")
    rows: list[tuple[str, object, str]] = [
        ("Source", str(lead.source) if lead.source else "", ""),
        ("Campaign", lead.campaign.name if lead.campaign else "", ""),
        ("Industry", account.industry if account else "", ""),
        ("People", account.employees if account else "", ""),
        ("Country", words.country(account.country) if account else "", ""),
        ("Site", account.domain if account else "", ""),
        ("Phone", *(contact.phone_fact if contact else ("", ""))),
        ("Mail", contact.email if contact else "", f"mailto:{contact.email}" if contact else ""),
        ("External id", lead.external_id or "", ""),
        ("Opened", opened, ""),
    ]
    return [{"term": t, "value": str(v), "href": h} for t, v, h in rows if v not in ("", None)]


def _pinned(lead: Lead) -> PersonalText | None:
    return (
        PersonalText.objects.of(lead.workspace_id)
        .filter(lead_id=lead.id, pinned=True)
        .select_related("author")
        .first()
    )
