"""Everything a chunk writes, collected while it decides and made rows of at its end."""

from collections import Counter, defaultdict
from datetime import datetime
from typing import Any

from leadfarm.intake.codes import RowFate
from leadfarm.intake.importing import tables
from leadfarm.intake.importing.job import Job
from leadfarm.intake.importing.outcomes import Change
from leadfarm.intake.importing.pursuit import Pursuit, Step
from leadfarm.intake.importing.record import Told
from leadfarm.intake.reading import Fault
from leadfarm.rules.codes import Confidence, NextKind, Origin, Side, TaskKind, TouchKind


class Output:
    """The rows to write for one chunk. Ids of touches and tasks are given when it is finished."""

    def __init__(self, cursor: Any, job: Job) -> None:
        self.cursor, self.job = cursor, job
        self.rows: dict[str, tables.Rows] = defaultdict(list)
        self.told: dict[str, tables.Rows] = defaultdict(list)  # what changes of records there
        self.ended: list[int] = []  # leads whose open tasks are over
        self.counts: Counter[str] = Counter()
        self.pursuits: dict[int, Pursuit] = {}
        self.touches: list[list[Any]] = []
        self.tasks: list[list[Any]] = []
        self.words: dict[int, set[str]] = defaultdict(set)
        self.findings: list[tuple[int, Told, datetime, list[Any] | None]] = []
        self.landed: list[tuple[int, RowFate, int, list[Any] | None]] = []

    def touch(
        self, pursuit: Pursuit, kind: TouchKind, contact: int | None, at: datetime, known: datetime,
        heat_after: float | None, minutes: int | None = None, campaign: int | None = None,
    ) -> list[Any]:  # fmt: skip
        """Add a touch and return its row; the first cell becomes its id."""
        by_machine = heat_after is None
        row: list[Any] = [
            None,
            int(kind),
            by_machine,
            pursuit.id,
            contact,
            at,
            known,
        ]
        campaign = campaign or pursuit.campaign_id
        row += [self.job.now, None, campaign, self.job.run.id, minutes, heat_after]
        self.touches.append(row)
        return row

    def task(
        self, pursuit: Pursuit, who: tuple[Side, int | None], team: int | None, due_at: datetime,
        why: str,
    ) -> None:  # fmt: skip
        """Add a greeting as the lead's next step, by a member of a side or by a team."""
        side, owner = who
        pursuit.step = Step(side, NextKind.TASK, owner, why, due_at)
        row = [None, int(TaskKind.GREET), pursuit.id, owner, team, int(side), why, ""]
        self.tasks.append([*row, self.job.now, due_at, 1, ""])

    def change(self, change: Change) -> None:
        """Add a stage change."""
        self.rows["change"].append(
            (
                *(self.job.workspace.id, change.lead_id, change.from_stage),
                *(int(change.to_stage), int(change.origin), change.happened_at, change.known_at),
                *(self.job.now, "import", self.job.run.started_by_id, change.because),
            )
        )

    def assigned(self, pursuit: Pursuit, reasons: str) -> None:
        """Add why the owners of a new lead are who they are, as JSON; nothing where it is ""."""
        if reasons:
            where = (self.job.workspace.id, pursuit.id, self.job.now)
            who = ("import", self.job.run.started_by_id)
            self.rows["assignment"].append((*where, *who, reasons))

    def fault(self, fault: Fault, raw: str | None) -> None:
        """Add a fault with the row as it came."""
        where = (self.job.workspace.id, self.job.run.id, fault.row, fault.field[:120])
        self.rows["fault"].append((*where, fault.message[:400], fault.taken, raw))

    def finish(self) -> None:
        """Make rows of all that was collected; from here on nothing of it changes."""
        self._number(self.touches, "touch")
        self._number(self.tasks, "task")
        for task in self.tasks:
            step = self.pursuits[task[2]].step
            assert step is not None
            step.task_id = task[0]
        self._add_findings()
        self._add_landed()
        self._add_leads()
        self._add_told()

    def _number(self, rows: list[list[Any]], kind: str) -> None:
        for row, number in zip(rows, tables.reserve(self.cursor, kind, len(rows)), strict=True):
            row[0] = number
            self.rows[kind].append((self.job.workspace.id, *row))

    def _add_findings(self) -> None:
        job, source = self.job, f"import {self.job.run.id}"
        spoken = sum(told.text is not None for _, told, _, _ in self.findings)
        numbers = iter(tables.reserve(self.cursor, "text", spoken))
        for lead, told, at, touch in self.findings:
            text = None if told.text is None else next(numbers)
            if text is not None:
                whose = (lead, self.pursuits[lead].contact_id, told.text, False)
                who = (job.run.started_by_id, job.now)
                self.rows["text"].append((job.workspace.id, text, "finding", *whose, *who))
            place = (job.workspace.id, lead, int(told.section), told.field, 0)
            value = (text, text is not None, told.number, told.day, False)
            rest = (int(Confidence.MEDIUM), source, touch[0] if touch else None)
            self.rows["finding"].append((*place, *value, *rest, at, told.known_at, job.now))

    def _add_landed(self) -> None:
        workspace, run = self.job.workspace.id, self.job.run.id
        for row, fate, lead, touch in self.landed:
            self.counts[fate.name.lower()] += 1
            self.rows["row"].append(
                (workspace, run, row, int(fate), lead, touch[0] if touch else None)
            )

    def _add_leads(self) -> None:
        for pursuit in self.pursuits.values():
            if pursuit.is_new:
                self.rows["lead"].append(self._lead(pursuit))
                self.rows["standing"].append((self.job.workspace.id, *self._standing(pursuit)))
        # One row a lead: a row a word would be seven times as many.
        self.rows["words"] = [
            (lead, self.pursuits[lead].is_new, " ".join(words))
            for lead, words in self.words.items()
        ]

    def _lead(self, p: Pursuit) -> tuple[Any, ...]:
        origin = Origin.CAPTURED if p.captured else Origin.IMPORTED
        who = (self.job.workspace.id, p.id, p.account_id, p.contact_id, p.external_id)
        what = (p.title, p.need, p.source_id, p.campaign_id, int(origin), p.previous_id)
        owners = (p.marketing_owner_id, p.pd_owner_id, p.sales_owner_id, p.firm_id)
        times = (p.entered_at, p.known_at, self.job.now)
        return (*who, *what, *owners, *times, p.amount, p.close_on, self.job.run.id)

    def _standing(self, p: Pursuit) -> tuple[Any, ...]:
        step = p.step
        assert step is not None
        where = (p.id, int(p.stage), p.stage_since, int(step.whose_move))
        side = int(step.whose_move) if step.kind else None
        follows = (step.kind and int(step.kind), side, step.owner_id, step.why, step.at)
        rule = step.recheck_rule and int(step.recheck_rule)
        return (*where, *follows, step.task_id, rule, step.recheck_on, step.closed_because, p.heat)

    def _add_told(self) -> None:
        known = [p for p in self.pursuits.values() if not p.is_new]
        self.told["lead"] = [
            (
                *(p.id, p.title, p.need, p.external_id, p.marketing_owner_id, p.pd_owner_id),
                *(p.sales_owner_id, p.amount, p.close_on, p.contact_id, p.account_id),
            )
            for p in known
            if p.is_told
        ]
        self.told["standing"] = [self._told_standing(p) for p in known if p.step or p.warmed]
        self.ended = [p.id for p in known if p.step and p.step.kind is not NextKind.TASK]

    def _told_standing(self, p: Pursuit) -> tuple[Any, ...]:
        if p.step is None:
            return (p.id, True, *([None] * 12), p.heat)
        lead, *rest = self._standing(p)
        return (lead, False, *rest)
