"""Rows of a file of leads: each joins the lead it belongs to, or opens one, and leaves a touch."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from leadfarm.intake.actions.greeting import greeter_of
from leadfarm.intake.codes import RowFate
from leadfarm.intake.importing import outcomes
from leadfarm.intake.importing.checking import late
from leadfarm.intake.importing.companies import Account, Companies
from leadfarm.intake.importing.context import Context
from leadfarm.intake.importing.flight import Flight
from leadfarm.intake.importing.job import FRESH, Job
from leadfarm.intake.importing.output import Output
from leadfarm.intake.importing.overwriting import Overwriting
from leadfarm.intake.importing.people import People, Person
from leadfarm.intake.importing.pursuit import Pursuit
from leadfarm.intake.importing.pursuits import Pursuits
from leadfarm.intake.importing.record import Record
from leadfarm.intake.reading import Fault
from leadfarm.rules import heat as heats
from leadfarm.rules.codes import NextKind, Origin, Side, TouchKind
from leadfarm.rules.names import own_number
from leadfarm.rules.opening import Decision, Opening
from leadfarm.rules.stages import OPEN, Stage


class LeadRows:
    """Takes the records of one chunk, in their order."""

    def __init__(self, cursor: Any, job: Job, context: Context, out: Output) -> None:
        self.cursor, self.job, self.context, self.out = cursor, job, context, out
        self.over = Overwriting.of(job)
        self.pursuits = Pursuits(cursor, job, context.flight.pursuits)
        self.met: set[int] = set()
        self.companies = Companies(cursor, self.over, context.flight.accounts)
        self.people = People(cursor, self.over, context.flight.contacts)

    def take(self, records: Sequence[Record]) -> None:
        """Decide for every record and collect what is to be written."""
        companies = self.companies.resolve(records)
        persons = self.people.resolve(records, [account for account, _ in companies])
        before = self.context.rows_there(records)
        self.pursuits.load(
            records,
            [p.contact[0] for p in persons if p.contact and p.was_there],
            [a[0] for a, r in zip((a for a, _ in companies), records, strict=True)
             if a and not r.external_id],
            before.values(),
        )  # fmt: skip
        self.context.routing.load(a[0] for a, _ in companies if a)
        there = [*self.pursuits.by_id]
        self.context.load_history(
            there, {at for r in records for at in (r.entered_at, r.registered_at) if at}
        )
        self.context.reach(self.pursuits.by_id.values())
        for record, (account, told), person in zip(records, companies, persons, strict=True):
            more = told or person.told
            known = self.pursuits.by_id.get(before.get(record.row, 0))
            self._row(record, account, person, known, more=more)
        self.companies.hand_over(self.out)
        self.people.hand_over(self.out)
        self.met = {p.contact[0] for p in persons if p.contact and p.was_there}

    def fresh(self) -> list[tuple[int, str]]:
        """Return the contacts made, with address or number: what a bar may be known by."""
        return self.people.fresh()

    def known(self) -> dict[str, Collection[int]]:
        """Return the contacts, leads and accounts that were there and are told of."""
        leads = [one.id for one in self.out.pursuits.values() if not one.is_new]
        return {"contacts": self.met, "leads": leads, "accounts": self.companies.told}

    def flight(self) -> Flight:
        """Return what the next chunk must know while this one is being written."""
        return Flight(
            self.companies.latest(),
            self.people.latest(),
            self.out.pursuits,
            frozenset(self.context.registered),
            self.context.told,
            self.context.routing,
        )

    def _row(
        self, record: Record, company: Account | None, person: Person, known: Pursuit | None,
        *, more: bool,
    ) -> None:  # fmt: skip
        contact = person.contact[0] if person.contact else None
        account = company[0] if company else None
        decision = None if known else self.pursuits.decide(record, contact, account)
        pursuit = known
        if decision is not None and decision.lead_id is not None:
            pursuit = self.pursuits.by_id[decision.lead_id]
        if pursuit is None and not self.over.opens:
            self._refuse(record)
        elif pursuit is not None and not pursuit.is_new and not self.over.tells:
            self.out.landed.append((record.row, RowFate.UNCHANGED, pursuit.id, None))
        else:
            pursuit = pursuit or self._open(record, contact, company, decision)
            self._group(pursuit, contact, decision)
            self._land(record, pursuit, contact, account, again=known is not None, more=more)

    def _land(
        self, record: Record, pursuit: Pursuit, contact: int | None, account: int | None,
        *, again: bool, more: bool,
    ) -> None:  # fmt: skip
        """Bring the row to its lead; a row that came `again` leaves no touch."""
        fate = RowFate.CREATED if pursuit.is_new and pursuit.id not in self.out.pursuits else None
        self.out.pursuits.setdefault(pursuit.id, pursuit)
        if fate is None:
            more = self._tell(pursuit, record, contact, account) or more
        refused = record.stage and outcomes.refusal(pursuit, record.stage)
        touch = None if again else self._touch(pursuit, record, contact, fate)
        changed = self._move(pursuit, record, fate, refused or "")
        more = changed or more
        # What such a row tells for the dossier has been told; something newer may be known since.
        if not (again and self.context.earlier.is_mapped_alike):
            more = self.context.add_findings(self.out, pursuit, record, touch) or more
        fate = fate or _fate(touch is not None, more)
        self.out.landed.append((record.row, fate, pursuit.id, touch))
        if fate is not RowFate.UNCHANGED:
            self.out.words[pursuit.id].update(record.words)

    def _refuse(self, record: Record) -> None:
        self.out.counts["rejected"] += 1
        wrong = "No lead here is meant by this row, and this import opens none. Import it as new."
        self.out.fault(Fault(record.row, "", wrong), self.context.raw.get(record.row))

    def _group(self, pursuit: Pursuit, contact: int | None, decision: Decision | None) -> None:
        if decision is not None and decision.opening is Opening.JOIN_GROUP and contact is not None:
            group = (self.job.workspace.id, pursuit.id, contact, self.job.now)
            self.out.rows["member"].append(group)

    def _open(
        self, record: Record, contact: int | None, company: Account | None,
        decision: Decision | None,
    ) -> Pursuit:  # fmt: skip
        entered = record.first_at or self.job.now
        pursuit = Pursuit(
            id=self.pursuits.number(self.context.rows_left(record)),
            contact_id=contact,
            account_id=company[0] if company else None,
            external_id=record.external_id or None,
            need=record.need,
            title=record.title,
            entered_at=entered,
            amount=record.amount,
            close_on=record.close_on,
            is_new=True,
            stage_since=entered,
            known_at=record.known_at,
            previous_id=decision.previous_id if decision else None,
        )
        self._begin(pursuit, record, entered)
        self._own(pursuit, record, company)
        self.pursuits.index(pursuit)
        return pursuit

    def _own(self, pursuit: Pursuit, record: Record, company: Account | None) -> None:
        """Give a new lead its place and its owners: those the row names, else by the rules."""
        self.context.place(pursuit, record)
        self.context.own(pursuit, record, self.over)
        before = self.pursuits.by_id.get(pursuit.previous_id or 0)
        reasons = self.context.routing.fill(pursuit, record, company, before)
        self.out.assigned(pursuit, reasons)

    def _begin(self, pursuit: Pursuit, record: Record, entered: datetime) -> None:
        """Put a new lead at its first stage: told by a file, or a live inquiry."""
        live = record.asks and entered >= self.job.workspace.went_live_at
        pursuit.captured = live
        pursuit.stage = Stage.INQUIRY if record.asks else Stage.RAW
        pursuit.reached = {int(pursuit.stage)}
        origin = Origin.CAPTURED if live else Origin.IMPORTED
        because = record.touch.label if live else f"Imported: {record.touch.label.lower()}"
        self._change(pursuit, None, pursuit.stage, origin, entered, because)

    def _change(
        self, pursuit: Pursuit, before: Stage | None, to: Stage, origin: Origin, at: datetime,
        because: str,
    ) -> None:  # fmt: skip
        known = pursuit.known_at or self.job.now
        self.out.change(outcomes.Change(pursuit.id, before, to, origin, at, known, because))

    def _tell(
        self, pursuit: Pursuit, record: Record, contact: int | None, account: int | None
    ) -> bool:
        """Change what the overwrite rules allow of a lead that is there."""
        before, pick = _columns(pursuit), self.over.pick
        pursuit.title = pick("title", pursuit.title, record.title)
        pursuit.need = pick("need", pursuit.need, record.need)
        pursuit.amount = pick("amount", pursuit.amount, record.amount)
        pursuit.close_on = pick("close_on", pursuit.close_on, record.close_on)
        pursuit.contact_id = pursuit.contact_id or contact
        pursuit.account_id = pursuit.account_id or account
        ours = own_number(self.job.workspace.slug, record.external_id) == pursuit.id
        if record.external_id and not pursuit.external_id and not ours:
            pursuit.external_id = record.external_id
            self.pursuits.by_external[record.external_id] = pursuit
        told = self.context.own(pursuit, record, self.over) or _columns(pursuit) != before
        pursuit.is_told = pursuit.is_told or told
        return told

    def _touch(
        self, pursuit: Pursuit, record: Record, contact: int | None, fate: RowFate | None
    ) -> list[Any] | None:
        """Add the touch that the row is, unless it is known already; warm and greet the lead."""
        at = record.entered_at or self.job.now
        if fate is None and not pursuit.is_new and self.context.knows_touch(pursuit, record):
            return None
        registered = record.registered_at
        if registered and not self.context.knows_registration(pursuit, registered):
            self._warm(pursuit, TouchKind.WEBINAR_REGISTERED, contact, registered, record)
        touch = self._warm(pursuit, record.touch, contact, at, record)
        if fate is None and record.asks and pursuit.stage in (Stage.RAW, Stage.DORMANT):
            self._wake(pursuit, record.touch, at)
        self._greet(pursuit, record, at, fate)
        return touch

    def _warm(
        self, pursuit: Pursuit, kind: TouchKind, contact: int | None, at: datetime, record: Record
    ) -> list[Any]:
        """Add one touch, with the heat it brings."""
        heat_after = None
        if kind.heat:
            heat_after = heats.add(pursuit.heat, kind.heat, at, self.job.half_life)
            pursuit.heat, pursuit.warmed = heat_after, True
        known = record.known_at or self.job.now
        minutes = record.minutes if kind is record.touch else None
        # Of a lead that was there the touch is of the row's campaign all the same.
        campaign = self.context.origins.campaign(record.campaign)[0] if record.campaign else None
        return self.out.touch(pursuit, kind, contact, at, known, heat_after, minutes, campaign)

    def _wake(self, pursuit: Pursuit, kind: TouchKind, at: datetime) -> None:
        """An inquiry brings a raw or dormant lead to Inquiry, unless it is older than that rest."""
        live = at >= self.job.workspace.went_live_at
        if pursuit.stage is Stage.DORMANT and not live:
            return
        origin = Origin.CAPTURED if live else Origin.IMPORTED
        self._change(pursuit, pursuit.stage, Stage.INQUIRY, origin, at, kind.label)
        pursuit.stage, pursuit.stage_since = Stage.INQUIRY, at
        pursuit.reached.add(int(Stage.INQUIRY))
        pursuit.step = outcomes.step_at(pursuit, None, self.job)

    def _greet(self, pursuit: Pursuit, record: Record, at: datetime, fate: RowFate | None) -> None:
        """Plan a greeting for a fresh, live inquiry of a lead that has nothing better to do."""
        fresh = at >= max(self.job.workspace.went_live_at, self.job.now - FRESH)
        waits = fate is not None or pursuit.next_kind == NextKind.REVIEW or pursuit.step is not None
        planned = pursuit.step is not None and pursuit.step.kind is NextKind.TASK
        fits = record.asks and record.stage is None and pursuit.stage in OPEN
        if not (fits and fresh and waits) or planned:
            return
        team, routing = self.context.greeting_team(pursuit), self.context.routing
        who = (Side.PD, None) if team else greeter_of(pursuit, routing.people)
        why = f"{record.touch.label}: can we help now?"
        self.out.task(pursuit, who, team, routing.greet_by(who[1]), why)

    def _move(self, pursuit: Pursuit, record: Record, fate: RowFate | None, refused: str) -> bool:
        """Apply the outcome the row tells, and give a new lead its next step."""
        changed = False
        if record.late and not outcomes.is_behind(record.late, pursuit.stage):
            self.context.flag(self.out, late(record, self.job.workspace.went_live_at))
        if refused:
            self.context.flag(self.out, Fault(record.row, "", refused, taken=True))
        elif record.stage is not None:
            changes = outcomes.apply(pursuit, record, self.job)
            for change in changes:
                self.out.change(change)
            changed = bool(changes)
        if fate is not None and pursuit.step is None:
            pursuit.step = outcomes.step_at(pursuit, record, self.job)
        return changed


def _fate(has_touch: bool, told_more: bool) -> RowFate:
    if has_touch:
        return RowFate.MERGED
    return RowFate.UPDATED if told_more else RowFate.UNCHANGED


def _columns(pursuit: Pursuit) -> tuple[Any, ...]:
    whom = (pursuit.external_id, pursuit.contact_id, pursuit.account_id)
    return (pursuit.title, pursuit.need, pursuit.amount, pursuit.close_on, *whom)
