"""The fields of the dossier and the profile that a clause may name."""

from __future__ import annotations

from leadfarm.rules.clauses.catalogue import Choice, Field
from leadfarm.rules.clauses.operators import Kind
from leadfarm.rules.clauses.reach import (
    Anything,
    Beside,
    Contradictions,
    FindingColumn,
    Joined,
    Newest,
    Own,
    Reach,
    Roles,
    Share,
)
from leadfarm.rules.coded import Code
from leadfarm.rules.codes import BuyingRole, Confidence, FindingSection
from leadfarm.rules.dossier.catalogue import FIELDS, DossierField, Shape
from leadfarm.rules.dossier.frames import FRAMES, SEED_8, Frame
from leadfarm.rules.profile.codes import BANDS, Department, Seniority
from leadfarm.rules.profile.sectors import Sector

DOSSIER = "Dossier"
COMPANY = "Company and contact"
KINDS: dict[Shape, tuple[Kind, FindingColumn]] = {
    Shape.TEXT: (Kind.TEXT, "words"),
    Shape.AMOUNT: (Kind.NUMBER, "value_number"),
    Shape.NUMBER: (Kind.NUMBER, "value_number"),
    Shape.DATE: (Kind.DATE, "value_date"),
    Shape.CHOICE: (Kind.CHOICE, "value_code"),
}


def choices_of(codes: type[Code], *, ranked: bool = False) -> tuple[Choice, ...]:
    """The choices of a code list, in its order; with a rank where its numbers rise."""
    if ranked:
        return tuple(Choice(c.slug, c.label, c.value, float(c.value)) for c in codes)
    return tuple(Choice(code.slug, code.label, code.value) for code in codes)


def dossier_fields() -> tuple[Field, ...]:
    """What is known of a lead: need, roles, each section and field, how much, what disagrees."""
    roles = choices_of(BuyingRole)
    fields = [
        Field("need", "the need", Kind.TEXT, Own("lead.need"), section=DOSSIER),
        Field("buying_roles", "the roles filled", Kind.SET, Roles(), roles, section=DOSSIER),
        *(_completeness(frame) for frame in FRAMES.values()),
        *(_filled(frame) for frame in FRAMES.values() if frame is not SEED_8),
        Field(
            "contradictions",
            "contradictions in the dossier",
            Kind.NUMBER,
            Contradictions(),
            section=DOSSIER,
        ),
    ]
    for each in FindingSection:
        fields += _section_fields(_name(each), each.label.lower(), each.value)
    fields += [_own_field(each) for each in FIELDS.values() if not each.by_person]
    return tuple(fields)


def _name(section: FindingSection) -> str:
    return section.slug.replace("-", "_")


def _section_fields(name: str, label: str, code: int) -> list[Field]:
    def of(suffix: str, words: str, kind: Kind, reach: Reach) -> Field:
        return Field(f"{name}{suffix}", f"{label}{words}", kind, reach, section=DOSSIER)

    sure = Field(
        f"{name}_confidence",
        f"{label} (how sure)",
        Kind.RANKED,
        Newest(code, "confidence"),
        choices_of(Confidence, ranked=True),
        ranks=("or surer", "or less sure"),
        section=DOSSIER,
    )
    return [
        of("", "", Kind.KNOWLEDGE, Anything(code)),
        of("_text", " (newest words)", Kind.TEXT, Newest(code, "words")),
        of("_number", " (newest number)", Kind.NUMBER, Newest(code, "value_number")),
        of("_date", " (newest date)", Kind.DATE, Newest(code, "value_date")),
        of("_age", ", time since learned", Kind.AGE, Newest(code, "known_at")),
        sure,
    ]


def _own_field(field: DossierField) -> Field:
    """One field of a section; of what it can have several of, the words of all."""
    section, name = field.section, f"{_name(field.section)}_{field.name}"
    label = f"{section.label.lower()}: {field.label.lower()}"
    if field.many:
        return Field(name, label, Kind.WORDS, Joined(section.value, field.name), section=DOSSIER)
    kind, column = KINDS[field.shape]
    choices = choices_of(field.choices) if field.choices else ()
    reach = Newest(section.value, column, field.name)
    return Field(name, label, kind, reach, choices, section=DOSSIER)


def _completeness(frame: Frame) -> Field:
    """How much of a frame is known, in percent."""
    weights, total = frame.weights()
    asks = tuple(ask for part in frame.parts for ask in part.asks)
    of_asks = (w for w, part in zip(weights, frame.parts, strict=True) for _ in part.asks)
    reach = Share(asks, tuple(of_asks), total, 100)
    plain = frame is SEED_8
    name = "completeness" if plain else f"{frame.slug}_completeness"
    label = "completeness of the dossier" if plain else f"{frame.label} known"
    return Field(name, label, Kind.NUMBER, reach, unit="%", section=DOSSIER)


def _filled(frame: Frame) -> Field:
    """How many parts of a frame anything is known of."""
    asks = tuple(tuple(key for ask in part.asks for key in ask) for part in frame.parts)
    reach = Share(asks, (1,) * len(asks), 1, 1)
    label = f"parts of {frame.label} known"
    return Field(f"{frame.slug}_parts", label, Kind.NUMBER, reach, section=DOSSIER)


def profile_fields() -> tuple[Field, ...]:
    """What enrichment reads from words: industry group, size, seniority, department."""

    def beside(name: str, label: str, kind: Kind, reach: Beside, some: tuple[Choice, ...]) -> Field:
        return Field(name, label, kind, reach, some, section=COMPANY)

    bands = tuple(Choice(f"from-{low}", label.lower(), rank=float(low)) for low, label in BANDS)
    return (
        beside("sector", "industry group", Kind.CHOICE, Beside("account", "sector"),
               choices_of(Sector)),
        beside("size", "size", Kind.BAND, Beside("account", "employees"), bands),
        beside("seniority", "seniority", Kind.RANKED, Beside("contact", "seniority"),
               choices_of(Seniority, ranked=True)),
        beside("department", "department", Kind.CHOICE, Beside("contact", "department"),
               choices_of(Department)),
    )  # fmt: skip
