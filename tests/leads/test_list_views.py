"""Saved views, export and entry by hand (UX 6 and 13, S1-4)."""

import csv
import io
import json

from leadfarm.access.models import AuditEntry
from leadfarm.leads.models import Contact, Lead, SavedView, Touch
from leadfarm.rules.codes import TouchKind
from tests.world import World

CLAUSE = json.dumps({"all": [{"field": "stage", "operator": "is", "value": "inquiry"}]})


def save(world: World, name: str = "Fresh ones", **more: str) -> SavedView:
    sent = {"name": name, "f": CLAUSE, "sort": "-heat", "columns": "stage due", **more}
    world.client(world.ana).post(world.address("leads/views/"), sent)
    with world.inside():
        return SavedView.objects.of(world.workspace).get(name=name)


def tabs(world: World, who: str) -> list[str]:
    answer = world.client(getattr(world, who)).get(world.address("leads/"))
    return [tab["label"] for tab in answer.context["tabs"]]


def test_a_view_keeps_filter_order_and_columns_under_its_name(world: World) -> None:
    view = save(world)
    answer = world.client(world.ana).get(world.address(f"leads/?view=v{view.id}"))
    asked = answer.context["asked"]
    assert (asked.said, asked.order.name, asked.columns) == (
        "Stage is Inquiry.",
        "-heat",
        ("stage", "due"),
    )


def test_own_views_are_their_owners_and_shared_ones_are_everybodys(world: World) -> None:
    save(world, "Mine alone")
    save(world, "For all", shared="on")
    assert {"Mine alone", "For all"} <= set(tabs(world, "ana"))
    assert "Mine alone" not in tabs(world, "mei")
    assert "For all" in tabs(world, "mei")
    assert "For all" not in tabs(world, "fred")  # a view's name can name a prospect (law 9)


def test_only_its_owner_changes_a_view(world: World) -> None:
    view = save(world, shared="on")
    mei = world.client(world.mei)
    for path in (f"leads/views/{view.id}/", f"leads/views/{view.id}/delete/"):
        assert mei.post(world.address(path), {"name": "Taken"}).status_code == 404
    ana = world.client(world.ana)
    ana.post(world.address(f"leads/views/{view.id}/"), {"name": "Renamed", "f": CLAUSE})
    assert "Renamed" in tabs(world, "ana")


def test_a_deleted_view_comes_back_by_its_toast_for_its_owner_alone(world: World) -> None:
    view = save(world)
    client = world.client(world.ana)
    page = client.post(world.address(f"leads/views/{view.id}/delete/"), follow=True)
    assert "Fresh ones" not in [tab["label"] for tab in page.context["tabs"]]
    [message] = list(page.context["messages"])
    back = message.extra_tags.removeprefix("undo=")
    assert world.client(world.mei).post(back).status_code == 404
    client.post(back)
    assert "Fresh ones" in tabs(world, "ana")


def test_a_name_taken_is_said_in_words(world: World) -> None:
    save(world)
    sent = {"name": "Fresh ones", "f": CLAUSE}
    page = world.client(world.ana).post(world.address("leads/views/"), sent, follow=True)
    assert "You have a view called Fresh ones already" in page.content.decode()


def rows(world: World, path: str) -> list[dict[str, str]]:
    answer = world.client(world.ana).get(world.address(path))
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    return list(csv.DictReader(io.StringIO(text)))


def test_an_export_holds_what_is_listed_and_runs_in_no_spreadsheet(world: World) -> None:
    with world.inside():
        lead = world.captures("=HYPERLINK(1) Evil", of="Nordpump")
        other = world.captures("Vera Lind", of="Tessmer")
    found = rows(world, "leads.csv?q=nordpump")
    assert [row["person"] for row in found] == ["'=HYPERLINK(1) Evil"]
    assert [row["lead"] for row in rows(world, f"leads.csv?lead={other.id}")] == [str(other.id)]
    assert {row["lead"] for row in rows(world, "leads.csv")} == {str(lead.id), str(other.id)}


def test_an_export_leaves_a_trace_a_firms_too(world: World) -> None:
    for who in (world.ana, world.fred):
        answer = world.client(who).get(world.address("leads.csv"))
        b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    with world.inside():
        trail = AuditEntry.objects.of(world.workspace).filter(action="leads.export")
        assert {entry.member_id for entry in trail} == {world.ana.id, world.fred.id}


WRITTEN = {
    "given_name": "Ines",
    "family_name": "Hallbauer",
    "email": "Ines@Tessmer.example",
    "company": "Tessmer",
    "need": "Spares",
    "kind": str(TouchKind.CONTACT_US.value),
}


def test_s1_4_the_same_person_entered_twice_is_one_contact_and_one_lead(world: World) -> None:
    client = world.client(world.ana)
    first = client.post(world.address("leads/new/"), WRITTEN, follow=True)
    assert "Entered as a new lead" in first.content.decode()
    again = {**WRITTEN, "email": "ines@tessmer.example"}
    second = client.post(world.address("leads/new/"), again, follow=True)
    assert "It is there already" in second.content.decode()
    with world.inside():
        assert Contact.objects.of(world.workspace).count() == 1
        [lead] = Lead.objects.of(world.workspace)
        assert lead.pd_owner_id == world.ana.id
        asked = Touch.objects.of(world.workspace).filter(lead_id=lead.id, kind=WRITTEN["kind"])
        assert asked.count() == 2


def test_a_lead_is_about_somebody_and_an_address_is_one(world: World) -> None:
    client = world.client(world.ana)
    kind = {"kind": WRITTEN["kind"]}
    nobody = client.post(world.address("leads/new/"), kind)
    assert "Name a person or a company" in nobody.content.decode()
    wrong = client.post(world.address("leads/new/"), {**kind, "email": "ines at tessmer"})
    assert "This is no e-mail address" in wrong.content.decode()


def test_law_9_a_firm_sees_no_foreign_company_or_person(world: World) -> None:
    with world.inside():
        ours = world.captures("Vera Lind", of="Nordpump")
        theirs = world.captures("Ida Pons", of="Tessmer", firm=world.firm)
    ana, fred = world.client(world.ana), world.client(world.fred)
    for lead, seen in ((ours, 404), (theirs, 200)):
        for path in (f"accounts/{lead.account_id}/", f"contacts/{lead.contact_id}/"):
            assert ana.get(world.address(path)).status_code == 200
            assert fred.get(world.address(path)).status_code == seen
