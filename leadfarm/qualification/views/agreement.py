"""The Agreement: the definition in force as a sentence, promises, signatures, versions."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from leadfarm.access.middleware import InsideRequest
from leadfarm.access.models import Member
from leadfarm.engine.errors import LeadfarmError
from leadfarm.leads.queries.catalogue import fields_of
from leadfarm.qualification import actions
from leadfarm.qualification.actions.agreeing import may_draft, side_of, signatures_of
from leadfarm.qualification.models import Definition
from leadfarm.qualification.quality import Quality, quality_of_versions
from leadfarm.qualification.queries import today
from leadfarm.qualification.readiness import criteria_of, in_force, promises_of
from leadfarm.qualification.views.tabs import tabs
from leadfarm.rules.agreement import NEED, TALK, changes
from leadfarm.rules.clauses import Catalogue, Clause, sentence
from leadfarm.rules.codes import Side
from leadfarm.ui.charts import Share, Shares
from leadfarm.ui.toasts import alarm, toast


@dataclass(frozen=True)
class Part:
    """One criterion of the sentence: its words, whether it is new, gone, or implied by law 4."""

    words: str
    state: str = ""


def show(request: InsideRequest) -> HttpResponse:
    """Show the definition in force; where none is, the proposal; else how to begin."""
    force = in_force(request.workspace.id)
    waiting = find(request, state="proposed")
    shown = force or waiting
    context = {"definition": None} if shown is None else version_page(request, shown)
    return render(request, "qualification/agreement.html", {**context, **_around(request)})


def version(request: InsideRequest, number: int) -> HttpResponse:
    """Show one version, with what it changes against the one before it."""
    definition = find_version(request, number)
    context = {**version_page(request, definition), **_around(request)}
    return render(request, "qualification/agreement.html", context)


def counts(request: InsideRequest, number: int) -> HttpResponse:
    """Show how the open leads stand to a version today: a part that loads by itself, or a page."""
    definition = find_version(request, number)
    catalogue = fields_of(request.workspace)
    found = today(request.workspace.id, criteria_of(definition), catalogue, now=request.now)
    shares = [(one, Shares(parts=_parts(one.met, one.unknown, one.unmet))) for one in found.shares]
    context = {"definition": definition, "today": found, "shares": shares}
    part = request.headers.get("HX-Request")
    template = "qualification/counts.html" if part else "qualification/counts_page.html"
    return render(request, template, context)


def _parts(met: int, unknown: int, unmet: int) -> list[Share]:
    return [
        Share(label="Met", value=met, kind="met"),
        Share(label="Unknown", value=unknown, kind="unknown"),
        Share(label="Unmet", value=unmet, kind="unmet"),
    ]


@require_POST
def propose(request: InsideRequest, number: int) -> HttpResponse:
    """Put the draft before both sides."""
    definition = find_version(request, number)
    return _do(
        request,
        lambda: actions.propose(definition, by=request.member, now=request.now),
        f"Version {number} waits for both signatures",
    )


@require_POST
def withdraw(request: InsideRequest, number: int) -> HttpResponse:
    """Take back a draft or proposal."""
    definition = find_version(request, number)
    return _do(
        request,
        lambda: actions.withdraw(definition, by=request.member, now=request.now),
        f"Version {number} is withdrawn",
    )


@require_POST
def sign(request: InsideRequest, number: int) -> HttpResponse:
    """Sign for one's own side; the second signature brings it into force."""
    definition = find_version(request, number)
    return _do(
        request,
        lambda: actions.sign(definition, by=request.member, now=request.now),
        f"Signed version {number}",
    )


def _do(request: InsideRequest, act: Any, done: str) -> HttpResponse:
    try:
        in_force_now = act()
        toast(request, f"{done}: it is in force" if in_force_now else done)
    except LeadfarmError as refused:
        alarm(request, str(refused))
    return redirect("qualification:agreement", workspace=request.workspace.slug)


def find_version(request: InsideRequest, number: int) -> Definition:
    """Return the version of this number; Http404 where there is none."""
    found = Definition.objects.of(request.workspace).filter(version=number)
    definition = found.select_related("drafted_by", "proposed_by").first()
    if definition is None:
        raise Http404("No such version.")
    return _unnamed(request, definition)


def _unnamed(request: InsideRequest, definition: Definition) -> Definition:
    """Take out who wrote it where an outside firm reads: it is not told who else works here."""
    if request.member.firm_id is not None:
        definition.drafted_by = definition.proposed_by = None
    return definition


def find(request: InsideRequest, *, state: str) -> Definition | None:
    """Return the newest version in this state, or None."""
    versions = Definition.objects.of(request.workspace).order_by("-version")
    found = next((one for one in versions if one.state == state), None)
    return found and _unnamed(request, found)


def _around(request: InsideRequest) -> dict[str, Any]:
    versions = Definition.objects.of(request.workspace).order_by("-version")
    named = versions.select_related("drafted_by", "proposed_by")
    shown = [_unnamed(request, one) for one in named]
    quality = quality_of_versions(request.workspace.id)
    return {
        "versions": [(one, quality.get(one.id, Quality())) for one in shown],
        "waiting": next((one for one in shown if one.state == "proposed"), None),
        "draft": next((one for one in shown if one.state == "draft"), None),
        "may_draft": may_draft(request.member),
        "tabs": tabs(request, "qualification:agreement"),
    }


def version_page(request: InsideRequest, definition: Definition) -> dict[str, Any]:
    """Return what one version shows: sentence, promises, signatures, changes."""
    catalogue = fields_of(request.workspace, request.member)
    before = _before(definition)
    promises = promises_of(definition)
    said: tuple[str, ...] = ()
    if before is not None:
        was, now = criteria_of(before), criteria_of(definition)
        said = changes(was, now, promises_of(before), promises, catalogue)
    return {
        "definition": definition,
        "before": before,
        "parts": parts_of(definition, before, catalogue),
        "changes": said,
        "marketing": promises.said_by(Side.MARKETING),
        "sales": promises.said_by(Side.SALES),
        "signatures": _signatures(request, definition),
    }


def _before(definition: Definition) -> Definition | None:
    """Return the version that was in force before this one was proposed."""
    mine = Definition.objects.of(definition.workspace_id).filter(
        version__lt=definition.version, effective_from__isnull=False
    )
    return mine.order_by("-version").first()


def parts_of(definition: Definition, before: Definition | None, catalogue: Catalogue) -> list[Part]:
    """Return the criteria of the sentence, what is new and what is gone marked."""
    now = criteria_of(definition)
    was: Clause | None = criteria_of(before) if before else None
    kept = was.members if was else now.members
    parts = []
    for node in now.members:
        state = "law" if node in (NEED, TALK) else ("" if node in kept else "new")
        parts.append(Part(sentence(node, catalogue), state))
    gone = [node for node in (was.members if was else ()) if node not in now.members]
    return [*parts, *(Part(sentence(node, catalogue), "gone") for node in gone)]


def _signatures(request: InsideRequest, definition: Definition) -> list[dict[str, Any]]:
    signed = {one.side: one for one in signatures_of(definition)}
    if request.member.firm_id is not None:
        for side, one in signed.items():
            one.member = Member(name=Side(side).label)
    mine = side_of(request.member)
    waits = definition.state == "proposed"
    return [
        {
            "side": side.label,
            "signature": signed.get(side),
            "mine": waits and mine is side and side not in signed,
            "waits": "waits for a signature" if waits else "not signed",
        }
        for side in (Side.MARKETING, Side.SALES)
    ]
