"""Hosted forms: sent by anyone, greeted by sales, nothing lost of what was typed (S1-4, S2-17)."""

from datetime import UTC, datetime, timedelta

from django.test import Client

from leadfarm.access.actors import Actor
from leadfarm.consent.models import Consent
from leadfarm.intake.actions import replay
from leadfarm.intake.actions.hosting import Settings, change_form, close_form
from leadfarm.intake.codes import ReceiptState
from leadfarm.intake.hosting.design import Answer, Asked, Question, asking, read
from leadfarm.intake.hosting.stamp import Stamp
from leadfarm.intake.models import Form, FormVersion, Receipt, Submission
from leadfarm.leads.models import Contact, Finding, PersonalText, Task
from leadfarm.rules.codes import FindingSection, TouchKind
from leadfarm.rules.consent import Purpose
from tests.intake.hosting import TALK, hidden, opened, send
from tests.world import World

SIZE = Question(
    "q_team_size", Answer.CHOICE, "How large is your team?", choices=("1 to 9", "10 and more"),
    section=FindingSection.PROFILE,
)  # fmt: skip
WISH = Question("q_wish", Answer.LINE, "What would you change?")


def test_a_form_captures_greets_and_keeps_the_consent_as_it_was_seen(world: World) -> None:
    design = asking(
        ["given_name", "need"], purpose=Purpose.INFORMATION, wording="You may write to me."
    )
    form = opened(world, design)
    assert "You may write to me." in Client().get(f"/f/{form.slug}/").content.decode()
    sent = {"email": "Vera@x.example", "given_name": "Vera", "need": "Drives", "consent": "on"}
    answer = send(form, sent)
    assert answer.status_code == 303
    assert "Thank you" in Client().get(answer["Location"]).content.decode()
    with world.inside():
        receipt = Receipt.objects.of(world.workspace).get()
        assert receipt.consent_wording == "You may write to me."
        assert receipt.payload is not None
        assert "Vera@x.example" in receipt.payload.body
        submission = Submission.objects.of(world.workspace).get(receipt=receipt)
        assert set(submission.answered) == {"email", "given_name", "need"}
        assert Task.objects.of(world.workspace).filter(lead=receipt.lead).count() == 1
        consent = Consent.objects.of(world.workspace).get()
        assert (consent.wording, consent.ip) == ("You may write to me.", "127.0.0.1")
        assert consent.wording_version == f"form {form.pk} wording 1"


def test_questions_of_ones_own_become_findings_and_quotes(world: World) -> None:
    """S4-15: an answer with a section is a fact of the dossier, any other their own words."""
    form = opened(world, asking(["message"], headline="Hello"))
    with world.inside():
        design = read(form.design)
        design = type(design)(**{**vars(design), "questions": (*design.questions, SIZE, WISH)})
        settings = Settings(form.name, form.slug, TouchKind.FORM)
        form = change_form(form, settings, design, by=world.mei, now=world.now)
    told = {"email": "v@x.example", "message": "Hello.", "q_team_size": "10 and more"}
    assert send(form, told | {"q_wish": "Less noise"}).status_code == 303
    assert send(form, told | {"q_team_size": "a million"}).status_code == 422
    with world.inside():
        finding = Finding.objects.of(world.workspace).get()
        assert (finding.section, finding.field) == (FindingSection.PROFILE, "team_size")
        assert finding.text is not None
        assert finding.text.body == "10 and more"
        said = PersonalText.objects.of(world.workspace).get(kind="said")
        assert said.body == "Hello.\n\nWhat would you change? Less noise"


def test_a_submission_remembers_the_version_that_was_seen(world: World) -> None:
    """Edits of an open form take effect at once; each wording of consent stays for ever."""
    words = {"purpose": Purpose.INFORMATION, "wording": "Write to me."}
    form = opened(world, asking(["given_name"], **words))
    seen = Client().get(f"/f/{form.slug}/").content.decode()
    with world.inside():
        settings = Settings(form.name, form.slug, TouchKind.FORM)
        stricter = asking(["phone"], **(words | {"wording": "Write and call."}))
        questions = tuple(Question(**{**vars(one), "required": True}) for one in stricter.questions)
        stricter = type(stricter)(**{**vars(stricter), "questions": questions})
        change_form(form, settings, stricter, by=world.mei, now=world.now)
    told = {"email": "v@x.example", "given_name": "Vera", "consent": "on"}
    late = datetime.now(UTC) - timedelta(minutes=3)
    stamp = Stamp(late, 1).signed()
    assert hidden(seen, "stamp")
    assert send(form, told | {"stamp": stamp}).status_code == 303
    assert "Write and call." in Client().get(f"/f/{form.slug}/").content.decode()
    with world.inside():
        assert Submission.objects.of(world.workspace).get().version == 1
        assert Consent.objects.of(world.workspace).get().wording == "Write to me."
        versions = FormVersion.objects.of(world.workspace).order_by("number")
        assert [(one.number, one.wording_number) for one in versions] == [(1, 1), (2, 2)]


def test_what_was_typed_stays_where_something_is_wrong(world: World) -> None:
    """Bad input: a friendly page, and nothing that was typed is lost."""
    form, where = opened(world), ""
    faults = [
        {"email": "no address", "need": "Quieter <b>drives</b> \U0001f600"},
        {"need": "No address at all"},
        {"email": "v@x.example", "need": "x" * 1_000_000},
    ]
    for told in faults:
        answer = send(form, told)
        page = answer.content.decode()
        assert answer.status_code == 422
        assert "needs a look" in page
        assert "<b>drives</b>" not in page
        assert told["need"][:1000].replace("<", "&lt;").replace(">", "&gt;") in page
    assert send(form, {}, data_type="").status_code == 422
    wrong = Client().post(f"/f/{form.slug}/", b'{"email": 1}', content_type="application/json")
    assert wrong.status_code == 422
    nul = {
        "email": "v@x.example",
        "given_name": "V\x00era",
        "message": "\x00Quieter, please \U0001f600",
    }
    assert send(form, nul).status_code == 303
    with world.inside():
        assert Contact.objects.of(world.workspace).get().given_name == "Vera"
        where = PersonalText.objects.of(world.workspace).get(kind="said").body
    assert where == "Quieter, please \U0001f600"


def test_a_closed_form_and_a_draft_answer_with_a_calm_page(world: World) -> None:
    form = opened(world)
    with world.inside():
        assert close_form(form, now=world.now)
        assert not close_form(form, now=world.now)
    answer = Client().get(f"/f/{form.slug}/")
    assert answer.status_code == 404
    assert "This form is closed" in answer.content.decode()
    assert send(form, {"email": "v@x.example"}).status_code == 404
    with world.inside():
        assert Contact.objects.of(world.workspace).count() == 0
        Form.objects.of(world.workspace).update(closed_at=None, opened_at=None, version=0)
    assert Client().get(f"/f/{form.slug}/").status_code == 404


def test_the_way_a_visitor_came_is_kept_and_the_link_names_the_campaign(world: World) -> None:
    """UTM parameters, the page before and the landing page; the campaign by its code."""
    form = opened(world, TALK)
    with world.inside():
        campaign = world.campaign("Spring fair")
        type(campaign).objects.filter(pk=campaign.pk).update(code="fair-26")
    page = Client().get(
        f"/f/{form.slug}/?utm_source=mail&utm_campaign=FAIR-26",
        headers={"referer": "https://news.example/story?who=vera"},
    )
    stamp = hidden(page.content.decode(), "stamp")
    early = send(form, {"email": "v@x.example", "stamp": stamp})
    assert early.status_code == 303  # too fast: thanked like everybody, kept from the record
    origin = {"utm_source": "mail", "utm_campaign": "FAIR-26", "referrer": "news.example/story"}
    old = Stamp(datetime.now(UTC) - timedelta(minutes=1), 1, origin).signed()
    assert send(form, {"email": "v@x.example", "stamp": old}).status_code == 303
    with world.inside():
        assert Submission.objects.of(world.workspace).get().origin == origin
        receipt = Receipt.objects.of(world.workspace).get(state=ReceiptState.CAPTURED)
        assert (receipt.lead.campaign_id, receipt.touch.campaign_id) == (campaign.pk, campaign.pk)
        held = Receipt.objects.of(world.workspace).get(state=ReceiptState.QUARANTINED)
        assert held.reasons == ["It was faster than anybody reads."]
        # A person lets it in: as of the time it came, with all that follows.
        replay(held, now=world.now + timedelta(days=900), by=Actor.of(world.mei), released=True)
        assert Submission.objects.of(world.workspace).count() == 2


def test_later_questions_are_kept_for_later(world: World) -> None:
    later = Question("q_later", Answer.LINE, "Later", asked=Asked.IN_TURN)
    design = asking([])
    form = opened(world, type(design)(**{**vars(design), "questions": (*design.questions, later)}))
    assert "q_later" not in Client().get(f"/f/{form.slug}/").content.decode()
