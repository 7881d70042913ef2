"""The dossier: eight sections, each with what is known, from whom and since when (S4-15)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from leadfarm.leads.models import Finding, Lead
from leadfarm.rules.codes import Confidence, FindingSection
from leadfarm.ui import words

STALE_AFTER = timedelta(days=180)


@dataclass(frozen=True)
class Known:
    """One current finding."""

    id: int
    label: str
    value: str
    known_at: datetime
    who: str
    confidence: Confidence
    touch_id: int | None
    stale: bool
    changed: int  # how many earlier values it superseded


@dataclass(frozen=True)
class Section:
    """A section of the dossier; without findings it is a question."""

    section: FindingSection
    findings: list[Known]

    @property
    def newest(self) -> datetime | None:
        """Return when the newest finding was learned."""
        return max((known.known_at for known in self.findings), default=None)


def dossier_of(lead: Lead, now: datetime, currency: str) -> list[Section]:
    """Return all eight sections in their order, in one query; sums bear this currency."""
    findings = (
        Finding.objects.of(lead.workspace_id)
        .filter(lead_id=lead.id)
        .select_related("member", "text")
        .order_by("section", "field", "-known_at", "-id")
    )
    by_field: dict[tuple[int, str], list[Finding]] = {}
    for finding in findings:
        by_field.setdefault((finding.section, finding.field), []).append(finding)
    return [
        Section(
            section,
            [_known(found, now, currency) for key, found in by_field.items() if key[0] == section],
        )
        for section in FindingSection
    ]


def _known(found: list[Finding], now: datetime, currency: str) -> Known:
    newest = found[0]
    return Known(
        id=newest.id,
        label=newest.field.replace("_", " ").replace(".", " "),
        value=value_of(newest, currency),
        known_at=newest.known_at,
        who=newest.member.name if newest.member else newest.source,
        confidence=Confidence(newest.confidence),
        touch_id=newest.touch_id,
        stale=now - newest.known_at > STALE_AFTER,
        changed=len(found) - 1,
    )


def value_of(finding: Finding, currency: str) -> str:
    """Return a finding's value as people read it; what was said of a budget is a sum."""
    if finding.in_words:
        return finding.words or "Erased"
    if finding.value_date is not None:
        return f"{finding.value_date:%-d %B %Y}"
    number = finding.value_number
    if number is not None and finding.section == FindingSection.BUDGET:
        return words.money(number, currency)
    return "" if number is None else f"{number.normalize():,f}"
