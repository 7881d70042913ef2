"""Everything that points to a contact or an account, found in the models themselves."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from django.apps import apps
from django.db.models import ForeignKey, Model, OneToOneField, Q, QuerySet, UniqueConstraint

from leadfarm.access.walls import Walled
from leadfarm.consent.models import Consent, SignUp, Suppression
from leadfarm.intake.models import Merge

Reference = tuple[type[Model], str]
# What stays with the record that gave it: a proof, a bar and a sign-up that waits belong to the
# address they were given for; the survivor gets bars of its own (strictness.py).
_STAYS: tuple[type[Model], ...] = (Consent, SignUp, Suppression, Merge)


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


def free_to_go(rows: QuerySet[Any], column: str, *, to: int, of: int) -> list[int]:
    """Return the ids of the rows of one record that may go to another: not where that one stands
    already, as what may be there only once is there once (its unique constraints say what).
    """
    free = rows.filter(**{column: of}).order_by("pk")
    model: type[Model] = rows.model
    for alone, while_ in _alone_in(model, column):
        there = set(rows.filter(while_, **{column: to}).values_list(*alone))
        bound = free.filter(while_).values_list("pk", *alone)
        free = free.exclude(pk__in=[pk for pk, *key in bound if tuple(key) in there])
    return list(free.values_list("pk", flat=True))


@cache
def _alone_in(model: type[Model], column: str) -> tuple[tuple[tuple[str, ...], Q], ...]:
    """Return what makes two rows of one record the same, and of which rows that is asked."""
    columns = {field.name: field.attname for field in model._meta.concrete_fields}
    unique = [each for each in model._meta.constraints if isinstance(each, UniqueConstraint)]
    found = [({columns[name] for name in each.fields}, each.condition or Q()) for each in unique]
    return tuple(
        (tuple(sorted(names - {column, "workspace_id"})), condition)
        for names, condition in found
        if column in names
    )


def label_of(model: type[Model], column: str) -> str:
    """Return the name under which moved rows are remembered."""
    return f"{model._meta.label_lower}.{column}"


def named(label: str) -> Reference:
    """Return the model and column of a remembered name."""
    model, _, column = label.rpartition(".")
    return apps.get_model(model), column
