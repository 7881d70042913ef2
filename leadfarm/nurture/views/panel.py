"""The panel beside the tree: the step that is chosen, or the step that is to be added."""

from typing import Any

from django.http import QueryDict

from leadfarm.access.middleware import InsideRequest
from leadfarm.access.models import Member
from leadfarm.leads.clause_builder import Builder, read
from leadfarm.leads.queries.catalogue import fields_of
from leadfarm.nurture import forms
from leadfarm.nurture.actions import draft_of
from leadfarm.nurture.models import Program
from leadfarm.nurture.queries.streams import pieces_by_stream
from leadfarm.nurture.queries.trees import kind_label, way_label
from leadfarm.nurture.queries.wordings import template_names
from leadfarm.nurture.views.ways import ASKING, Ways, show_conditions, show_ways
from leadfarm.outreach.models import TemplateVersion
from leadfarm.rules.clauses import LEAD_FIELDS, FaultyClause, parse, sentence
from leadfarm.rules.programs import Audience, Node, NodeKind, audience_of
from leadfarm.rules.programs import Program as Tree
from leadfarm.rules.programs.flat import ways_of
from leadfarm.rules.programs.shaping import Place

# Where the session keeps the step that was copied.
COPIED = "copied-step"


def panel_of(request: InsideRequest, program: Program, tree: Tree) -> dict[str, Any]:
    """Return the chosen step with its form, the program's own conditions, or a new step's form."""
    place = place_in(request.GET)
    if place.beside or "add" in request.GET or not tree.nodes:
        found = {"adding": place, "beside": tree.find(place.beside), "way": way_label(place.way)}
        return found | {"new_form": forms.NewStepForm(), "copied": copied(request)}
    if request.GET.get("step") == "program":
        return panel_of_program(request, program)
    step = tree.find(request.GET.get("step", "")) or next(iter(tree.walk()), None)
    return panel_of_step(request, step) if step else {}


def place_in(data: QueryDict) -> Place:
    """Return the place in a tree that an address or a form names."""
    chosen = QueryDict(data.get("place")) if data.get("place") else data
    told = {name: chosen.get(name, "") for name in ("before", "after", "into", "way")}
    return Place(**{name: value.replace("\x00", "")[:60] for name, value in told.items()})


def copied(request: InsideRequest) -> dict[str, Any] | None:
    """Return the step this member has copied in this workspace; None for none."""
    kept = request.session.get(COPIED) or {}
    return kept.get("node") if kept.get("workspace") == request.workspace.id else None


def panel_of_step(
    request: InsideRequest,
    step: Node,
    *,
    form: forms.StepForm | None = None,
    ways: Ways | None = None,
) -> dict[str, Any]:
    """Return a step with its form: as kept, or as it was filled in."""
    if step.kind in ASKING:
        ways = ways or show_ways(step, fields_of(request.workspace))
    return {
        "step": step,
        "step_kind": kind_label(step),
        "form": form or form_of(step, request.workspace.id),
        "branching": ways,
        "ways": [_way(step, way) for way in ways_of(step)] if step.kind.parts else [],
        "preview": preview_of(step, request.workspace.id),
    }


def panel_of_program(request: InsideRequest, program: Program, data: Any = None) -> dict[str, Any]:
    """Return who comes in by themselves and the goal, each in a builder."""
    raw, catalogue = draft_of(program), fields_of(request.workspace)

    def builder(name: str) -> Builder:
        if data is None:
            return show_conditions(raw.get(name), catalogue, f"{name}.")
        return read(data, catalogue, prefix=f"{name}.")

    initial = {"reentry_days": raw.get("reentry_days")}
    return {
        "of_program": True,
        "form": forms.ReentryForm(data, initial=initial),
        "entry": builder("entry"),
        "goal": builder("goal"),
    }


def form_of(step: Node, workspace_id: int, data: Any = None) -> forms.StepForm:
    """Return the form of the step's kind, filled with what it says now or with what was sent."""
    kind = forms.FORMS.get(step.kind, forms.StepForm)
    initial = forms.initial_of(step)
    if kind is forms.MessageForm:
        names = template_names(workspace_id)
        return forms.MessageForm(data, initial=initial, templates=names)
    if kind is forms.UpdateForm:
        people = Member.objects.filter(workspace_id=workspace_id, left_at=None).order_by("name")
        return forms.UpdateForm(
            data, initial=initial, people=[(one.id, one.name) for one in people]
        )
    if kind is forms.SplitForm:
        return forms.SplitForm(data, step=step, initial=initial)
    if kind is forms.StreamForm:
        streams = sorted(pieces_by_stream(workspace_id))
        return forms.StreamForm(data, initial=initial, streams=streams)
    return kind(data, initial=initial)


def _way(step: Node, way: str) -> dict[str, str]:
    inside = step.ways.get(way, ())
    clause = (step.settings.get("when") or {}).get(way)
    return {
        "label": way_label(way),
        "name": way,
        "to": inside[0].label if inside else "the next step",
        "when": said(clause) if clause else "",
    }


def said(clause: object) -> str:
    """Return a kept clause as an English sentence, or what is wrong with it."""
    try:
        return sentence(parse(clause, LEAD_FIELDS), LEAD_FIELDS)
    except FaultyClause as faulty:
        return str(faulty)


def preview_of(step: Node, workspace_id: int) -> TemplateVersion | None:
    """Return the wording a message would be published with now."""
    if step.kind is not NodeKind.MESSAGE:
        return None
    versions = TemplateVersion.objects.of(workspace_id)
    mine = versions.filter(template__name=str(step.settings.get("template", "")))
    return mine.order_by("-number").first()


def who_comes_in(program: Program, tree: Tree) -> str:
    """Return in a sentence how leads come into the program."""
    ways = ["every inquiry and every “not now”"] if program.takes_not_ready else []
    whom = audience_of(tree.audience) or Audience.OPEN
    leads = "leads" if whom is Audience.OPEN else whom.label.lower()
    ways += [f"{leads} where {said(tree.entry)}"] if tree.entry else []
    words = ", and ".join(ways) or "only who is let in by hand"
    return f"{words[:1].upper()}{words[1:]}"
