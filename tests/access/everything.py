"""One row of every walled table, made from the models, so that a new table is walked by itself.

A table whose constraints want more than plain values gets its line in `SPECIAL`.
"""

from __future__ import annotations

import itertools
import uuid
from copy import copy
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import IntegrityError, models, transaction

from leadfarm.access.masonry import walled_models
from leadfarm.access.walls import Walled
from leadfarm.intake.codes import EventKind
from leadfarm.rules.codes import NextKind, Role, Side, TouchKind
from leadfarm.rules.stages import Stage

NOW = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
numbers = itertools.count(1)
Made = dict[type[models.Model], models.Model]

SPECIAL: dict[str, dict[str, Any]] = {
    "access_team": {"side": Side.PD},
    "access_member": {"role": Role.SALES_REP, "firm_id": None, "team_id": None},
    "access_apitoken": {"firm_id": None, "hint": "last"},
    "leads_standing": {
        "stage": Stage.INQUIRY,
        "next_kind": NextKind.REVIEW,
        "next_side": Side.PD,
        "next_at": NOW,
        "next_why": "To be looked at",
    },
    "leads_touch": {"kind": TouchKind.MEETING},
    "leads_stagechange": {"from_stage": Stage.RAW, "to_stage": Stage.INQUIRY},
    "leads_personaltext": {"kind": "note"},
    "leads_finding": {"in_words": True},
    "leads_profilefact": {"contact_id": None},
    "intake_endpoint": {
        "touch_kind": TouchKind.FORM,
        "closed_at": None,
        "token": "an-opaque-word",
    },
    "intake_mailbox": {"closed_at": None},
    "intake_receipt": {"opening": 1},
    "intake_spend": {"source_id": None},
    "intake_duplicatepair": {"one": 1, "other": 2, "judged_at": None, "relation": None},
    "intake_merge": {"account_id": None, "into_account_id": None},
    "intake_duplicaterule": {"merge_from": None},
    "leads_task": {"enrolment_id": None},
    "leads_routingrule": {"side": Side.PD, "clause": {"all": []}, "retired_at": None},
    "intake_event": {"kind": EventKind.TRADE_SHOW, "ends_at": NOW + timedelta(hours=8)},
    "intake_visitor": {"contact_id": None},
    "intake_form": {
        "touch_kind": TouchKind.FORM,
        "opened_at": NOW,
        "closed_at": None,
        "version": 1,
    },
    "intake_download": {"judged_at": None, "by_machine": None, "touch_id": None},
    "consent_signup": {"expires_at": NOW + timedelta(days=7), "confirmed_at": None},
    "nurture_pause": {"until": NOW + timedelta(days=7)},
    "nurture_enrolment": {"wake_at": NOW, "steps": 1},
    "outreach_sendingrule": {"paused_at": None, "paused_by_id": None},
    "outreach_outflow": {"used": [1, 1, 1], "promised": [1, 1, 1]},
    "qualification_definition": {
        "proposed_at": NOW,
        "criteria": {"all": [{"field": "fit", "operator": "at_least", "value": 50}]},
        "promises": {},
    },
    "qualification_fitrule": {"clause": {"field": "domain", "operator": "is_known"}, "points": 10},
    "qualification_signature": {"side": Side.SALES},
    "qualification_delivery": {"criteria": {"truth": "met", "reasons": []}},
}
# Read before a workspace is entered: who may enter, and forms that anybody may open.
THRESHOLD = {"access_member", "access_invitation", "intake_form", "intake_website"}
# These cannot stand beside the mailbox of a demo, which the others need.
NEVER_IN_A_DEMO = {"outreach_mailserver"}
PLAIN: list[tuple[type[models.Field[Any, Any]], Any]] = [
    (models.BooleanField, False),
    (models.DateTimeField, NOW),
    (models.DateField, date(2026, 3, 2)),
    (models.TimeField, time(9)),
    (models.DecimalField, Decimal(1)),
    (models.FloatField, 1.0),
    (models.IntegerField, 1),
    (models.DurationField, None),
    (models.BinaryField, b"x"),
    (models.GenericIPAddressField, "192.0.2.1"),
]


def every_walled_model() -> list[type[models.Model]]:
    """Return all models with a workspace, those that are pointed to before those that point."""
    waiting = [m for config in apps.get_app_configs() for m in walled_models(apps, config.label)]
    known = set(waiting)
    ordered: list[type[models.Model]] = []
    while waiting:
        ready = [m for m in waiting if not (_targets(m) & known) - set(ordered) - {m}]
        assert ready, f"These models point to each other in a circle: {waiting}"
        ordered += ready
        waiting = [m for m in waiting if m not in ready]
    return ordered


def behind_the_wall() -> list[type[Walled]]:
    """Return the models that nobody may read from outside: all but those on the threshold."""
    inner = [m for m in walkable() if m._meta.db_table not in THRESHOLD]
    return [m for m in inner if issubclass(m, Walled)]


def walkable() -> list[type[models.Model]]:
    """Return the models of which a demo workspace can have a row."""
    return [m for m in every_walled_model() if m._meta.db_table not in NEVER_IN_A_DEMO]


def make_everything(workspace: models.Model, *, firm: models.Model | None = None) -> Made:
    """Make one row of every table; `firm` works the lead. Call it inside the workspace."""
    made: Made = {}
    for model in walkable():
        made[model] = _make(model, workspace, firm, made)
    return made


def _make(
    model: type[models.Model], workspace: models.Model, firm: models.Model | None, made: Made
) -> models.Model:
    values: dict[str, Any] = {}
    for field in model._meta.concrete_fields:
        if isinstance(field, models.AutoField) or field.name == "pk":
            continue
        values[field.attname] = _value(model, field, workspace, made)
    if "firm_id" in values:
        values["firm_id"] = firm.pk if firm and model._meta.label == "leads.Lead" else None
    values |= SPECIAL.get(model._meta.db_table, {})
    if model._meta.db_table == "qualification_delivery":
        _let_both_sides_agree(made)
    rows = model._default_manager
    try:
        with transaction.atomic():
            return rows.create(**values)
    except Exception as wrong:
        # One row is all a workspace, or its lead, may have; the newest is of this lead.
        there = rows.filter(workspace_id=workspace.pk).order_by("-pk").first()
        if there and isinstance(wrong, IntegrityError):
            return there
        wrong.add_note(f"Give {model._meta.db_table} its line in SPECIAL of {__file__}.")
        raise


def _value(
    model: type[models.Model], field: models.Field[Any, Any], space: models.Model, made: Made
) -> Any:
    if field.attname == "workspace_id":
        return space.pk
    if isinstance(field, models.ForeignKey):
        return _pointed(field, model, made)
    if field.name == "lead_id":  # a plain number that follows the lead's
        return made[apps.get_model("leads.Lead")].pk
    if field.name == "enrolment_id" and model._meta.db_table == "nurture_steplog":
        return made[apps.get_model("nurture.Enrolment")].pk
    if field.has_default():
        return field.get_default()
    return None if field.null else _plain(model, field)


def _plain(model: type[models.Model], field: models.Field[Any, Any]) -> Any:
    if isinstance(field, ArrayField):
        return [_plain(model, field.base_field)]
    for kind, value in PLAIN:
        if isinstance(field, kind):
            return value
    if isinstance(field, models.JSONField):
        return {}
    if isinstance(field, models.UUIDField):
        return uuid.uuid4()
    if isinstance(field, models.SlugField):
        return f"{model._meta.model_name}-{next(numbers)}"
    text = f"{model._meta.model_name} {next(numbers)}@example.example"
    return text[: field.max_length] if field.max_length else text


def _pointed(field: models.ForeignKey[Any, Any], model: type[models.Model], made: Made) -> Any:
    target = field.remote_field.model
    if target is model or field.attname == "pinned_id":
        return None
    if target in made:
        return made[target].pk
    return _user().pk if target._meta.label == "access.User" else None


def _user() -> models.Model:
    from leadfarm.access.models import User

    number = next(numbers)
    address = f"made-{number}-{id(object())}@people.example"
    return User.objects.create_user(address, name=f"Person {number}", date_joined=NOW)


def _let_both_sides_agree(made: Made) -> None:
    """Bring the lead to what law 4 asks of a delivered one, and the definition into force."""
    row = {model._meta.db_table: one for model, one in made.items()}
    _change(row["leads_lead"], need="Quieter drives")
    definition = row["qualification_definition"]
    definition.refresh_from_db()
    if definition.state == "in force":  # type: ignore[attr-defined]
        return
    marketer, signed = copy(row["access_member"]), copy(row["qualification_signature"])
    marketer.__dict__ |= {"id": None, "role": Role.MARKETER, "user_id": _user().pk}
    marketer.save(force_insert=True)
    signed.__dict__ |= {"id": None, "member_id": marketer.pk, "side": Side.MARKETING}
    signed.save(force_insert=True)
    _change(definition, effective_from=NOW)


def _change(row: models.Model, **columns: Any) -> None:
    type(row)._default_manager.filter(pk=row.pk).update(**columns)


def _targets(model: type[models.Model]) -> set[type[models.Model]]:
    fields = model._meta.concrete_fields
    keys = {f.remote_field.model for f in fields if isinstance(f, models.ForeignKey)}
    follows_the_lead = any(field.name == "lead_id" for field in fields)
    if model._meta.db_table == "nurture_steplog":
        keys.add(apps.get_model("nurture.Enrolment"))
    return keys | ({apps.get_model("leads.Lead")} if follows_the_lead else set())
