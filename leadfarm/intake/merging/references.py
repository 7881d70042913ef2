"""Everything that points to a contact or an account, found in the models themselves."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from django.apps import apps
from django.db.models import ForeignKey, Model, OneToOneField

from leadfarm.access.walls import Walled
from leadfarm.consent.models import Consent, Suppression
from leadfarm.intake.models import CheckIn, Merge
from leadfarm.leads.models import GroupMember

Reference = tuple[type[Model], str]
# What stays with the record that gave it: a proof and a bar belong to the address they were given
# for; the survivor gets bars of its own (strictness.py).
_STAYS: tuple[type[Model], ...] = (Consent, Suppression, Merge)
# Where the survivor may stand already: (what makes a row the same).
ALONE_IN: dict[type[Model], tuple[str, ...]] = {
    GroupMember: ("lead_id",),
    CheckIn: ("event_id",),
}


@cache
def references_to(target: type[Model]) -> tuple[Reference, ...]:
    """Return (model, column) of all rows that go over to the survivor.

    History is append-only and keeps saying who it was; one-to-one rows are joined, not moved.
    A table that comes later is found by itself.
    """
    return tuple(_found(target))


def _found(target: type[Model]) -> Iterator[Reference]:
    for model in apps.get_models():
        if not issubclass(model, Walled) or model in _STAYS or model.append_only:
            continue
        for field in model._meta.concrete_fields:
            if _points(field, target):
                yield model, field.attname


def _points(field: Any, target: type[Model]) -> bool:
    return (
        isinstance(field, ForeignKey)
        and not isinstance(field, OneToOneField)
        and field.related_model is target
    )


def label_of(model: type[Model], column: str) -> str:
    """Return the name under which moved rows are remembered."""
    return f"{model._meta.label_lower}.{column}"


def named(label: str) -> Reference:
    """Return the model and column of a remembered name."""
    model, _, column = label.rpartition(".")
    return apps.get_model(model), column
