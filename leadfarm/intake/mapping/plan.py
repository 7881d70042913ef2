"""A mapping: what each column means, what holds for every row, and how cells are written."""

import dataclasses
from collections.abc import Mapping as Dict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from leadfarm.engine.errors import LeadfarmError
from leadfarm.intake.codes import ImportKind
from leadfarm.intake.mapping.targets import TARGETS, targets_for
from leadfarm.intake.values.dates import ORDERS
from leadfarm.rules.codes import FindingSection, Overwrite
from leadfarm.rules.csv_safety import unescape_cell

TYPES = ("text", "number", "date")
KNOWN = ("now", "capture")
DEFAULT_REVIEW_DAYS = 14
# match: which key says that a row is about a lead that is there; takes: which rows come in.
MATCHES = ("auto", "external_id", "email")
TAKES = ("all", "new", "known")
ABOUT_ROWS = ("date_order", "time_zone", "review_days", "match", "takes", "prefixes")
# How the file itself is read: of one file only, and not kept with a saved mapping.
ABOUT_FILES = ("encoding", "delimiter", "header_row", "last_row", "sheet")
OPTIONS = (*ABOUT_ROWS, *ABOUT_FILES)


class MappingError(LeadfarmError):
    """The mapping says something that cannot be; every fault is in the message."""


@dataclass(frozen=True)
class Column:
    """Where one column goes; `known_from` is "now", "capture" or the title of a date column."""

    title: str
    to: str
    overwrite: Overwrite = Overwrite.IF_BLANK
    known_from: str = "now"
    section: FindingSection = FindingSection.PROFILE
    field: str = ""
    type: str = "text"
    values: Dict[str, str] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True)
class Mapping:
    """The whole mapping of a file, checked."""

    kind: ImportKind
    columns: tuple[Column, ...]
    constants: Dict[str, str] = dataclasses.field(default_factory=dict)
    options: Dict[str, Any] = dataclasses.field(default_factory=dict)

    def column(self, target: str) -> Column | None:
        """Return the column that goes there, or None."""
        return next((column for column in self.columns if column.to == target), None)

    def gives(self, target: str) -> bool:
        """Whether rows can have a value there, from a column or for every row."""
        return target in self.constants or self.column(target) is not None

    @property
    def match(self) -> str:
        """By which key a row finds the lead it is about: auto, external_id or email."""
        return str(self.options.get("match", "auto"))

    @property
    def takes(self) -> str:
        """Which rows come in: all, only new leads, or only known ones."""
        return str(self.options.get("takes", "all"))

    @property
    def review_days(self) -> int:
        """After how many days marketing looks at what came in."""
        return int(self.options.get("review_days", DEFAULT_REVIEW_DAYS))

    def as_json(self) -> dict[str, Any]:
        """Return the form in which mappings are stored and shared as files."""
        columns = {}
        for column in self.columns:
            said: dict[str, Any] = {"to": column.to, "known_from": column.known_from}
            if TARGETS[column.to].rewrites:
                said["overwrite"] = column.overwrite.slug
            if column.to == "finding":
                section, kind = column.section.slug, column.type
                said |= {"section": section, "field": column.field, "type": kind}
            columns[column.title] = said | (
                {"values": dict(column.values)} if column.values else {}
            )
        return {
            "kind": self.kind.slug,
            "columns": columns,
            "constants": dict(self.constants),
            "options": dict(self.options),
        }


def read_mapping(content: Any, titles: Sequence[str], kind: ImportKind | None = None) -> Mapping:
    """Return the mapping for a file with these titles; MappingError lists everything wrong."""
    if not isinstance(content, dict):
        raise MappingError("A mapping is a JSON object.", "See docs/guides/imports.md.")
    told = kind or ImportKind.read(str(content.get("kind", "leads")))
    if told is None:
        raise MappingError(f"“{content.get('kind')}” is no kind.", "Use leads or outcomes.")
    faults: list[str] = []
    columns = _columns(content.get("columns") or {}, titles, told, faults)
    constants = {str(k): str(v) for k, v in (content.get("constants") or {}).items()}
    options = dict(content.get("options") or {})
    faults += _faults_of_constants(constants, told) + _faults_of_options(options)
    mapping = Mapping(told, tuple(columns), constants, options)
    faults += _faults_of_whole(mapping)
    if faults:
        raise MappingError(" ".join(faults), "Change the mapping and try again.")
    return mapping


def _columns(said: Any, titles: Sequence[str], kind: ImportKind, faults: list[str]) -> list[Column]:
    found: list[Column] = []
    allowed = {target.name for target in targets_for(kind)}
    for title, spec in said.items():
        spec = {"to": spec} if isinstance(spec, str) else dict(spec)
        to = spec.get("to") or "ignore"
        if to == "ignore":
            continue
        if title not in titles:
            faults.append(f"The file has no column “{title}”; it has {_listed(titles)}.")
        elif to not in allowed:
            faults.append(f"“{to}” (for “{title}”) is no place in a file of {kind.label.lower()}.")
        elif to != "finding" and any(column.to == to for column in found):
            faults.append(f"Two columns go to “{TARGETS[to].label}”.")
        else:
            column, wrong = _column(title, to, spec, titles)
            found.append(column)
            faults += wrong
    return found


def _column(
    title: str, to: str, spec: dict[str, Any], titles: Sequence[str]
) -> tuple[Column, list[str]]:
    column = Column(
        title=title,
        to=to,
        overwrite=Overwrite.read(str(spec.get("overwrite"))) or Overwrite.IF_BLANK,
        known_from=str(spec.get("known_from", "now")),
        section=FindingSection.read(str(spec.get("section"))) or FindingSection.PROFILE,
        field=str(spec.get("field") or _field_name(title))[:60],
        type=str(spec.get("type", "text")),
        values={str(k): str(v) for k, v in (spec.get("values") or {}).items()},
    )
    return column, _faults_of_column(column, spec, titles)


def _faults_of_column(column: Column, spec: dict[str, Any], titles: Sequence[str]) -> list[str]:
    wrong, title = [], column.title
    if "overwrite" in spec and Overwrite.read(str(spec["overwrite"])) is None:
        wrong.append(f"“{title}”: overwrite is never, if-blank or always.")
    if "section" in spec and FindingSection.read(str(spec["section"])) is None:
        wrong.append(f"“{title}”: {spec['section']} is no section of the dossier.")
    if column.known_from not in KNOWN and column.known_from not in titles:
        known = column.known_from
        wrong.append(f"“{title}” is known from “{known}”, which is no column of the file.")
    if column.type not in TYPES:
        wrong.append(f"“{title}”: a finding is text, number or date.")
    return wrong


def _faults_of_constants(constants: Dict[str, str], kind: ImportKind) -> list[str]:
    allowed = {target.name for target in targets_for(kind)} - {"finding", "external_id", "email"}
    return [
        f"“{name}” cannot be set for every row; these can: {', '.join(sorted(allowed))}."
        for name in constants
        if name not in allowed
    ]


def _faults_of_options(options: Dict[str, Any]) -> list[str]:
    faults = [f"“{name}” is no option." for name in options if name not in OPTIONS]
    if options.get("date_order", "dmy") not in ORDERS:
        faults.append("date_order is dmy, mdy or ymd.")
    if options.get("match", "auto") not in MATCHES:
        faults.append("match is auto, external_id or email.")
    if options.get("takes", "all") not in TAKES:
        faults.append("takes is all, new or known.")
    return faults


def _faults_of_whole(mapping: Mapping) -> list[str]:
    if mapping.kind is ImportKind.OUTCOMES:
        faults = []
        if not (mapping.column("external_id") or mapping.column("email")):
            faults.append("No column tells which lead is meant: map External id or E-mail.")
        if not (mapping.gives("stage") or mapping.gives("verdict")):
            faults.append("No column tells the stage reached: map it, or set it for every row.")
        return faults
    names = ("external_id", "email", "full_name", "given_name", "family_name", "company", "phone")
    if not any(mapping.column(name) for name in names):
        return ["No column tells who the lead is: map External id, E-mail, a name or Company."]
    return []


def _field_name(title: str) -> str:
    return "_".join(unescape_cell(title).casefold().split())


def _listed(titles: Sequence[str]) -> str:
    shown = ", ".join(titles[:12])
    return shown + (" …" if len(titles) > 12 else "")
