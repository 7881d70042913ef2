"""This room's part of the lead page: readiness, the verbs, the opportunity."""

from typing import Any

from leadfarm.access.middleware import InsideRequest
from leadfarm.leads.models import Lead
from leadfarm.leads.panels import Panel, registry
from leadfarm.leads.queries.record import warmth
from leadfarm.qualification.actions.delivering import latest_delivery
from leadfarm.qualification.models import Delivery, Verdict
from leadfarm.qualification.readiness import frozen_reasons, in_force, readiness
from leadfarm.qualification.scoring import reasons
from leadfarm.qualification.verbs import open_verbs
from leadfarm.rules.codes import ForecastCategory, Role, VerdictKind
from leadfarm.rules.fit import letter
from leadfarm.rules.stages import Stage, is_delivered, is_opportunity


def _stage(lead: Lead) -> Stage:
    return Stage(lead.standing.stage)


def show_readiness(request: InsideRequest, lead: Lead) -> dict[str, Any]:
    """Return fit, heat and each criterion: frozen once delivered, as it is now before."""
    delivery = latest_delivery(lead) if is_delivered(_stage(lead)) else None
    points = lead.standing.fit
    scored = reasons(lead, request.workspace, now=request.now)
    chips = scored.chips if scored else ()
    return {
        "fit": "" if points is None else letter(points),
        "counted": [chip for chip in chips if not chip.is_unknown],
        "open": [chip for chip in chips if chip.is_unknown],
        "heat": warmth(lead.standing, request.workspace, request.now),
        "delivery": delivery,
        **_criteria(request, lead, delivery),
    }


def _criteria(request: InsideRequest, lead: Lead, delivery: Delivery | None) -> dict[str, Any]:
    if delivery is not None:
        return {"criteria": delivery.criteria["reasons"], "version": delivery.definition.version}
    definition = in_force(lead.workspace_id)
    if definition is None:
        return {"criteria": [], "version": None}
    reasons = frozen_reasons(readiness(lead, definition, now=request.now))
    return {"criteria": reasons, "version": definition.version}


def show_verbs(request: InsideRequest, lead: Lead) -> dict[str, Any] | None:
    """Return what this member may do to the lead now; the first two as buttons."""
    verbs = open_verbs(Role(request.member.role), _stage(lead))
    usual = [verb for verb in verbs if verb.noun not in ("recycling", "disqualification")]
    return {"verbs": usual[:2]} if usual else None


def show_other_verbs(request: InsideRequest, lead: Lead) -> dict[str, Any] | None:
    """Return the rest, for the menu."""
    verbs = open_verbs(Role(request.member.role), _stage(lead))
    usual = [verb for verb in verbs if verb.noun not in ("recycling", "disqualification")]
    rest = [verb for verb in verbs if verb not in usual[:2]]
    return {"verbs": rest} if rest else None


def show_opportunity(request: InsideRequest, lead: Lead) -> dict[str, Any] | None:
    """Return amount, close date and forecast from Qualified on."""
    if not is_opportunity(_stage(lead)):
        return None
    forecast = ForecastCategory(lead.forecast).label if lead.forecast else "Not set"
    return {"amount": lead.amount, "close_on": lead.close_on, "forecast": forecast}


def show_feedback(request: InsideRequest, lead: Lead) -> dict[str, Any] | None:
    """Return what sales and prospect development said about the lead, newest first (S0-11)."""
    said = Verdict.objects.of(lead.workspace_id).filter(lead_id=lead.id)
    rows = [
        {"verdict": one, "label": VerdictKind(one.kind).label, "why": one.why()}
        for one in said.select_related("member", "text").order_by("-at")[:20]
    ]
    return {"rows": rows} if rows else None


def register() -> None:
    """Put the panels on the lead page."""
    registry.add(
        Panel("action", 5, "qualification/panels/verbs.html", show_verbs),
        Panel("menu", 5, "qualification/panels/other_verbs.html", show_other_verbs),
        Panel("left", 5, "qualification/panels/readiness.html", show_readiness),
        Panel("left", 6, "qualification/panels/opportunity.html", show_opportunity),
        Panel("right", 5, "qualification/panels/feedback.html", show_feedback),
    )
