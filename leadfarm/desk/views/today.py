"""Today: the queue on the left, one task at a time on the right (UX 1 and 2)."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from leadfarm.access.actors import Actor
from leadfarm.access.middleware import InsideRequest
from leadfarm.desk import actions, forms
from leadfarm.desk.queries.queue import Queue, own_tasks, queue_of
from leadfarm.desk.queries.since import since_last_talk
from leadfarm.engine.errors import LeadfarmError
from leadfarm.leads.actions import reschedule, snooze
from leadfarm.leads.models import Lead, Task
from leadfarm.leads.queries.dossier import dossier_of, questions_of
from leadfarm.leads.queries.record import warmth
from leadfarm.leads.views.frames import chosen_frame
from leadfarm.leads.views.record import SHORT_SIDE
from leadfarm.rules.codes import Disposition, Side, TaskKind
from leadfarm.rules.fit import letter
from leadfarm.ui import words
from leadfarm.ui.returned import form_of, sent
from leadfarm.ui.toasts import toast

SIGNS = {TaskKind.MAIL: "mail", TaskKind.RESEARCH: "search", TaskKind.REVIEW: "task"}


def show(request: InsideRequest, form: forms.FinishForm | None = None) -> HttpResponse:
    """Show the queue and the task named by `?task=`, the first one otherwise."""
    queue = queue_of(request.workspace, request.member, request.now)
    task = _chosen(request, queue)
    context: dict[str, Any] = {
        "queue": queue,
        "today": timezone.localtime(request.now).date(),
        "overdue": [row(request, one, task) for one in queue.overdue],
        "due": [row(request, one, task) for one in queue.due],
        "upcoming": [row(request, one, task) for one in queue.upcoming],
        "task": task,
    }
    if task is not None:
        context.update(player_of(request, task, form))
    return render(request, "desk/today/page.html", context)


def do_it(request: InsideRequest, lead: Lead) -> dict[str, Any] | None:
    """Return the task a lead waits for where it is this member's to do; else None."""
    task_id = lead.standing.task_id
    if task_id is None:
        return None
    mine = own_tasks(request.workspace, request.member, request.now)
    return {"task": task_id} if mine.filter(id=task_id).exists() else None


def _chosen(request: InsideRequest, queue: Queue) -> Task | None:
    named = request.GET.get("task", "") or str(request.resolver_match.kwargs.get("task_id", ""))  # type: ignore[union-attr]
    if named.isdecimal() and len(named) < 19:
        tasks = own_tasks(request.workspace, request.member, request.now)
        found = tasks.select_related("lead__account", "lead__contact").filter(id=int(named)).first()
        if found is not None:
            return found
    return queue.first()


def row(request: InsideRequest, task: Task, current: Task | None) -> dict[str, Any]:
    """Return a line of the queue."""
    lead = task.lead
    kind = TaskKind(task.kind)
    return {
        "href": f"{_today(request)}?task={task.id}",
        "due": _due(request, task),
        "due_state": "late" if task.due_at < request.now else "",
        "title": str(lead.account or lead.contact or lead.title or lead.external_id),
        "icon": SIGNS.get(kind, "call"),
        "kind": kind.label,
        "why": task.why,
        "current": current is not None and current.id == task.id,
    }


def _due(request: InsideRequest, task: Task) -> str:
    local, now = timezone.localtime(task.due_at), timezone.localtime(request.now)
    if task.due_at < request.now:
        return words.span(request.now - task.due_at)
    return words.clock(local) if local.date() == now.date() else f"{local:%-d %b}"


def player_of(request: InsideRequest, task: Task, form: forms.FinishForm | None) -> dict[str, Any]:
    """Return one task with the context a person needs to do it."""
    kind, lead = TaskKind(task.kind), task.lead
    standing = lead.standing
    local = timezone.localtime(task.due_at)
    return {
        "kind": kind,
        "icon": SIGNS.get(kind, "call"),
        "due_words": f"{words.clock(local)}, {words.ago(task.due_at, request.now)}",
        "late": task.due_at < request.now,
        "lead": lead,
        "person": str(lead.contact or lead.account or lead.title),
        "since": since_last_talk(lead),
        "questions": _questions(request, lead),
        "outcomes": outcomes_of(task),
        "skip_url": reverse(
            "desk:skip", kwargs={"workspace": request.workspace.slug, "task_id": task.id}
        ),
        "form": form or forms.FinishForm(kind=kind),
        "due_form": form_of(request, "due", lambda: _due_form(local)),
        "whose_move": SHORT_SIDE[Side(standing.whose_move)],
        "heat": warmth(standing, request.workspace, request.now),
        "fit": "" if standing.fit is None else letter(standing.fit),
    }


def _due_form(due: datetime) -> forms.DueForm:
    return forms.DueForm(initial={"due_at": due + timedelta(days=1)})


def _questions(request: InsideRequest, lead: Lead) -> list[str]:
    dossier = dossier_of(lead, request.now, request.workspace.currency)
    return questions_of(dossier, chosen_frame(request))


def outcomes_of(task: Task) -> list[dict[str, str]]:
    """Return the outcomes of a talk, each with what follows; none for work without a talk."""
    if not TaskKind(task.kind).needs_disposition:
        return []
    return [
        {"value": str(one.value), "key": one.key, "label": one.label, "then": one.follow.label}
        for one in Disposition
    ]


def _task(request: InsideRequest, task_id: int) -> Task:
    tasks = Task.objects.of(request.workspace).filter(id=task_id)
    task = tasks.select_related("lead").first()
    if task is None:
        raise Http404("No such task.")
    return task


def _today(request: HttpRequest) -> str:
    slug = request.workspace.slug  # type: ignore[attr-defined]
    return reverse("desk:today", kwargs={"workspace": slug})


def _on_to_next(request: InsideRequest, task: Task) -> HttpResponse:
    """Go on with the task that is now first, as the player does after each."""
    following = queue_of(request.workspace, request.member, request.now).after(task.id)
    return redirect(f"{_today(request)}?task={following.id}" if following else _today(request))


@require_POST
def complete(request: InsideRequest, task_id: int) -> HttpResponse:
    """Close a task and go on with the next; what is missing is asked for, nothing typed is lost."""
    task = _task(request, task_id)
    form = forms.FinishForm(request.POST, kind=TaskKind(task.kind))
    if not form.is_valid():
        return show(request, form)
    following = queue_of(request.workspace, request.member, request.now).after(task.id)
    by, outcome = Actor.of(request.member), form.outcome()
    try:
        with transaction.atomic():
            actions.finish(task, outcome, learned=form.learned(request), by=by, now=request.now)
    except LeadfarmError as refusal:
        form.add_error(None, str(refusal))
        return show(request, form)
    done = outcome.disposition
    toast(request, f"Done: {done.label}" if done else "Done")
    if following is None or following.id == task.id:
        return redirect(_today(request))
    return redirect(f"{_today(request)}?task={following.id}")


@require_POST
def put_off(request: InsideRequest, task_id: int) -> HttpResponse:
    """Snooze a task for an hour, and go on with the next."""
    task = _task(request, task_id)
    following = _on_to_next(request, task)
    snooze(task, request.now + timedelta(hours=1))
    toast(request, "Back in an hour")
    return following


@require_POST
def move_due(request: InsideRequest, task_id: int) -> HttpResponse:
    """Give a task another time, and go on with the next."""
    task = _task(request, task_id)
    form = sent(request, "due", forms.DueForm(request.POST))
    if not form.is_valid():
        return show(request)
    following = _on_to_next(request, task)
    reschedule(task, form.cleaned_data["due_at"])
    toast(request, "Rescheduled")
    return following


def skip(request: InsideRequest, task_id: int) -> HttpResponse:
    """Leave the task as it is and look at the next."""
    return _on_to_next(request, _task(request, task_id))
