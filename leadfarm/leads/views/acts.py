"""What people do on a lead page. Each act creates one thing; the verbs live in actions."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms as django_forms
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from leadfarm.access.actors import Actor
from leadfarm.access.middleware import InsideRequest
from leadfarm.engine.errors import LeadfarmError
from leadfarm.leads import actions, forms
from leadfarm.leads.actions.assigning import give_one
from leadfarm.leads.models import Lead
from leadfarm.leads.queries.record import find_lead
from leadfarm.leads.views import record
from leadfarm.rules.codes import Side, TaskKind
from leadfarm.ui import returned
from leadfarm.ui.numbers import row_id
from leadfarm.ui.toasts import alarm, toast

Act = Callable[[InsideRequest, Lead], str]


def on_lead(act: Act) -> Callable[..., HttpResponse]:
    """Wrap an act: find the lead, do it, say what was done, and go back to the lead.

    A refusal is said in words on the page, at the field where there was a form, which comes back
    as it was typed; nothing of the act is kept then.
    """

    @require_POST
    @wraps(act)
    def view(request: InsideRequest, lead_id: int, **_address: int) -> HttpResponse:
        lead = find_lead(request.workspace, lead_id)
        try:
            with transaction.atomic():
                toast(request, act(request, lead))
        except LeadfarmError as refusal:
            if returned.refused(request, str(refusal)):
                return record.show(request, lead_id, status=400)
            alarm(request, str(refusal))
        return redirect("leads:record", workspace=request.workspace.slug, lead_id=lead.id)

    return view


def filled(request: InsideRequest, name: str, form: django_forms.Form) -> dict[str, Any]:
    """Return the data of the form the page calls `name`; raise LeadfarmError when it is wrong."""
    if returned.sent(request, name, form).is_valid():
        return form.cleaned_data
    faults = [
        f"{form.fields[name].label}: {error}" if name in form.fields else str(error)
        for name, errors in form.errors.items()
        for error in errors
    ]
    raise LeadfarmError(" ".join(faults))


@on_lead
def log_call(request: InsideRequest, lead: Lead) -> str:
    """Put a call on the timeline; its disposition sets the next step."""
    data = filled(request, "call", forms.CallForm(request.POST, prefix="call"))
    by = Actor.of(request.member)
    task = actions.make_task(
        lead,
        TaskKind.CALL,
        side=request.member.side,
        why="Called",
        due_at=request.now,
        now=request.now,
        owner_id=request.member.id,
        is_next=False,
    )
    outcome = actions.Outcome(data["disposition"], data["said"], data["agreed_at"], data["minutes"])
    actions.complete_task(task, outcome, by=by, now=request.now)
    if reason := request.POST.get("override", "").replace("\x00", "").strip()[:300]:
        actions.keep_reason(lead, reason, channel="call", by=by, now=request.now)
    return f"Call kept: {data['disposition'].label}"


@on_lead
def write_note(request: InsideRequest, lead: Lead) -> str:
    """Put a note on the timeline, pinned where that was asked."""
    data = filled(request, "note", forms.NoteForm(request.POST, prefix="note"))
    text = actions.note(lead, data["body"], by=Actor.of(request.member), now=request.now)
    if data["pin"]:
        actions.pin(lead, text.id)
    return "Note kept"


@on_lead
def pin_note(request: InsideRequest, lead: Lead) -> str:
    """Pin the note named by `text`, or unpin when none is named."""
    named = request.POST.get("text", "")
    actions.pin(lead, row_id(named))
    return "Note pinned" if named else "Note unpinned"


@on_lead
def write_comment(request: InsideRequest, lead: Lead) -> str:
    """Say something to colleagues."""
    data = filled(request, "comment", forms.CommentForm(request.POST, prefix="comment"))
    actions.comment(lead, data["body"], author=request.member, now=request.now)
    return "Comment kept"


@on_lead
def plan_task(request: InsideRequest, lead: Lead) -> str:
    """Make a task; it becomes the next step when it is due before the one there is."""
    data = filled(request, "task", forms.TaskForm(request.POST, prefix="task", request=request))
    owner = data["owner"]
    standing = lead.standing
    sooner = standing.next_at is None or data["due_at"] <= standing.next_at
    actions.make_task(
        lead,
        data["kind"],
        side=Side(owner.side),
        why=data["why"],
        due_at=data["due_at"],
        now=request.now,
        owner_id=owner.id,
        is_next=sooner and standing.enrolment_id is None,
    )
    return f"{data['kind'].label} planned for {owner.name}"


@on_lead
def set_owner(request: InsideRequest, lead: Lead) -> str:
    """Give one side's part of the lead to another member."""
    data = filled(request, "owner", forms.OwnerForm(request.POST, request=request))
    by = Actor.of(request.member)
    give_one(lead, data["side"], data["member"], by=by, now=request.now)
    return f"{data['member'].name} looks after it for {data['side'].label}"


@on_lead
def name_need(request: InsideRequest, lead: Lead) -> str:
    """Change the title and the need of the lead."""
    data = filled(request, "need", forms.NeedForm(request.POST))
    if data["need"] and data["need"] != lead.need:
        actions.name_need(lead, data.pop("need"), by=Actor.of(request.member), now=request.now)
    Lead.objects.of(request.workspace).filter(id=lead.id).update(**data)
    lead.title = data["title"]
    actions.index_words(lead)
    return "Saved"
