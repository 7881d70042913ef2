"""Why two records may be the same, in words."""

from collections.abc import Iterable
from dataclasses import dataclass

from leadfarm.rules.duplicates.kinds import Kind


@dataclass(frozen=True)
class Evidence:
    """What one field says: how alike it is, and what that weighs in bits (below 0: against)."""

    kind: Kind
    says: str
    bits: float

    def __str__(self) -> str:
        return f"{self.kind.value}: {self.says}"

    @property
    def speaks_for(self) -> bool:
        """Return whether it makes the two more likely the same."""
        return self.bits > 0


def in_words(evidence: Iterable[Evidence]) -> str:
    """Return the evidence as a sentence, the weightiest first."""
    told = sorted(evidence, key=lambda each: -abs(each.bits))
    speaks = [str(each) for each in told if each.speaks_for]
    against = [str(each) for each in told if not each.speaks_for]
    sentence = "; ".join(speaks) or "Nothing speaks for it"
    return f"{sentence}. Against it: {'; '.join(against)}." if against else f"{sentence}."
