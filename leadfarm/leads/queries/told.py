"""What a mail may say of a dossier: for many leads at once, the newest finding of each section."""

from collections.abc import Collection

from leadfarm.leads.models import Finding
from leadfarm.leads.queries.dossier import field_in, tells, value_of
from leadfarm.rules.codes import FindingSection

# Whom we know at a company is nothing to write to one of them.
SECTIONS = tuple(section for section in FindingSection if section is not FindingSection.PEOPLE)


def name_of(section: FindingSection) -> str:
    """Return the section as templates name it: pain_point."""
    return section.slug.replace("-", "_")


def told_of(
    workspace_id: int, lead_ids: Collection[int], currency: str
) -> dict[int, dict[str, str]]:
    """Return by lead what stands in its sections, by their names; "" where nothing does.

    Of several entries in a section the newest counts; what was taken back or erased says nothing.
    """
    findings = Finding.objects.of(workspace_id).filter(lead_id__in=lead_ids, section__in=SECTIONS)
    threads = findings.select_related("text").order_by(
        "lead_id", "section", "field", "thread", "-known_at", "-id"
    )
    standing = threads.distinct("lead_id", "section", "field", "thread")
    told = {lead_id: {name_of(one): "" for one in SECTIONS} for lead_id in lead_ids}
    for finding in sorted(standing, key=lambda one: (one.known_at, one.id)):
        if tells(finding) and not field_in(finding).by_person:
            name = name_of(FindingSection(finding.section))
            told[finding.lead_id][name] = value_of(finding, currency)
    return told
