"""Forms of a step, one for each kind; together they say everything the JSON of a step can say."""

from typing import Any

from leadfarm.nurture.forms.dividing import SplitForm, StreamForm
from leadfarm.nurture.forms.lasting import (
    LASTS,
    HumanForm,
    SpanForm,
    WaitForForm,
    WaitForm,
    clock,
    span,
)
from leadfarm.nurture.forms.plain import (
    EndForm,
    FileForm,
    GoToForm,
    MessageForm,
    NameForm,
    NewStepForm,
    ReentryForm,
    StepForm,
    UpdateForm,
)
from leadfarm.rules.programs import OTHERWISE, TIMED_OUT, Node, NodeKind
from leadfarm.rules.programs.waits import MODES, WEEKDAYS

__all__ = [
    "FORMS",
    "LASTS",
    "EndForm",
    "FileForm",
    "GoToForm",
    "HumanForm",
    "MessageForm",
    "NameForm",
    "NewStepForm",
    "ReentryForm",
    "SpanForm",
    "SplitForm",
    "StepForm",
    "StreamForm",
    "UpdateForm",
    "WaitForForm",
    "WaitForm",
    "clock",
    "initial_of",
    "span",
]

FORMS: dict[NodeKind, type[StepForm]] = {
    NodeKind.MESSAGE: MessageForm,
    NodeKind.WAIT: WaitForm,
    NodeKind.WAIT_FOR: WaitForForm,
    NodeKind.HUMAN: HumanForm,
    NodeKind.UPDATE: UpdateForm,
    NodeKind.GOAL: EndForm,
    NodeKind.EXIT: EndForm,
    NodeKind.GO_TO: GoToForm,
    NodeKind.SPLIT: SplitForm,
    NodeKind.STREAM: StreamForm,
}
WAITS_BY = {NodeKind.WAIT_FOR: "time_out", NodeKind.HUMAN: "time_out", NodeKind.STREAM: "every"}


def initial_of(step: Node) -> dict[str, Any]:
    """Return what the form of a step shows first."""
    settings = dict(step.settings)
    source = settings.get(WAITS_BY[step.kind]) or {} if step.kind in WAITS_BY else settings
    kind = next((kind for kind in MODES if kind in source), "days")
    said = {kind: source[kind]} if kind in source else {}
    said["until_weekday"] = str(source.get("until_weekday", WEEKDAYS[0])).lower()
    ways = [way for way in step.ways if way not in (OTHERWISE, TIMED_OUT)]
    amount = 3 if kind.startswith("until") else source.get(kind, 3)
    ours = {"label": step.label, "amount": amount, "unit": kind, "own_ways": ways}
    at = {"at": source.get("at", "")}
    return {**settings, **said, **ours, **at, "nurturing": settings.get("stage") == "nurturing"}
