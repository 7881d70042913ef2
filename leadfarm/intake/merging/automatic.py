"""Merging by itself: only above the probability the workspace has set, and off until it has."""

from contextlib import suppress
from datetime import datetime

from leadfarm.access.models import Workspace
from leadfarm.engine.errors import LeadfarmError
from leadfarm.intake.codes import PairState, RecordKind
from leadfarm.intake.merging.taking import Choice, merge, model_of
from leadfarm.intake.merging.vetoing import vetoes_of
from leadfarm.intake.models import DuplicatePair, DuplicateRule


def merge_the_surest(workspace: Workspace, *, now: datetime) -> int:
    """Merge the open pairs at or above the workspace's threshold; return how many were merged.

    What speaks against merging without a person keeps a pair in the queue, however likely it is.
    """
    rule = DuplicateRule.objects.of(workspace).first()
    if rule is None or rule.merge_from is None:
        return 0
    sure = DuplicatePair.objects.of(workspace).filter(
        state=PairState.OPEN, probability__gte=rule.merge_from
    )
    merged, pairs = 0, list(sure.order_by("-probability", "id"))
    vetoes = vetoes_of(workspace.id, pairs)
    for pair in [pair for pair in pairs if not vetoes.get(pair.id)]:
        # One of the two may have been merged a moment ago, by the pair before or by a person.
        with suppress(LeadfarmError):
            merge(
                workspace.id, suggested(workspace, pair), by=None, now=now,
                probability=pair.probability,
            )  # fmt: skip
            merged += 1
    return merged


def suggested(workspace: Workspace, pair: DuplicatePair) -> Choice:
    """Return who survives if nobody chooses: who has an address, then who was there first."""
    kind = RecordKind(pair.kind)
    key = "email_key" if kind is RecordKind.CONTACT else "domain"
    rows = model_of(kind).objects.of(workspace).filter(id__in=[pair.one, pair.other])
    with_key = set(rows.exclude(**{key: None}).values_list("id", flat=True))
    survivor = pair.other if with_key == {pair.other} else pair.one
    return Choice(kind, survivor, pair.one if survivor == pair.other else pair.other)
