"""What a chunk knows besides its rows: sources, people of ours, and the history of its leads."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from leadfarm.engine import arrays
from leadfarm.intake.importing.flight import GROUND, Flight, Place, Seen, Value
from leadfarm.intake.importing.job import Job
from leadfarm.intake.importing.members import Members
from leadfarm.intake.importing.origins import Origins
from leadfarm.intake.importing.output import Output
from leadfarm.intake.importing.overwriting import Overwriting
from leadfarm.intake.importing.pursuit import Pursuit
from leadfarm.intake.importing.record import Record, Told
from leadfarm.intake.importing.routing import Routing
from leadfarm.intake.reading import Fault
from leadfarm.intake.sql import statement
from leadfarm.rules.codes import FindingSection, Origin, TouchKind

OWNERS = {"marketing_owner": None, "pd_owner": None, "sales_owner": None}.keys()


class Earlier(NamedTuple):
    """The other imports of the same content, and whether one of them was mapped as this one."""

    runs: list[int]
    is_mapped_alike: bool


class Context:
    """Loaded once per run (sources, members) and once per chunk (history)."""

    def __init__(self, cursor: Any, job: Job, earlier: "Earlier", flight: Flight = GROUND) -> None:
        self.cursor, self.job, self.earlier, self.flight = cursor, job, earlier, flight
        self.origins = Origins(job.workspace.id)
        self.members = Members(job)
        self.routing = Routing(job, flight.routing)
        self.touches: set[Seen] = set()
        self.registered: set[Seen] = set()  # of the touches: those this chunk adds
        self.findings: dict[Place, Value] = {}
        self.told: dict[Place, Value] = {}  # of the findings: those this chunk adds
        self.stages: dict[int, list[tuple[int, int]]] = defaultdict(list)
        self.raw: dict[int, str] = {}
        self.last_row = 0

    def rows_there(self, records: Sequence[Record]) -> dict[int, int]:
        """Return, by row, the lead that an earlier run brought it to: one of the same file, or the
        one whose row it mends and which had taken it in with a remark.
        """
        self.last_row = records[-1].row
        found: dict[int, int] = {}
        if self.job.run.repairs_id:
            mended = {record.row: record.repaired_row for record in records}
            there = self._landed([self.job.run.repairs_id], mended.values())
            found = {row: there[before] for row, before in mended.items() if before in there}
        if self.earlier.runs:
            found |= self._landed(self.earlier.runs, [record.row for record in records])
        return found

    def _landed(self, runs: list[int], rows: Collection[int]) -> dict[int, int]:
        """Return the lead of each of these rows (and some between them) of these runs."""
        span = {"first": min(rows), "last": max(rows)}
        terms = {"workspace": self.job.workspace.id, "runs": runs, **span}
        self.cursor.execute(statement("rows_there"), terms)
        return dict(self.cursor.fetchall())

    def rows_left(self, record: Record) -> int:
        """Return how many rows of the chunk are still to come, this one included."""
        return self.last_row - record.row + 1

    def load_history(self, leads: Sequence[int], instants: Iterable[datetime]) -> None:
        """Fetch what these leads have seen and reached, as far as the mapping asks."""
        if not leads:
            return
        terms = {
            "workspace": self.job.workspace.id,
            "leads": arrays.numbers(leads),
            "run": self.job.run.id,
        }
        if instants := list(instants):
            self.cursor.execute(
                statement("touches_there"),
                {**terms, "instants": instants, "registered": int(TouchKind.WEBINAR_REGISTERED)},
            )
            self.touches = set(self.cursor.fetchall()) | self.flight.registered
        self.cursor.execute(statement("changes_there"), terms)
        for lead, stage, origin in self.cursor.fetchall():
            self.stages[lead].append((stage, origin))
        told = {column.to for column in self.job.mapping.columns}
        if told & OWNERS:
            self.routing.load_given(leads)
        if told & {"finding", "lost_to"}:
            self.cursor.execute(statement("findings_there"), terms)
            for lead, section, field, *value in self.cursor.fetchall():
                self.findings[lead, section, field] = tuple(value)
            self.findings |= self.flight.findings

    def reach(self, pursuits: Iterable[Pursuit]) -> None:
        """Tell the leads that are there which stages they have reached, and by whose word."""
        for pursuit in pursuits:
            for stage, origin in self.stages.get(pursuit.id, ()):
                pursuit.reached.add(stage)
                if origin != Origin.IMPORTED:
                    pursuit.reached_here.add(stage)

    def knows_touch(self, pursuit: Pursuit, record: Record) -> bool:
        """Whether another file or a person has told us of this touch."""
        if record.touch is TouchKind.LIST_ENTRY and record.entered_at == pursuit.entered_at:
            return True  # a list that says when the lead came in, which is known
        if record.entered_at is None:
            return bool(record.external_id) and record.external_id == pursuit.external_id
        return (pursuit.id, int(record.touch), record.entered_at) in self.touches

    def knows_registration(self, pursuit: Pursuit, at: datetime) -> bool:
        """Whether somebody's registration is known; who comes twice has registered once."""
        registered = (pursuit.id, int(TouchKind.WEBINAR_REGISTERED), at)
        if registered in self.touches:
            return True
        self.touches.add(registered)
        self.registered.add(registered)
        return False

    def place(self, pursuit: Pursuit, record: Record) -> None:
        """Give a new lead its source and campaign; the blank source is a source too."""
        source, campaign = self.origins.of(record.source, record.campaign)
        pursuit.source_id, pursuit.campaign_id = source, campaign

    def greeting_team(self, pursuit: Pursuit) -> int | None:
        """Return the team that greets what comes from this lead's source; None: the sales owner."""
        return self.origins.greeting_team(pursuit.source_id)

    def own(self, pursuit: Pursuit, record: Record, over: Overwriting) -> bool:
        """Give the lead the owners the row names; True when one of them changed."""
        changed = False
        for target in OWNERS:
            name = getattr(record, target)
            if not name:
                continue
            there = getattr(pursuit, f"{target}_id")
            # Whom the rules gave it to gives way to whom a file names.
            blank = there is not None and self.routing.gave(pursuit.id, target) == there
            member = over.pick(target, None if blank else there, self.members.of(name, target))
            if member != there:
                setattr(pursuit, f"{target}_id", member)
                changed = True
        return changed

    def add_findings(
        self, out: Output, pursuit: Pursuit, record: Record, touch: list[Any] | None
    ) -> bool:
        """Add what the row tells for the dossier and nobody has told yet; True when it is new."""
        at = record.stage_at or record.entered_at or self.job.now
        told = list(record.findings)
        if record.lost_to:
            known = record.stage_known_at or self.job.now
            lost = Told(FindingSection.COMPETITION, "lost_to", record.lost_to, None, None, known)
            told.append(lost)
        fresh = False
        for one in told:
            place = (pursuit.id, int(one.section), one.field)
            value = (one.text, one.number, one.day)
            if self.findings.get(place) == value:
                continue
            self.findings[place] = self.told[place] = value
            out.findings.append((pursuit.id, one, min(at, one.known_at), touch))
            fresh = True
        return fresh

    def flag(self, out: Output, fault: Fault) -> None:
        """Note something worth a look about a row that came in."""
        out.counts["flagged"] += 1
        out.fault(fault, self.raw.get(fault.row))
