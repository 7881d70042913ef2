"""What qualification holds of a person (consent/holdings)."""

from leadfarm.consent.holdings import BY_LEAD, Fate, Holding, registry


def register() -> None:
    """Name the tables of this room."""
    registry.hold(
        Holding(
            "qualification.Delivery", "What was delivered to sales", BY_LEAD, Fate.EMPTIED,
            "to whom, when, which criteria were met; the words that were found go",
        ),
        Holding(
            "qualification.Verdict", "What sales said", BY_LEAD, Fate.STAYS,
            "verdict, reason and date; the words are texts and go",
        ),
    )  # fmt: skip
    registry.leave_out("agreements and rules of ours, no persons", [
        "qualification.Definition", "qualification.Signature", "qualification.FitRule",
    ])  # fmt: skip
