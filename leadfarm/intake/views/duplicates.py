"""Duplicates: pairs side by side, what was judged, merges, and leads that could go together."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from leadfarm.access.middleware import InsideRequest
from leadfarm.access.rights import only
from leadfarm.intake import jobs
from leadfarm.intake.codes import PairState, RecordKind, Relation
from leadfarm.intake.forms import DuplicateRuleForm
from leadfarm.intake.merging import several_open
from leadfarm.intake.models import DuplicatePair, DuplicateRule, Merge
from leadfarm.intake.side_by_side import laid_out
from leadfarm.leads.models import Account, Contact
from leadfarm.rules.codes import Role
from leadfarm.ui.navigation import Shortcut
from leadfarm.ui.toasts import toast

JUDGES = (Role.MARKETER, Role.PD, Role.MANAGER, Role.ADMIN)
MERGES = JUDGED = 20
SHORTCUTS = (
    Shortcut(("j", "k"), "The next pair, the one before"),
    Shortcut(("1", "2"), "The left or the right record stays"),
    Shortcut(("m",), "Merge the pair as chosen"),
    Shortcut(("n",), "Not the same"),
    Shortcut(("r",), "Related, as chosen beside it"),
    Shortcut(("u",), "Undo what was just done"),
)


@require_http_methods(["GET", "HEAD", "POST"])
@only(*JUDGES)
def duplicates(request: InsideRequest) -> HttpResponse:
    """Show the likeliest pairs; a POST sets from when on pairs merge by themselves."""
    rule = DuplicateRule.objects.of(request.workspace).first()
    told = f"{rule.merge_from * 100:g}" if rule and rule.merge_from else None
    form = DuplicateRuleForm(request.POST or None, initial={"merge_from": told})
    if request.method == "POST" and form.is_valid():
        DuplicateRule.objects.update_or_create(
            workspace_id=request.workspace.id, defaults=form.cleaned_data
        )
        toast(request, "Saved.")
        return redirect("intake:duplicates", workspace=request.workspace.slug)
    merges = _merges(request)
    context: dict[str, Any] = {
        "form": form,
        "rule": rule,
        **_one_of(request),
        "merges": [(each, *_ends(each)) for each in merges],
        "several": several_open(
            request.workspace.id, {each.into_contact_id for each in merges if each.into_contact_id}
        ),
        "judged": _judged(request),
    }
    return render(request, "intake/duplicates.html", context)


@require_POST
@only(*JUDGES)
def look(request: InsideRequest) -> HttpResponse:
    """Look for duplicates now."""
    jobs.look_for_duplicates.defer(workspace_id=request.workspace.id)
    toast(request, "Looking for duplicates. New pairs appear here within minutes.")
    return redirect("intake:duplicates", workspace=request.workspace.slug)


def _merges(request: InsideRequest) -> list[Merge]:
    made = Merge.objects.of(request.workspace).filter(undone_at=None)
    made = made.exclude(made__has_key=Merge.FOR_GOOD)
    made = made.select_related("workspace", "contact", "into_contact", "account", "into_account")
    return list(made.order_by("-id")[:MERGES])


def _one_of(request: InsideRequest) -> dict[str, Any]:
    """Return the pair in turn: its place from 1, how many there are, and the pair itself."""
    pairs = DuplicatePair.objects.of(request.workspace).filter(state=PairState.OPEN)
    total = pairs.count()
    told = request.GET.get("at", "1")
    at = min(max(int(told) if told.isdigit() else 1, 1), max(total, 1))
    shown = list(pairs.order_by("-probability", "id")[at - 1 : at])
    return {
        "total": total,
        "at": at,
        "before": at - 1,
        "after": at + 1 if at < total else 0,
        "side": next(iter(laid_out(request.workspace, shown)), None),
        "page_shortcuts": SHORTCUTS,
    }


def _judged(request: InsideRequest) -> list[dict[str, Any]]:
    """Return what was told apart, the newest first: kept, and not asked again."""
    pairs = DuplicatePair.objects.of(request.workspace)
    apart = pairs.filter(state__in=[PairState.NOT_THE_SAME, PairState.RELATED])
    rows = list(apart.order_by("-judged_at", "-id")[:JUDGED])
    names = {
        RecordKind.CONTACT: _names(Contact.objects.of(request.workspace), rows),
        RecordKind.ACCOUNT: _names(Account.objects.of(request.workspace), rows),
    }
    return [
        {
            "pair": pair,
            "one": names[RecordKind(pair.kind)].get(pair.one, "Deleted"),
            "other": names[RecordKind(pair.kind)].get(pair.other, "Deleted"),
            "verdict": Relation(pair.relation).label if pair.relation else "Not the same",
        }
        for pair in rows
    ]


def _names(records: QuerySet[Any], rows: list[DuplicatePair]) -> dict[int, str]:
    kind = RecordKind.CONTACT if records.model is Contact else RecordKind.ACCOUNT
    ids = {pk for pair in rows if pair.kind == kind for pk in (pair.one, pair.other)}
    return {row.pk: str(row) for row in records.filter(id__in=ids)} if ids else {}


def _ends(made: Merge) -> tuple[str, str, str]:
    """Return who went and who stayed, each with the address it is known by, and the page."""
    kind = "contact" if made.kind == RecordKind.CONTACT else "account"
    gone, survivor = getattr(made, kind), getattr(made, f"into_{kind}")
    where = {"workspace": made.workspace.slug, f"{kind}_id": survivor.pk}
    return _told(gone), _told(survivor), reverse(f"leads:{kind}", kwargs=where)


def _told(record: Contact | Account) -> str:
    address = record.email if isinstance(record, Contact) else record.domain
    return f"{record} ({address})" if address and address != str(record) else str(record)
