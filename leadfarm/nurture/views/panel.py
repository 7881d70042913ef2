"""The panel beside the tree: the step that is chosen, or the step that is to be added."""

from typing import Any

from leadfarm.access.middleware import InsideRequest
from leadfarm.nurture import forms
from leadfarm.nurture.actions.publishing import template_names
from leadfarm.nurture.models import Program
from leadfarm.nurture.queries.trees import kind_label, way_label
from leadfarm.outreach.models import TemplateVersion
from leadfarm.rules.clauses import LEAD_FIELDS, FaultyClause, parse, sentence
from leadfarm.rules.programs import Node, NodeKind
from leadfarm.rules.programs import Program as Tree
from leadfarm.rules.programs.flat import ways_of


def panel_of(request: InsideRequest, program: Program, tree: Tree) -> dict[str, Any]:
    """Return the chosen step with its form, or the form of a new one."""
    before, into = request.GET.get("add", ""), request.GET.get("into", "")
    if before or into or (not tree.nodes):
        where = {"before": before, "into": into, "way": request.GET.get("way", "")}
        named = tree.find(before or into)
        return {"adding": where, "beside": named, "new_form": forms.NewStepForm()}
    step = tree.find(request.GET.get("step", "")) or next(iter(tree.walk()), None)
    if step is None:
        return {}
    return {
        "step": step,
        "step_kind": kind_label(step),
        "form": form_of(step, program.workspace_id),
        "ways": [_way(step, way) for way in ways_of(step)] if step.kind.parts else [],
        "preview": preview_of(step, program.workspace_id),
    }


def form_of(step: Node, workspace_id: int, data: Any = None) -> forms.StepForm:
    """Return the form of the step's kind, filled with what it says now or with what was sent."""
    kind = forms.FORMS.get(step.kind, forms.StepForm)
    initial = forms.initial_of(dict(step.settings), step.kind, step.label)
    if kind is forms.MessageForm:
        names = template_names(workspace_id)
        return forms.MessageForm(data, initial=initial, templates=names)
    return kind(data, initial=initial)


def _way(step: Node, way: str) -> dict[str, str]:
    inside = step.ways.get(way, ())
    clause = (step.settings.get("when") or {}).get(way)
    return {
        "label": way_label(way),
        "name": way,
        "to": inside[0].label if inside else "the next step",
        "when": _sentence(clause) if clause else "",
    }


def _sentence(clause: object) -> str:
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
