"""What somebody typed is never lost: a wrong form comes back with a sentence at its field."""

from typing import Any

import pytest

from leadfarm.leads.actions import make_task
from leadfarm.leads.models import Account, Contact, Finding, Lead, PersonalText, Task
from leadfarm.rules.codes import Disposition, Side, TaskKind
from tests.world import World

LONG = "Très long 🙂 " * 800
CALLBACK = str(Disposition.CALLBACK.value)


@pytest.fixture
def lead(world: World) -> Lead:
    with world.inside():
        return world.captures("Ines Hallbauer", of="Tessmer")


# Where it goes, what is sent, the sentence, and what must stand in the page as it was typed.
WRONG_ON_A_LEAD: list[tuple[str, dict[str, str], str, str]] = [
    ("calls/", {"call-disposition": CALLBACK, "call-said": "Ring <after> ten 🙂"},
     "give the date and time you agreed on", "Ring &lt;after&gt; ten 🙂"),
    ("notes/", {"note-body": LONG}, "at most 8000 characters", "Très long 🙂 Très long"),
    ("notes/", {"note-body": "  "}, "This field is required", "<dialog"),
    ("comments/", {"comment-body": LONG}, "at most 4000 characters", "Très long 🙂 Très long"),
    ("tasks/", {"task-kind": "4", "task-due_at": "soon", "task-why": "They asked"},
     "Enter a valid date/time", 'value="They asked"'),
    ("findings/", {"line": "b 40k", "true_on": "2999-01-01"}, "still to come", 'value="b 40k"'),
    ("findings/", {"line": "b 40k", "place": "99.no"}, "Select a valid choice", 'value="b 40k"'),
    ("need/", {"title": "", "need": "Spares in a day"}, "This field is required",
     'value="Spares in a day"'),
    ("group/", {"part-email": "nobody", "part-given_name": "Vera"}, "This is no e-mail address",
     'value="Vera"'),
    ("owners/", {"side": "2"}, "This field is required", "Change an owner"),
]  # fmt: skip


def test_every_form_of_the_lead_page_comes_back_as_it_was_typed(world: World, lead: Lead) -> None:
    client = world.client(world.ana)
    for path, typed, sentence, kept in WRONG_ON_A_LEAD:
        answer = client.post(world.address(f"leads/{lead.id}/{path}"), typed)
        page = answer.content.decode()
        assert answer.status_code == 400, path
        assert sentence in page, path
        assert kept in page, path
        assert 'aria-invalid="true"' in page, path
        assert page.count(" data-again") == (0 if path == "comments/" else 1), path
        assert f'href="{world.address(f"leads/{lead.id}/")}?who=people#timeline"' in page, path
    with world.inside():
        assert not Finding.objects.of(world.workspace).filter(lead=lead).exists()
        assert not PersonalText.objects.of(world.workspace).filter(lead=lead).exists()
        assert not Task.objects.of(world.workspace).filter(lead=lead, kind=TaskKind.CALL).exists()


def test_what_is_wrong_on_a_person_or_a_company_comes_back_too(world: World, lead: Lead) -> None:
    client = world.client(world.ada)
    person, company = f"contacts/{lead.contact_id}/", f"accounts/{lead.account_id}/"
    consent = {"consent-purpose": "1", "consent-basis": "1", "consent-wording": "Yes, send me news"}
    for path, typed, sentence, kept in (
        (person + "consents/", consent | {"consent-happened_on": "2999-01-01",
         "consent-source": "folder 7"}, "This day is still to come", "Yes, send me news"),
        (person + "consents/", consent, "This field is required", "Yes, send me news"),
        (person + "corrections/", {"correction-email": "x@", "correction-job_title": "Chief 🙂"},
         "This is no e-mail address", 'value="Chief 🙂"'),
        (person + "rights/", {"request-note": "A letter"}, "This field is required", "A letter"),
        (company + "profile/", {"name": "Tessmer", "industry": "Pumps", "employees": "many"},
         "Enter a whole number", 'value="Pumps"'),
    ):  # fmt: skip
        answer = client.post(world.address(path), typed)
        page = answer.content.decode()
        assert answer.status_code == 400, path
        assert sentence in page, path
        assert kept in page, path
    with world.inside():
        assert Contact.objects.of(world.workspace).get(id=lead.contact_id).job_title == ""
        assert Account.objects.of(world.workspace).get(id=lead.account_id).industry == ""


def test_a_task_whose_lines_cannot_be_kept_stays_with_its_words(world: World, lead: Lead) -> None:
    with world.inside():
        task = make_task(
            lead, TaskKind.CALL, side=Side.PD, why="Call", due_at=world.now, now=world.now,
            owner_id=world.ana.id,
        )  # fmt: skip
    typed: dict[str, Any] = {"said": "Many things", "entries": "b 40k\n" * 31}
    typed |= {"disposition": str(Disposition.NOT_NOW.value)}
    client = world.client(world.ana)
    page = client.post(world.address(f"tasks/{task.id}/completion/"), typed).content.decode()
    assert "More than 30 entries at once" in page
    assert "Many things" in page
    page = client.post(world.address(f"tasks/{task.id}/due/"), {"due_at": "soon"}).content.decode()
    assert "Enter a valid date/time" in page
    with world.inside():
        assert Task.objects.of(world.workspace).get(id=task.id).done_at is None
