"""While one chunk of a file is written the next is decided: nobody comes in twice for it (S1-4)."""

import random
from collections import Counter
from concurrent.futures import wait

import pytest

from leadfarm.access.walls import within
from leadfarm.intake.codes import ImportState
from leadfarm.intake.importing.ahead import Ahead
from leadfarm.intake.importing.deciding import Decided
from leadfarm.intake.importing.prepared import Prepared
from leadfarm.intake.importing.writing import Writer
from leadfarm.intake.models import ImportedRow
from leadfarm.leads.models import (
    Account,
    Contact,
    Finding,
    Lead,
    SearchWord,
    StageChange,
    Standing,
    Touch,
)
from tests.intake.files import bring, counts
from tests.lawful import broken_in
from tests.world import World, make_world

HEAD = "id,email,name,phone,job,company,country,industry,need,owner,stage,stage date,created,budget"
TARGETS = (
    *("external_id", "email", "full_name", "phone", "job_title", "company", "country"),
    *("industry", "need", "sales_owner", "stage", "stage_at", "entered_at"),
)
MAPPING = {
    "columns": dict(zip(HEAD.split(",")[:-1], TARGETS, strict=True))
    | {"budget": {"to": "finding", "section": "budget", "field": "amount", "type": "number"}}
}


def of_few_people(rows: int, seed: int) -> str:
    """Return a file in which a few people come again and again and each row tells another part."""
    chance, lines = random.Random(seed), [HEAD]
    for _ in range(rows):
        who = chance.randrange(rows // 5)
        company = who % 7
        told = [
            f"X-{who}" if chance.random() < 0.2 else "",
            f"p{who}@c{company}.example" if chance.random() < 0.7 else "",
            f"Person {who}" if chance.random() < 0.8 else "",
            f"+49 30 4455{who:04d}" if chance.random() < 0.6 else "",
            chance.choice(["", "Buyer", "Head of IT"]),
            f"Company {company}" if chance.random() < 0.8 else "",
            chance.choice(["", "DE", "FR"]),
            chance.choice(["", "Pumps", "Paper"]),
            chance.choice(["", "", "Drives", "Sensors"]),
            chance.choice(["", "", "Tomas Brandt", "Somebody Gone"]),
            chance.choice(["", "", "Nurturing", "Lost"]),
            f"2025-03-{chance.randint(10, 28)}",
            f"2025-02-{chance.randint(10, 28)}",
            chance.choice(["", "", "4000", "9000"]),
        ]
        lines.append(",".join(told))
    return "\n".join(lines) + "\n"


def test_s1_4_a_chunk_decided_ahead_ends_as_one_decided_when_all_before_was_in(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, flown = Ahead._written, list[int]()

    def ahead(self: Ahead, decided: Decided) -> bool:
        wait([self.deciding])  # the next is decided before this one is in
        upcoming = self.deciding.result()
        flown.append(len(upcoming.out.landed) if upcoming else 0)
        return whole(self, decided)

    def one_by_one(self: Ahead, prepared: Prepared) -> None:
        self.reading = self.hand.submit(self._read, prepared.last_row)
        self._bring_in_anew(prepared)

    calm = make_world()
    for seed in (1, 2):
        content = of_few_people(150, seed)
        monkeypatch.setattr(Ahead, "_written", ahead)
        here = bring(world, content, MAPPING, chunk=11)
        with monkeypatch.context() as patched:
            patched.setattr(Ahead, "bring_in", one_by_one)
            there = bring(calm, content, MAPPING, chunk=11)
        assert (here.state, counts(here)) == (ImportState.DONE, counts(there))
        assert picture(world) == picture(calm)
        assert broken_in(world.workspace.id) == []
    assert sum(flown) > 200, "nothing was decided ahead"


def picture(world: World) -> dict[str, object]:
    """Return all that an import leaves, without ids."""
    here = world.workspace
    person = ("contact__email", "contact__given_name", "contact__phone_key")
    wanted = {
        Account: ("name", "domain", "country", "industry"),
        Contact: ("email_key", "given_name", "family_name", "phone_key", "job_title", "country",
                  "account__name"),
        Lead: (*person, "account__name", "external_id", "need", "entered_at",
               "previous_lead__external_id", "sales_owner__name"),
        Standing: ("lead__contact__email", "stage", "stage_since", "next_kind", "next_why"),
        Touch: (*person, "kind", "happened_at"),
        StageChange: ("lead__contact__email", "from_stage", "to_stage", "happened_at", "because"),
        Finding: ("lead__contact__email", "field", "value_number"),
        SearchWord: ("lead__contact__email", "word"),
        ImportedRow: ("row", "fate"),
    }  # fmt: skip
    return {
        table.__name__: Counter(table.objects.of(here).values_list(*columns))  # type: ignore[attr-defined]
        for table, columns in wanted.items()
    }


def test_s1_4_who_is_written_by_others_meanwhile_is_decided_anew(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    with world.inside():
        vera, otto = world.captures("Vera Lind").contact, world.captures("Otto Brandt").contact
    assert vera
    assert otto
    whole, tries = Writer.write, list[int]()

    def meddled(self: Writer, decided: Decided, *, heed: bool = True) -> None:
        tries.append(decided.prepared.after)
        if len(tries) == 1:
            with within(world.workspace):
                Contact.objects.of(world.workspace).filter(id=vera.id).update(job_title="Owner")
                world.captures("Otto Brandt", of="Elsewhere")
                Contact.objects.create(
                    workspace=world.workspace, given_name="Ines", email="ines@new.example",
                    email_key="ines@new.example", recorded_at=world.now,
                )  # fmt: skip
        whole(self, decided, heed=heed)

    monkeypatch.setattr(Writer, "write", meddled)
    lines = f"email,name,job title\n{vera.email},Vera Lind,Buyer\n{otto.email},Otto Brandt,Buyer\n"
    lines += "ines@new.example,Ines Sol,Buyer\n" * 2
    run = bring(world, lines, chunk=2)
    assert run.done_rows == sum(counts(run).values()) == 4
    assert tries[0] == tries[1], "what others changed was written over"
    with world.inside():
        vera.refresh_from_db()
        assert vera.job_title == "Owner"
        ines = Contact.objects.of(world.workspace).get(email_key="ines@new.example")
        assert (ines.family_name, ines.job_title) == ("Sol", "Buyer")
        assert Lead.objects.of(world.workspace).filter(contact=ines).count() == 1
    assert broken_in(world.workspace.id) == []
