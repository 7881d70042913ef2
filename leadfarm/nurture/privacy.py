"""What nurture holds of a person (consent/holdings)."""

from leadfarm.consent.holdings import BY_BOTH, BY_LEAD, Fate, Holding, registry

BY_ENROLMENT = (
    "held.enrolment_id IN (SELECT id FROM nurture_enrolment place WHERE"
    " place.workspace_id = held.workspace_id AND place.lead_id = ANY(%(own)s))"
)


def register() -> None:
    """Name the tables of this room."""
    codes = "numbers and codes, which reports count"
    registry.hold(
        Holding("nurture.StepLog", "Steps they took in programs", BY_ENROLMENT, Fate.STAYS, codes),
        Holding("nurture.Pause", "Rests in programs", BY_ENROLMENT, Fate.STAYS, codes),
        Holding("nurture.Enrolment", "Programs they are in", BY_BOTH, Fate.STAYS, codes),
        Holding("nurture.Arrival", "Programs about to look at them", BY_LEAD, Fate.GOES),
    )
    registry.leave_out("trees of ours, no persons", [
        "nurture.Program", "nurture.ProgramVersion", "nurture.Node", "nurture.Way",
        "nurture.Stream", "nurture.Piece", "nurture.Edit",
    ])  # fmt: skip
