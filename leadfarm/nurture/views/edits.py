"""What people do to the draft of a program: add, copy, move, remove a step; undo and redo."""

from typing import Any

from leadfarm.access.middleware import InsideRequest
from leadfarm.engine.errors import LeadfarmError
from leadfarm.nurture import actions, forms
from leadfarm.nurture.models import Program
from leadfarm.nurture.views.common import Done, hand_of, on_draft
from leadfarm.nurture.views.panel import COPIED, copied, place_in
from leadfarm.rules.programs import NodeKind

# What a new step says before anybody has said more; publishing lists what is still missing.
STARTS: dict[NodeKind, dict[str, Any]] = {
    NodeKind.WAIT: {"days": 3},
    NodeKind.WAIT_FOR: {
        "event": "reply-or-click",
        "time_out": {"days": 14},
        "ways": {"happened": [], "timed-out": []},
    },
    NodeKind.HUMAN: {
        "task": "check-in",
        "side": "sales",
        "dispositions": ["help-now", "not-now", "not-interested", "no-answer"],
        "time_out": {"working_days": 3},
        "ways": {"otherwise": [], "timed-out": []},
    },
    NodeKind.BRANCH: {
        "when": {"hot": {"field": "heat_level", "operator": "at_least", "value": "hot"}},
        "ways": {"hot": [], "otherwise": []},
    },
    NodeKind.SPLIT: {"shares": {"a": 50, "b": 50}, "order": ["a", "b"], "ways": {"a": [], "b": []}},
    NodeKind.STREAM: {"every": {"days": 14}, "ways": {"exhausted": []}},
    NodeKind.GOAL: {"then": "qualify"},
    NodeKind.EXIT: {"then": "later", "days": 45},
}


@on_draft
def add_step(request: InsideRequest, program: Program) -> Done:
    """Put a new step before or after another, or on a way."""
    form = forms.NewStepForm(request.POST)
    if not form.is_valid():
        raise LeadfarmError("Say what happens here, and give the step a name.")
    kind = NodeKind.read(form.cleaned_data["kind"]) or NodeKind.WAIT
    label = form.cleaned_data["label"]
    node = {"kind": kind.slug, "label": label, **STARTS.get(kind, {})}
    if kind.ends:
        node["reason"] = label
    key = actions.add_node(program, node, place_in(request.POST), hand_of(request))
    return Done(f"“{label}” is in the draft", key)


@on_draft
def paste_step(request: InsideRequest, program: Program) -> Done:
    """Put the step that was copied, with everything on its ways, at this place."""
    node = copied(request)
    if node is None:
        raise LeadfarmError("No step is copied.", "Copy one first, in this or another program.")
    key = actions.add_node(program, node, place_in(request.POST), hand_of(request))
    return Done(f"“{node.get('label') or 'The step'}” is in the draft", key, on_tree=True)


@on_draft
def copy_step(request: InsideRequest, program: Program, key: str) -> Done:
    """Keep a step with everything on its ways, to be put elsewhere, for this member."""
    node = actions.node_of(program, key)
    request.session[COPIED] = {"workspace": request.workspace.id, "node": node}
    name = node.get("label") or "The step"
    return Done(f"“{name}” is copied: any “+” can put it there", key, on_tree=True, changed=False)


@on_draft
def duplicate_step(request: InsideRequest, program: Program, key: str) -> Done:
    """Put a copy of a step after it."""
    copy = actions.duplicate_node(program, key, hand_of(request))
    return Done("The copy is in the draft, after the step", copy)


@on_draft
def remove_step(request: InsideRequest, program: Program, key: str) -> Done:
    """Remove a step with everything on its ways."""
    near = actions.remove_node(program, key, hand_of(request))
    return Done("The step is removed from the draft", near, on_tree=True)


@on_draft
def move_step(request: InsideRequest, program: Program, key: str) -> Done:
    """Move a step up or down among its neighbours, or to the place that was chosen."""
    to = request.POST.get("to", "")
    if to in ("up", "down"):
        actions.shift_node(program, key, -1 if to == "up" else 1, hand_of(request))
    else:
        actions.move_node(program, key, place_in(request.POST), hand_of(request))
    return Done("The step is moved", key, on_tree=True)


@on_draft
def discard(request: InsideRequest, program: Program) -> Done:
    """Forget the draft; the version in force is what is edited next."""
    actions.discard_draft(program, hand_of(request))
    return Done("The draft is gone; the version in force stays")


@on_draft
def undo(request: InsideRequest, program: Program) -> Done:
    """Take the last change of the draft back."""
    undone = actions.undo(program)
    return Done(f"Taken back: {lower(undone.said)}", undone.step, on_tree=True, changed=False)


@on_draft
def redo(request: InsideRequest, program: Program) -> Done:
    """Do the change of the draft again that was taken back last."""
    again = actions.redo(program)
    return Done(f"Done again: {lower(again.said)}", again.step, on_tree=True)


def lower(said: str) -> str:
    """Return a sentence as it goes on after a colon."""
    return f"{said[:1].lower()}{said[1:]}"
