"""Imports that are killed go on, and imports that were wrong are undone (S1-4, UX 8)."""

import pytest

from leadfarm.access.actors import Actor
from leadfarm.consent.actions import Proof, agree
from leadfarm.consent.actions.rights import ask
from leadfarm.intake.actions import run_import, undo_import
from leadfarm.intake.codes import ImportState, RecordKind
from leadfarm.intake.importing.writing import Writer
from leadfarm.intake.merging import Choice, merge
from leadfarm.intake.models import ImportRun
from leadfarm.intake.queries import raw_row
from leadfarm.leads.actions import record_touch
from leadfarm.leads.models import Contact, Finding, Lead, StageChange, Touch
from leadfarm.rules.codes import TouchKind
from leadfarm.rules.consent import Purpose
from leadfarm.rules.privacy import RequestKind
from leadfarm.rules.stages import Stage
from tests.intake.files import bring, counts, put
from tests.lawful import broken_in
from tests.world import World

FILE = "email,name\n" + "".join(f"p{n}@x{n}.example,Person {n}\n" for n in range(25))


class Killed(BaseException):
    """What a SIGKILL looks like from inside."""


def test_an_import_killed_anywhere_goes_on_without_doubles(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = put(world, FILE)
    whole = Writer._count
    for survived in (0, 2):
        seen: list[int] = []

        def killed(*given: object, seen: list[int] = seen, survived: int = survived) -> str:
            if len(seen) == survived:
                raise Killed
            seen.append(1)
            return whole(*given)  # type: ignore[arg-type]

        monkeypatch.setattr(Writer, "_count", killed)
        with world.as_worker(), pytest.raises(Killed):
            run_import(run, now=world.now, chunk=7)
        monkeypatch.setattr(Writer, "_count", whole)
        with world.inside():
            run = ImportRun.objects.of(world.workspace).get(id=run.id)
            assert Lead.objects.of(world.workspace).count() == run.created
    with world.as_worker():
        done = run_import(run, now=world.now, chunk=7)
    assert done.state == ImportState.DONE
    assert counts(done) == {"created": 25}
    with world.inside():
        assert Touch.objects.of(world.workspace).count() == 25


def test_undo_takes_back_what_the_import_made_and_keeps_what_people_worked_on(
    world: World,
) -> None:
    first = bring(world, "email,name,mood\na@x.example,Ann,good\nb@y.example,Bob,\n", {})
    with world.inside():
        ann = Lead.objects.of(world.workspace).get(contact__given_name="Ann")
        later = world.now.replace(hour=15)
        record_touch(ann, TouchKind.CALL_IN, happened_at=later, now=later, actor=Actor("member"))
    with world.as_worker():
        undone = undo_import(first, by=None, now=later)
    assert (undone.removed, list(undone.kept)) == (1, [ann.id])
    with world.inside():
        assert [lead.id for lead in Lead.objects.of(world.workspace)] == [ann.id]
        assert [c.given_name for c in Contact.objects.of(world.workspace)] == ["Ann"]


def test_undo_keeps_people_whom_other_leads_their_own_word_or_a_merge_know(world: World) -> None:
    """They came by the file, and something has happened since that nothing else would tell."""
    names = ("talked", "agreed", "asked", "survivor", "nobody")
    run = bring(world, "email\n" + "".join(f"{name}@{name}.example\n" for name in names))
    later = world.now.replace(hour=15)
    with world.inside():
        people = {one.email.split("@")[0]: one for one in Contact.objects.of(world.workspace)}
        elsewhere = world.captures()
        touched = {"happened_at": later, "now": later, "actor": Actor.of(world.ana)}
        record_touch(elsewhere, TouchKind.CALL, **touched, contact_id=people["talked"].id)
        proof = Proof("1", "By phone", wording="Yes")
        agree(people["agreed"], Purpose.EVENTS, proof, happened_at=later, now=later)
        ask(people["asked"], RequestKind.ACCESS, note="", by=world.ada, now=later)
        assert elsewhere.contact_id
        both = Choice(RecordKind.CONTACT, people["survivor"].id, elsewhere.contact_id)
        merge(world.workspace.id, both, by=world.mei, now=later)
        undo_import(run, by=None, now=later)
        left = {one.email.split("@")[0] for one in Contact.objects.of(world.workspace)}
    assert {*names} - left == {"nobody"}
    assert broken_in(world.workspace.id) == []


def test_undo_takes_outcomes_and_findings_from_leads_that_stay(world: World) -> None:
    bring(world, "id,created date\nq1,2025-05-01\n")
    mapping = {
        "columns": {"id": "external_id", "won": "stage_at", "size": {"to": "finding"}},
        "constants": {"stage": "won"},
    }
    from leadfarm.intake.codes import ImportKind

    later = world.now.replace(hour=12)
    run = bring(world, "id,won,size\nq1,2025-06-01,9\n", mapping, ImportKind.OUTCOMES, later)
    with world.as_worker():
        undo_import(run, by=None, now=later)
    with world.inside():
        lead = Lead.objects.of(world.workspace).get()
        assert world.standing(lead).stage == Stage.RAW
        assert StageChange.objects.of(world.workspace).filter(lead=lead).count() == 1
        assert not Finding.objects.of(world.workspace).exists()


def test_s1_4_the_raw_row_behind_a_touch_can_be_read_again(world: World) -> None:
    bring(world, FILE)
    with world.inside():
        touch = Touch.objects.of(world.workspace).get(contact__email="p7@x7.example")
        assert raw_row(touch) == {"email": "p7@x7.example", "name": "Person 7"}


OVERWRITES = {
    "columns": {
        "id": "external_id", "email": "email", "Job": {"to": "job_title", "overwrite": "always"},
        "Company": {"to": "company", "overwrite": "always"},
        "Owner": {"to": "sales_owner", "overwrite": "always"},
        "Amount": {"to": "amount", "overwrite": "always"},
        "Phone": {"to": "phone", "overwrite": "always"}, "Date": "entered_at",
    },
    "constants": {"touch": "form"},
}  # fmt: skip


def test_ux_8_undo_restores_owners_amounts_and_overwritten_values_of_leads_that_stay(
    world: World,
) -> None:
    titles = "id,email,Job,Company,Owner,Amount,Phone,Date\n"
    bring(
        world,
        titles + "q1,ann@x.example,Buyer,Xylo,Tomas Berg,100,+46 8 111 111 11,2025-05-01\n"
        "q2,bob@y.example,Clerk,Yards,Tomas Berg,50,,2025-05-01\n",
        OVERWRITES | {"constants": {}},
    )
    with world.inside():
        before = _picture(world)
    later = world.now.replace(hour=12)
    run = bring(
        world,
        titles + f"q1,ann@x.example,CEO,Xylo,Somebody Else,999,+46 8 222 222 22,{later:%Y-%m-%d}\n"
        f"q2,bob@y.example,CFO,Yards,Somebody Else,888,+46 8 333 333 33,{later:%Y-%m-%d}\n"
        f"q3,cy@z.example,CTO,Zinc,Tomas Berg,1,,{later:%Y-%m-%d}\n",
        OVERWRITES, now=later,
    )  # fmt: skip
    assert counts(run) == {"created": 1, "merged": 2}
    with world.inside():
        changed = _picture(world)
        assert changed["q1"]["amount"] == 999
        assert changed["q1"]["stage"] == Stage.INQUIRY
        Contact.objects.of(world.workspace).filter(email="bob@y.example").update(job_title="Chair")
    with world.as_worker():
        undone = undo_import(run, by=None, now=later)
    assert undone.removed == 1
    with world.inside():
        after = _picture(world)
        run.refresh_from_db()
    assert after["q1"] == before["q1"]
    assert after["q2"] == before["q2"] | {"job_title": "Chair"}
    assert len(undone.left_alone) == 1
    assert "keeps its job title, changed since" in run.left_alone[0]


def _picture(world: World) -> dict[str, dict[str, object]]:
    """Return what an import may change of each lead, by external id."""
    found: dict[str, dict[str, object]] = {}
    for lead in Lead.objects.of(world.workspace).select_related("contact"):
        standing = world.standing(lead)
        found[str(lead.external_id)] = {
            "owner": lead.sales_owner_id,
            "amount": lead.amount,
            "job_title": lead.contact.job_title,
            "phone": (lead.contact.phone, lead.contact.phone_key),
            "account": lead.account_id,
            "stage": standing.stage,
            "step": (standing.next_kind, standing.next_why, standing.next_at, standing.task_id),
            "heat": standing.heat,
            "touches": Touch.objects.of(world.workspace).filter(lead=lead).count(),
        }
    return found
