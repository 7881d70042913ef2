"""The default catalogue: the fields of our record, and how SQL reaches each.

Sources, campaigns and owners are open-ended: `lead_catalogue().with_choices(source=[..])` names a
workspace's.
"""

from __future__ import annotations

from math import inf

from leadfarm.rules import fit
from leadfarm.rules.clauses.catalogue import Catalogue, Choice, Field, catalogue
from leadfarm.rules.clauses.dossier_fields import (
    COMPANY,
    choices_of,
    dossier_fields,
    profile_fields,
)
from leadfarm.rules.clauses.lead_events import LEAD_EVENTS
from leadfarm.rules.clauses.operators import Kind
from leadfarm.rules.clauses.pages_read import page_fields
from leadfarm.rules.clauses.reach import (
    Beside,
    HeatThen,
    Own,
    StageThen,
)
from leadfarm.rules.codes import (
    ForecastCategory,
    Judgement,
    Origin,
    RecycleReason,
    RejectReason,
    Side,
    TaskKind,
    Temperature,
    VerdictKind,
)
from leadfarm.rules.heat import Levels
from leadfarm.rules.stages import Stage, rank


def _stages() -> tuple[Choice, ...]:
    return tuple(
        Choice(each.slug, each.label, each.value, float(rank(each)) if rank(each) >= 0 else -inf)
        for each in Stage
    )


def _letters() -> tuple[Choice, ...]:
    start = fit.GRADES.index("D")
    return tuple(
        Choice(grade.lower(), grade, rank=float((place - start) * fit.POINTS_A_THIRD))
        for place, grade in enumerate(fit.GRADES)
    )


def _temperatures(levels: Levels) -> tuple[Choice, ...]:
    floors = {
        Temperature.COLD: 0.0,
        Temperature.WARM: levels.warm,
        Temperature.HOT: levels.hot,
    }
    return tuple(Choice(each.slug, each.label.lower(), rank=floors[each]) for each in Temperature)


STATE = "State"
JUDGED = "Fit and heat"
VERDICTS = "Verdicts"
ORIGIN = "Origin"
OPPORTUNITY = "Opportunity"
OWNERS = (("marketing", "marketing"), ("pd", "PD"), ("sales", "sales"))


def _state_fields() -> tuple[Field, ...]:
    stage = StageThen("stage", "to_stage")
    since = StageThen("stage_since", "happened_at")
    move, due = Own("standing.whose_move"), Own("standing.next_at")
    later = ("or later", "or earlier")
    return (
        Field("stage", "stage", Kind.RANKED, stage, _stages(), ranks=later, section=STATE),
        Field("days_in_stage", "time in stage", Kind.AGE, since, section=STATE),
        Field("whose_move", "whose move", Kind.CHOICE, move, choices_of(Side), section=STATE),
        Field("next_step_due", "next step", Kind.MOMENT, due, section=STATE),
        Field("agreed_task", "the talk agreed on", Kind.MOMENT, Own(_AGREED), section=STATE),
        Field("look_again", "the day to look again", Kind.DATE, Own("standing.recheck_on"),
              section=STATE),
        *(_owner(side, label) for side, label in OWNERS),
    )  # fmt: skip


# The next talk that a person has agreed to have, outside every program.
_AGREED = f"""(SELECT min(agreed.due_at) FROM leads_task agreed
 WHERE agreed.workspace_id = lead.workspace_id AND agreed.lead_id = lead.id
   AND agreed.kind = {int(TaskKind.CHECK_IN)} AND agreed.enrolment_id IS NULL
   AND agreed.done_at IS NULL AND agreed.cancelled_at IS NULL)"""  # noqa: S608 - our own codes


def _verdict(kind: VerdictKind) -> str:
    """SQL text of the reason of the newest verdict, null where it was another kind."""
    return f"""(SELECT CASE WHEN said.kind = {int(kind)} THEN said.reason END
  FROM qualification_verdict said
 WHERE said.workspace_id = lead.workspace_id AND said.lead_id = lead.id
 ORDER BY said.at DESC, said.id DESC LIMIT 1)"""  # noqa: S608 - our own codes


_FIRST_READY = f"""(SELECT min(ready.happened_at) FROM leads_stagechange ready
 WHERE ready.workspace_id = lead.workspace_id AND ready.lead_id = lead.id
   AND ready.to_stage = {int(Stage.SALES_READY)})"""  # noqa: S608 - our own codes


def _verdict_fields() -> tuple[Field, ...]:
    rejected, recycled = Own(_verdict(VerdictKind.REJECTED)), Own(_verdict(VerdictKind.RECYCLED))
    return (
        Field("rejected_because", "rejected last because of", Kind.CHOICE, rejected,
              choices_of(RejectReason), section=VERDICTS),
        Field("recycled_because", "recycled last because of", Kind.CHOICE, recycled,
              choices_of(RecycleReason), section=VERDICTS),
        Field("sales_ready_age", "time since first Sales-ready", Kind.AGE, Own(_FIRST_READY),
              section=VERDICTS),
    )  # fmt: skip


def _owner(side: str, label: str) -> Field:
    reach = Own(f"lead.{side}_owner_id")
    name = f"{side}_owner"
    return Field(name, f"{label} owner", Kind.CHOICE, reach, open_ended=True, section=STATE)


def _judged_fields(levels: Levels) -> tuple[Field, ...]:
    points, potential = Own("standing.fit"), choices_of(Judgement)
    better, warmer = ("or better", "or worse"), ("or warmer", "or colder")
    level = Field(
        "heat_level",
        "temperature",
        Kind.BAND,
        HeatThen(),
        _temperatures(levels),
        decays=True,
        ranks=warmer,
        section=JUDGED,
    )
    judgement = Own("standing.judgement")
    return (
        Field("fit", "fit in points", Kind.NUMBER, points, section=JUDGED),
        Field("fit_letter", "fit", Kind.BAND, points, _letters(), ranks=better, section=JUDGED),
        Field("heat", "heat", Kind.NUMBER, HeatThen(), decays=True, section=JUDGED),
        level,
        Field("judgement", "potential", Kind.CHOICE, judgement, potential, section=JUDGED),
    )


def _origin_fields() -> tuple[Field, ...]:
    def timeless(column: str) -> Own:
        return Own(f"lead.{column}", timeless=True)

    source, campaign = timeless("source_id"), timeless("campaign_id")
    origin = choices_of(Origin)
    return (
        Field("source", "source", Kind.CHOICE, source, open_ended=True, section=ORIGIN),
        Field("campaign", "campaign", Kind.CHOICE, campaign, open_ended=True, section=ORIGIN),
        Field("entered", "time since entry", Kind.AGE, timeless("entered_at"), section=ORIGIN),
        Field("origin", "origin", Kind.CHOICE, timeless("origin"), origin, section=ORIGIN),
    )


def _company_fields() -> tuple[Field, ...]:
    def beside(name: str, label: str, reach: Beside, kind: Kind = Kind.TEXT) -> Field:
        return Field(name, label, kind, reach, section=COMPANY)

    return (
        beside("country", "country", Beside("account", "country")),
        beside("industry", "industry", Beside("account", "industry")),
        beside("employees", "number of employees", Beside("account", "employees"), Kind.NUMBER),
        beside("domain", "domain", Beside("account", "domain")),
        beside("job_title", "job title", Beside("contact", "job_title")),
        beside("contact_country", "contact's country", Beside("contact", "country")),
    )


def _opportunity_fields() -> tuple[Field, ...]:
    forecast = choices_of(ForecastCategory)
    return (
        Field("amount", "amount", Kind.NUMBER, Own("lead.amount"), section=OPPORTUNITY),
        Field("close_date", "close date", Kind.DATE, Own("lead.close_on"), section=OPPORTUNITY),
        Field(
            "forecast", "forecast", Kind.CHOICE, Own("lead.forecast"), forecast, section=OPPORTUNITY
        ),
    )


def lead_catalogue(levels: Levels = Levels()) -> Catalogue:  # noqa: B008 - frozen, has no state
    """The catalogue of our record, with the workspace's levels of heat."""
    return catalogue(
        (
            *_state_fields(),
            *_judged_fields(levels),
            *_verdict_fields(),
            *_origin_fields(),
            *page_fields(),
            *_company_fields(),
            *_opportunity_fields(),
            *profile_fields(),
            *dossier_fields(),
        ),
        LEAD_EVENTS,
    )


LEAD_FIELDS = lead_catalogue()
