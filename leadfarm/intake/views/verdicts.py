"""Verdicts on pairs: the same, not the same, related; merges undone, leads joined and split."""

from collections.abc import Callable
from contextlib import suppress
from functools import partial

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from leadfarm.access.middleware import InsideRequest
from leadfarm.access.rights import only
from leadfarm.engine.errors import LeadfarmError
from leadfarm.intake.codes import PairState, RecordKind, Relation
from leadfarm.intake.merging import (
    Choice,
    join_leads,
    joined_together,
    merge,
    split_lead,
    undo_merge,
)
from leadfarm.intake.merging.automatic import suggested
from leadfarm.intake.merging.taking import FIELDS
from leadfarm.intake.models import DuplicatePair, LeadJoin, Merge
from leadfarm.intake.views.duplicates import JUDGES
from leadfarm.rules.codes import Role
from leadfarm.ui.toasts import alarm, toast

# Who works with leads may say that two of them are one; firms are refused by `only`.
JOINERS = (*JUDGES, Role.SALES_REP)
APART = (PairState.NOT_THE_SAME, PairState.RELATED)


@require_POST
@only(*JUDGES)
def judge(request: InsideRequest, duplicate_pair_id: int) -> HttpResponse:
    """Merge a pair as chosen, or remember that the two are not the same, or how related."""
    pair = get_object_or_404(DuplicatePair.objects.of(request.workspace), id=duplicate_pair_id)
    verdict = request.POST.get("verdict")
    if verdict == "different":
        _keep_apart(request, pair, None)
    elif verdict == "related":
        _keep_apart(request, pair, _relation(request, pair))
    else:
        _merge(request, pair)
    return _in_turn(request)


@require_POST
@only(*JUDGES)
def reopen(request: InsideRequest, duplicate_pair_id: int) -> HttpResponse:
    """Ask about a pair again that was told apart."""
    pair = get_object_or_404(DuplicatePair.objects.of(request.workspace), id=duplicate_pair_id)
    DuplicatePair.objects.of(request.workspace).filter(id=pair.id, state__in=APART).update(
        state=PairState.OPEN, relation=None, judged_at=None, member=None
    )
    return redirect("intake:duplicates", workspace=request.workspace.slug)


@require_POST
@only(*JUDGES)
def undo(request: InsideRequest, merge_id: int) -> HttpResponse:
    """Make two of one again."""
    made = get_object_or_404(Merge.objects.of(request.workspace), id=merge_id)
    if _done(request, lambda: undo_merge(made, by=request.member, now=request.now)):
        toast(request, "Two records again, as they were.")
    return redirect("intake:duplicates", workspace=request.workspace.slug)


@require_POST
@only(*JOINERS)
def join(request: InsideRequest) -> HttpResponse:
    """Let the picked leads of one person rest, as another goes on with their need.

    Told on a lead's own page, it leads on to the lead that goes on; else to the duplicates.
    """
    into = _number(request.POST.get("into", ""))
    joined = list[LeadJoin]()
    for lead in [_number(each) for each in request.POST.getlist("lead")]:
        _done(request, lambda lead=lead: joined.append(_joined(request, lead, into)))  # type: ignore[misc]
    if joined:
        undo = _address(request, "split-together", lead_join_id=joined[-1].id)
        said = "It rests" if len(joined) == 1 else "They rest"
        toast(request, f"Joined: {len(joined)}. {said}, and can be split again.", undo=undo)
    if "record" in request.POST:
        return redirect("leads:record", workspace=request.workspace.slug, lead_id=into)
    return redirect("intake:duplicates", workspace=request.workspace.slug)


@require_POST
@only(*JOINERS)
def split_together(request: InsideRequest, lead_join_id: int) -> HttpResponse:
    """Take one step back: every lead that was joined in the same step goes on by itself."""
    made = get_object_or_404(LeadJoin.objects.of(request.workspace), id=lead_join_id)
    split = 0
    for each in joined_together(made):
        act = partial(split_lead, each, by=request.member, now=request.now)
        split += _done(request, act)
    if split:
        toast(request, f"Split again: {split}. Each goes on where it was.")
    return redirect("leads:record", workspace=request.workspace.slug, lead_id=made.into_lead_id)


@require_POST
@only(*JOINERS)
def split(request: InsideRequest, lead_join_id: int) -> HttpResponse:
    """Let a joined lead go on by itself again."""
    made = get_object_or_404(LeadJoin.objects.of(request.workspace), id=lead_join_id)
    if _done(request, lambda: split_lead(made, by=request.member, now=request.now)):
        toast(request, "Two leads again. This one goes on where it was.")
    return redirect("leads:record", workspace=request.workspace.slug, lead_id=made.lead_id)


def _joined(request: InsideRequest, lead: int, into: int) -> LeadJoin:
    return join_leads(request.workspace.id, lead, into, by=request.member, now=request.now)


def _merge(request: InsideRequest, pair: DuplicatePair) -> None:
    try:
        made = merge(
            request.workspace.id, _choice(request, pair), by=request.member, now=request.now,
            probability=pair.probability,
        )  # fmt: skip
    except LeadfarmError as refusal:
        alarm(request, str(refusal))
    else:
        toast(request, "Merged.", undo=_address(request, "undo-merge", merge_id=made.id))


def _keep_apart(request: InsideRequest, pair: DuplicatePair, relation: Relation | None) -> None:
    DuplicatePair.objects.of(request.workspace).filter(id=pair.id, state=PairState.OPEN).update(
        state=PairState.RELATED if relation else PairState.NOT_THE_SAME,
        relation=relation, judged_at=request.now, member=request.member,
    )  # fmt: skip
    said = relation.label.lower() if relation else "not the same"
    undo = _address(request, "reopen", duplicate_pair_id=pair.id)
    toast(request, f"Remembered: {said}.", undo=undo)


def _relation(request: InsideRequest, pair: DuplicatePair) -> Relation:
    with suppress(ValueError):
        told = Relation(_number(request.POST.get("relation", "")))
        if told.of == pair.kind:
            return told
    raise Http404("No such relation of two records of this kind.")


def _choice(request: InsideRequest, pair: DuplicatePair) -> Choice:
    """Return who stays: whose address was picked as the primary one."""
    kind, picked = RecordKind(pair.kind), _number(request.POST.get("survivor", ""))
    survivor = picked or suggested(request.workspace, pair).survivor_id
    if survivor not in (pair.one, pair.other):
        raise Http404("Not one of the two.")
    gone = pair.other if survivor == pair.one else pair.one
    take = [name for name in FIELDS[kind] if request.POST.get(name) == str(gone)]
    return Choice(kind, survivor, gone, frozenset(take))


def _done(request: InsideRequest, act: Callable[[], object]) -> bool:
    """Whether the act went through; a refusal is said in its own words."""
    try:
        act()
    except LeadfarmError as refusal:
        alarm(request, str(refusal))
        return False
    return True


def _number(told: str) -> int:
    return int(told) if told.isdigit() else 0


def _in_turn(request: InsideRequest) -> HttpResponse:
    """Go on where the judge was: the next pair has moved up to the place of this one."""
    at = request.POST.get("at", "")
    home = reverse("intake:duplicates", kwargs={"workspace": request.workspace.slug})
    return redirect(f"{home}?at={at}" if at.isdigit() else home)


def _address(request: InsideRequest, name: str, **key: int) -> str:
    return reverse(f"intake:{name}", kwargs={"workspace": request.workspace.slug, **key})
