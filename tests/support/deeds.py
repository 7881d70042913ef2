"""What can happen in a town: doors, people at work, verdicts, programs, files, merges, changes."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from leadfarm.access.actors import Actor
from leadfarm.engine.errors import LeadfarmError
from leadfarm.intake.actions.capture import capture
from leadfarm.intake.arrival import Sent
from leadfarm.intake.codes import ImportKind, ImportState, RecordKind
from leadfarm.intake.importing.undo import undo_import
from leadfarm.intake.merging import Choice, merge, undo_merge
from leadfarm.intake.models import ImportRun, Merge
from leadfarm.leads import actions
from leadfarm.leads.actions.by_hand import enter_by_hand, hand_in
from leadfarm.leads.actions.written import Written
from leadfarm.leads.models import Account, Contact, Task
from leadfarm.nurture.actions import pause, resume
from leadfarm.nurture.ticks import enrol
from leadfarm.qualification import actions as verdicts
from leadfarm.rules.codes import (
    Disposition,
    DisqualifyReason,
    DormantReason,
    FindingSection,
    ForecastCategory,
    LossReason,
    RecheckRule,
    RecycleReason,
    RejectReason,
    Role,
    Side,
    TaskKind,
    TouchKind,
)
from leadfarm.rules.stages import OPEN, SLEEPING, WORKABLE, Stage
from tests.intake.files import bring
from tests.support.arrivals import DOORS_OPEN
from tests.support.changes import EVERY_SIDE, PEOPLE_CHANGE
from tests.support.company import THE_COMPANY_CHANGES
from tests.support.rights import RIGHTS
from tests.support.town import Deed, Town

COUNTRIES = ("DE", "AT", "FR", "SE", "")
ASKING = (TouchKind.CONTACT_US, TouchKind.FORM, TouchKind.DOWNLOAD, TouchKind.LIST_ENTRY)
AFTER_MONTHS = verdicts.Recheck(RecheckRule.AFTER_MONTHS, months=3)


def someone_comes(town: Town) -> None:
    chance = town.chance
    sent = Sent(
        email=town.address(),
        kind=chance.choice(ASKING),
        family_name=f"Name {chance.randint(1, 99)}",
        country=chance.choice(COUNTRIES),
        need=chance.choice(["", "Pumps", "Drives", "Service"]),
        source=chance.choice([None, town.source]),
    )
    with town.world.inside():
        by = Actor(chance.choice(["form", "api"]))
        capture(town.workspace, sent, now=town.now, by=by)


def someone_is_entered_by_hand(town: Town) -> None:
    with town.world.inside():
        who = town.here(Role.PD, Role.SALES_REP, Role.MARKETER)
        written = Written("Jo", f"Hand {town.number}", email=town.address(), company="Hand Ltd")
        by = Actor.of(who)
        enter_by_hand(town.workspace, written, (who.side, who.id), by=by, now=town.now)


def the_firm_hands_in(town: Town) -> None:
    fred = town.world.fred
    fred.refresh_from_db()
    if fred.left_at is not None or fred.firm_id is None:
        raise LeadfarmError("Fred is not there.")
    with town.world.inside(town.world.firm):
        hand_in(town.workspace, Written("Al", "Rivet", email=town.address()), by=fred, now=town.now)


def a_file_comes(town: Town) -> None:
    chance, rows = town.chance, []
    for _ in range(chance.randint(1, 12)):
        entered = town.now - timedelta(days=chance.choice([0, 0, 1, 40, 400]))
        touch = chance.choice(["form", "list-entry", "contact-us"])
        owner = chance.choice(["", "", "Tomas Okafor", "Somebody Else"])
        rows.append(f"{town.address()},{entered:%Y-%m-%d},{touch},{owner}")
    text = "\n".join(["email,entered_at,touch,sales_owner", *rows])
    bring(town.world, text, None, ImportKind.LEADS, town.now, f"f{town.number}.csv")


def an_import_is_undone(town: Town) -> None:
    with town.world.inside():
        done = ImportRun.objects.of(town.workspace).filter(state=ImportState.DONE)
        undo_import(town.any_of(done.order_by("-id")[:9]), by=town.world.mei, now=town.now)


def a_task_is_done(town: Town) -> None:
    with town.world.inside():
        task = _task(town)
        said = (
            town.chance.choice(list(Disposition)) if TaskKind(task.kind).needs_disposition else None
        )
        when = town.day(0, 20) if said and (said.needs_date or town.chance.random() < 0.3) else None
        outcome = actions.Outcome(said, "We spoke.", when, 4)
        by = Actor("member", task.owner_id or town.here().id)
        actions.complete_task(task, outcome, by=by, now=town.now)


def a_task_is_moved(town: Town) -> None:
    with town.world.inside():
        task, how = _task(town), town.chance.randint(1, 3)
        if how == 1:
            actions.snooze(task, town.day())
        elif how == 2:
            actions.reschedule(task, town.day())
        else:
            actions.reassign(task, town.here().id)


def a_task_is_planned(town: Town) -> None:
    with town.world.inside():
        lead = town.lead(*OPEN)
        kind = town.chance.choice(list(TaskKind))
        side = town.chance.choice(EVERY_SIDE)
        who = town.here()
        actions.make_task(
            lead, kind, side=side, why="Planned by hand", due_at=town.day(0), now=town.now,
            owner_id=who.id, is_next=False,
        )  # fmt: skip


def somebody_writes_or_calls(town: Town) -> None:
    with town.world.inside():
        kind = town.chance.choice([TouchKind.MAIL_REPLIED, TouchKind.CALL, TouchKind.MEETING])
        said = town.chance.choice(list(Disposition)) if kind is TouchKind.CALL else None
        by = Actor.of(town.here())
        actions.record_touch(
            town.lead(), kind, happened_at=town.now, now=town.now, actor=by, disposition=said
        )


def something_is_learned(town: Town) -> None:
    with town.world.inside():
        lead, by = town.lead(), Actor.of(town.here())
        fact = actions.Fact(town.chance.choice(list(FindingSection)), "Said so")
        actions.learn(lead, fact, by=by, now=town.now)
        actions.name_need(lead, "Quieter pumps", by=by, now=town.now)


def one_is_delivered(town: Town) -> None:
    with town.world.inside():
        lead, by = town.lead(Stage.INQUIRY, Stage.NURTURING), Actor.of(town.here(Role.PD))
        actions.name_need(lead, "Quieter pumps", by=by, now=town.now)
        lead.refresh_from_db()
        said = Disposition.HELP_NOW
        actions.record_touch(
            lead, TouchKind.CALL, happened_at=town.now, now=town.now, actor=by, disposition=said
        )
        actions.learn(lead, actions.Fact(FindingSection.BUDGET, "Much"), by=by, now=town.now)
        verdicts.deliver(lead, by=by, now=town.now)


def one_is_answered(town: Town) -> None:
    with town.world.inside():
        lead, who = town.lead(Stage.SALES_READY), town.here(Role.SALES_REP, Role.MANAGER)
        if town.chance.random() < 0.6:
            verdicts.accept(lead, by=who, now=town.now)
            return
        reason, to = town.chance.choice(list(RejectReason)), town.here(Role.SALES_REP)
        verdicts.reject(lead, verdicts.Rejection(reason, "No", 0, to), by=who, now=town.now)


def one_is_judged(town: Town) -> None:
    chance = town.chance
    with town.world.inside():
        lead, by = town.lead(*OPEN, Stage.DORMANT), Actor.of(town.here())
        how = chance.randint(1, 4)
        if how == 1:
            reason = chance.choice([one for one in DisqualifyReason if not one.allows_never])
            verdicts.disqualify(lead, reason, AFTER_MONTHS, by=by, now=town.now)
        elif how == 2:
            day = town.day().date()
            reason_of = chance.choice(list(RecycleReason))
            verdicts.recycle(lead, reason_of, day, by=by, now=town.now)
        else:
            lead = town.lead(Stage.ACCEPTED)
            actions.record_touch(
                lead, TouchKind.CALL, happened_at=town.now, now=town.now, actor=by,
                disposition=Disposition.HELP_NOW,
            )  # fmt: skip
            verdicts.qualify(
                lead, amount=Decimal(900), close_on=town.day().date(),
                forecast=ForecastCategory.PIPELINE, by=by, now=town.now,
            )  # fmt: skip


def one_is_closed_or_opened_again(town: Town) -> None:
    with town.world.inside():
        by, how = Actor.of(town.here()), town.chance.randint(1, 3)
        if how == 1:
            lead = town.lead(Stage.QUALIFIED)
            verdicts.win(lead, amount=Decimal(1000), by=by, now=town.now)
        elif how == 2:
            lead, reason = town.lead(Stage.QUALIFIED), town.chance.choice(list(LossReason))
            verdicts.lose(lead, reason, AFTER_MONTHS, by=by, now=town.now, vendor="Other")
        else:
            lead = town.lead(Stage.WON, Stage.LOST)
            verdicts.reopen(lead, because="They called", by=by, now=town.now)


def one_rests_or_wakes(town: Town) -> None:
    with town.world.inside():
        by = Actor.of(town.here())
        if town.chance.random() < 0.5:
            lead, reason = town.lead(*WORKABLE), DormantReason.NO_RESPONSE
            actions.put_to_sleep(
                lead, to=Stage.DORMANT, reason=reason, rule=RecheckRule.AFTER_MONTHS, months=2,
                by=by, now=town.now,
            )  # fmt: skip
            return
        lead = town.lead(*SLEEPING)
        step = actions.plan_review(Side.PD, town.day(), "Woken", lead.pd_owner_id)
        actions.wake(lead, because="It is time", by=by, now=town.now, next_step=step)


def some_enter_a_program(town: Town) -> None:
    with town.world.inside():
        leads = [town.lead(*WORKABLE).id for _ in range(4)]
        enrol(town.program(), leads, town.now)


def a_program_pauses_or_goes_on(town: Town) -> None:
    with town.world.inside():
        (pause if town.chance.random() < 0.3 else resume)(town.program(), now=town.now)


def the_clock_ticks(town: Town) -> None:
    town.ticks()


def two_become_one(town: Town) -> None:
    with town.world.inside():
        kind = town.chance.choice(list(RecordKind))
        model = Contact if kind is RecordKind.CONTACT else Account
        ids = list(model.objects.of(town.workspace).order_by("id").values_list("id", flat=True))
        if len(ids) < 2:
            raise LeadfarmError("There are not two.")
        one, other = town.chance.sample(ids, 2)
        merge(town.workspace.id, Choice(kind, one, other), by=town.world.mei, now=town.now)


def one_becomes_two_again(town: Town) -> None:
    with town.world.inside():
        merges = Merge.objects.of(town.workspace).filter(undone_at=None).order_by("-id")
        undo_merge(town.any_of(merges[:20]), by=town.world.mei, now=town.now)


def _task(town: Town) -> Task:
    undone = Task.objects.of(town.workspace).filter(done_at=None, cancelled_at=None)
    return town.any_of(undone.select_related("lead").order_by("id"))


DEEDS: list[tuple[int, Deed]] = [
    (14, someone_comes),
    (4, someone_is_entered_by_hand),
    (2, the_firm_hands_in),
    (3, a_file_comes),
    (1, an_import_is_undone),
    (14, a_task_is_done),
    (4, a_task_is_moved),
    (4, a_task_is_planned),
    (6, somebody_writes_or_calls),
    (4, something_is_learned),
    (6, one_is_delivered),
    (5, one_is_answered),
    (6, one_is_judged),
    (3, one_is_closed_or_opened_again),
    (4, one_rests_or_wakes),
    (5, some_enter_a_program),
    (1, a_program_pauses_or_goes_on),
    (8, the_clock_ticks),
    (3, two_become_one),
    (2, one_becomes_two_again),
    *DOORS_OPEN,
    *RIGHTS,
    *PEOPLE_CHANGE,
    *THE_COMPANY_CHANGES,
]
