"""Duplicates: pairs side by side, merged or told apart, and merges undone."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from leadfarm.access.middleware import InsideRequest
from leadfarm.access.rights import only
from leadfarm.engine.errors import LeadfarmError
from leadfarm.intake import jobs
from leadfarm.intake.codes import PairState, RecordKind
from leadfarm.intake.forms import DuplicateRuleForm
from leadfarm.intake.merging import Choice, merge, undo_merge
from leadfarm.intake.merging.automatic import suggested
from leadfarm.intake.merging.following import Record
from leadfarm.intake.merging.taking import FIELDS
from leadfarm.intake.models import DuplicatePair, DuplicateRule, Merge
from leadfarm.leads.models import Account, Contact
from leadfarm.rules.codes import Role
from leadfarm.ui.toasts import alarm, toast
from leadfarm.ui.words import country

JUDGES = (Role.MARKETER, Role.PD, Role.MANAGER, Role.ADMIN)
MERGES = 20
# From how many bits on evidence is called strong, and plain; what is left is a little.
STRONG, PLAIN = 6.0, 2.0
SHORTCUTS = [
    {"keys": ["j", "k"], "does": "The next pair, the one before"},
    {"keys": ["1", "2"], "does": "The left or the right record stays"},
    {"keys": ["m"], "does": "Merge the pair as chosen"},
    {"keys": ["n"], "does": "Not the same"},
    {"keys": ["u"], "does": "Undo what was just done"},
]


@dataclass(frozen=True)
class Side:
    """A pair as it is laid out: the evidence, the two records, and their fields in rows."""

    pair: DuplicatePair
    records: list[Record]
    survivor: int
    rows: list[tuple[str, str, list[tuple[int, str]]]]

    @property
    def percent(self) -> int:
        """Return the probability in whole per cent, never 100: nothing is certain."""
        return min(99, int(self.pair.probability * 100))

    @property
    def reasons(self) -> list[tuple[str, bool]]:
        """Return the evidence in words, the weightiest first, and whether it speaks for it."""
        return [
            (f"{field}: {says}, {_weight_in_words(bits)}", bits > 0)
            for field, says, bits in self.pair.evidence
        ]


@require_http_methods(["GET", "HEAD", "POST"])
@only(*JUDGES)
def duplicates(request: InsideRequest) -> HttpResponse:
    """Show the likeliest pairs; a POST sets from when on pairs merge by themselves."""
    rule = DuplicateRule.objects.of(request.workspace).first()
    told = rule.merge_from * 100 if rule and rule.merge_from else None
    form = DuplicateRuleForm(request.POST or None, initial={"merge_from": told})
    if request.method == "POST" and form.is_valid():
        DuplicateRule.objects.update_or_create(
            workspace_id=request.workspace.id, defaults=form.cleaned_data
        )
        toast(request, "Saved.")
        return redirect("intake:duplicates", workspace=request.workspace.slug)
    pairs = DuplicatePair.objects.of(request.workspace).filter(state=PairState.OPEN)
    made = Merge.objects.of(request.workspace).filter(undone_at=None)
    made = made.exclude(made__has_key=Merge.FOR_GOOD)
    made = made.select_related("contact", "into_contact", "account", "into_account")
    context: dict[str, Any] = {
        "form": form,
        "rule": rule,
        **_one_of(request, pairs),
        "merges": [(each, *_ends(request, each)) for each in made.order_by("-id")[:MERGES]],
    }
    return render(request, "intake/duplicates.html", context)


def _one_of(request: InsideRequest, pairs: QuerySet[DuplicatePair]) -> dict[str, Any]:
    """Return the pair in turn: its place from 1, how many there are, and the pair itself."""
    total = pairs.count()
    told = request.GET.get("at", "1")
    at = min(max(int(told) if told.isdigit() else 1, 1), max(total, 1))
    shown = list(pairs.order_by("-probability", "id")[at - 1 : at])
    return {
        "total": total,
        "at": at,
        "before": at - 1,
        "after": at + 1 if at < total else 0,
        "side": next(iter(_sides(request, shown)), None),
        "page_shortcuts": SHORTCUTS,
    }


def _weight_in_words(bits: float) -> str:
    size = abs(bits)
    much = "strongly " if size >= STRONG else "" if size >= PLAIN else "a little "
    return f"speaks {much}{'for' if bits > 0 else 'against'} it"


@require_POST
@only(*JUDGES)
def look(request: InsideRequest) -> HttpResponse:
    """Look for duplicates now."""
    jobs.look_for_duplicates.defer(workspace_id=request.workspace.id)
    toast(request, "Looking for duplicates. New pairs appear here within minutes.")
    return redirect("intake:duplicates", workspace=request.workspace.slug)


@require_POST
@only(*JUDGES)
def judge(request: InsideRequest, duplicate_pair_id: int) -> HttpResponse:
    """Merge a pair as chosen, or remember that the two are not the same."""
    pair = get_object_or_404(DuplicatePair.objects.of(request.workspace), id=duplicate_pair_id)
    if request.POST.get("verdict") == "different":
        DuplicatePair.objects.of(request.workspace).filter(id=pair.id, state=PairState.OPEN).update(
            state=PairState.NOT_THE_SAME, judged_at=request.now, member=request.member
        )
        toast(request, "Remembered: not the same.", undo=_address(request, "reopen", pair.id))
        return _in_turn(request)
    try:
        made = merge(
            request.workspace.id, _choice(request, pair), by=request.member, now=request.now,
            probability=pair.probability,
        )  # fmt: skip
    except LeadfarmError as refusal:
        alarm(request, str(refusal))
    else:
        toast(request, "Merged.", undo=_address(request, "undo-merge", made.id))
    return _in_turn(request)


@require_POST
@only(*JUDGES)
def reopen(request: InsideRequest, duplicate_pair_id: int) -> HttpResponse:
    """Ask about a pair again that was told apart."""
    pair = get_object_or_404(DuplicatePair.objects.of(request.workspace), id=duplicate_pair_id)
    DuplicatePair.objects.of(request.workspace).filter(
        id=pair.id, state=PairState.NOT_THE_SAME
    ).update(state=PairState.OPEN, judged_at=None, member=None)
    return redirect("intake:duplicates", workspace=request.workspace.slug)


@require_POST
@only(*JUDGES)
def undo(request: InsideRequest, merge_id: int) -> HttpResponse:
    """Make two of one again."""
    made = get_object_or_404(Merge.objects.of(request.workspace), id=merge_id)
    try:
        undo_merge(made, by=request.member, now=request.now)
    except LeadfarmError as refusal:
        alarm(request, str(refusal))
    else:
        toast(request, "Two records again, as they were.")
    return redirect("intake:duplicates", workspace=request.workspace.slug)


def _choice(request: InsideRequest, pair: DuplicatePair) -> Choice:
    try:
        survivor = int(request.POST.get("survivor", ""))
    except ValueError:
        survivor = suggested(request.workspace, pair).survivor_id
    if survivor not in (pair.one, pair.other):
        raise Http404("Not one of the two.")
    gone = pair.other if survivor == pair.one else pair.one
    kind = RecordKind(pair.kind)
    take = [name for name in FIELDS[kind] if request.POST.get(name) == str(gone)]
    return Choice(kind, survivor, gone, frozenset(take))


def _sides(request: InsideRequest, pairs: list[DuplicatePair]) -> list[Side]:
    there: dict[tuple[int, int], Record] = {}
    ids = {
        kind: {pk for pair in pairs if pair.kind == kind for pk in (pair.one, pair.other)}
        for kind in RecordKind
    }
    people = Contact.objects.of(request.workspace).filter(id__in=ids[RecordKind.CONTACT])
    there |= {(RecordKind.CONTACT, row.id): row for row in people.select_related("account")}
    homes = Account.objects.of(request.workspace).filter(id__in=ids[RecordKind.ACCOUNT])
    there |= {(RecordKind.ACCOUNT, row.id): row for row in homes}
    whole = [
        pair for pair in pairs if {(pair.kind, pair.one), (pair.kind, pair.other)} <= set(there)
    ]
    return [_side(pair, there) for pair in whole]


def _side(pair: DuplicatePair, there: dict[tuple[int, int], Record]) -> Side:
    one, other = there[pair.kind, pair.one], there[pair.kind, pair.other]
    key = "email_key" if pair.kind == RecordKind.CONTACT else "domain"
    survivor = other if getattr(other, key) and not getattr(one, key) else one
    rows = []
    for name in FIELDS[RecordKind(pair.kind)]:
        shown = name.removesuffix("_id")
        say = country if shown == "country" else str
        values = [(row.pk, say(getattr(row, shown) or "")) for row in (one, other)]
        if any(value for _, value in values):
            rows.append((name, shown.replace("_", " ").capitalize(), values))
    return Side(pair, [one, other], survivor.pk, rows)


def _ends(request: InsideRequest, made: Merge) -> tuple[str, str]:
    kind = "contact" if made.kind == RecordKind.CONTACT else "account"
    gone, survivor = getattr(made, kind), getattr(made, f"into_{kind}")
    return str(gone), str(survivor)


def _in_turn(request: InsideRequest) -> HttpResponse:
    """Go on where the judge was: the next pair has moved up to the place of this one."""
    at = request.POST.get("at", "")
    home = reverse("intake:duplicates", kwargs={"workspace": request.workspace.slug})
    return redirect(f"{home}?at={at}" if at.isdigit() else home)


def _address(request: InsideRequest, name: str, number: int) -> str:
    key = "merge_id" if name == "undo-merge" else "duplicate_pair_id"
    return reverse(f"intake:{name}", kwargs={"workspace": request.workspace.slug, key: number})
