"""Every table that knows a person is named, with what an erasure does to it."""

from django.apps import apps
from django.db import models

from leadfarm.access.masonry import walled_models
from leadfarm.consent.holdings import Fate, registry
from tests.access.everything import every_walled_model


def test_every_table_of_every_room_is_held_or_left_out_with_a_reason() -> None:
    """GDPR: the export and the erasure forget no table; a new one fails here until it is named."""
    named = {*registry.holdings, *registry.left_out}
    there = {model._meta.label for model in every_walled_model()}
    assert there - named == set(), "name these in the privacy.py of their room"
    assert named - there - {"access.Workspace"} == set(), "these are no tables any more"
    assert not {*registry.holdings} & {*registry.left_out}
    assert all(registry.left_out.values())


def test_what_stays_says_why_and_history_is_emptied_by_its_own_function() -> None:
    for holding in registry.holdings.values():
        model = apps.get_model(holding.model)
        columns = {field.column for field in model._meta.concrete_fields}
        assert holding.why or holding.fate is Fate.GOES, holding.model
        assert set(holding.empties) <= columns, holding.model
        if getattr(model, "append_only", False):
            assert holding.fate is not Fate.GOES, "history is never deleted"
            empties = holding.fate is Fate.EMPTIED
            assert empties <= bool(getattr(model, "forgets", {})), holding.model
        elif holding.fate is Fate.EMPTIED:
            assert holding.empties, holding.model


def test_a_left_out_table_points_to_no_person() -> None:
    for config in apps.get_app_configs():
        for model in walled_models(apps, config.label):
            if model._meta.label not in registry.left_out:
                continue
            keys = [f for f in model._meta.concrete_fields if isinstance(f, models.ForeignKey)]
            targets = {key.remote_field.model._meta.label for key in keys}
            assert not targets & {"leads.Contact", "leads.Lead"}, model._meta.label
