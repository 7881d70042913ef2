"""Hosted forms: made by a marketer, filled in by anyone, greeted by sales (S1-4, S2-17)."""

from django.test import Client

from leadfarm.consent.models import Consent
from leadfarm.intake.models import Form, Receipt
from leadfarm.leads.models import Contact, Task
from tests.world import World


def make(world: World, slug: str) -> None:
    sent = {
        "name": "Talk to us", "slug": slug, "kind": "2", "fields_shown": ["given_name", "need"],
        "source": "Web", "wording": "You may write to me.", "thanks": "Thank you, we call today.",
    }  # fmt: skip
    answer = world.client(world.mei).post(world.address("forms/"), sent)
    assert answer.status_code == 302, answer.content.decode()


def test_a_form_captures_greets_and_keeps_the_consent_as_it_was_seen(world: World) -> None:
    make(world, f"talk-{world.slug}")
    public = Client()
    assert "You may write to me." in public.get(f"/f/talk-{world.slug}/").content.decode()
    sent = {"email": "Vera@x.example", "given_name": "Vera", "need": "Drives", "consent": "on"}
    answer = public.post(f"/f/talk-{world.slug}/", sent)
    assert "Thank you, we call today." in answer.content.decode()
    with world.inside():
        receipt = Receipt.objects.of(world.workspace).get()
        assert receipt.consent_wording == "You may write to me."
        assert receipt.payload is not None
        assert "Vera@x.example" in receipt.payload.body
        assert Task.objects.of(world.workspace).filter(lead=receipt.lead).count() == 1
        assert Consent.objects.of(world.workspace).get().wording == "You may write to me."


def test_machines_leave_nothing_and_wrong_addresses_are_named(world: World) -> None:
    make(world, f"bots-{world.slug}")
    public, where = Client(), f"/f/bots-{world.slug}/"
    public.post(where, {"email": "bot@x.example", "homepage_2": "http://spam.example"})
    page = public.get(where).content.decode()
    stamp = page.split('name="stamp" value="')[1].split('"')[0]
    public.post(where, {"email": "fast@x.example", "stamp": stamp})
    answer = public.post(where, {"email": "no address"})
    assert answer.status_code == 422
    assert "no e-mail address" in answer.content.decode()
    with world.inside():
        assert Contact.objects.of(world.workspace).count() == 0


def test_a_closed_form_answers_no_more(world: World) -> None:
    make(world, f"shut-{world.slug}")
    with world.inside():
        form = Form.objects.of(world.workspace).get()
    world.client(world.mei).post(world.address(f"forms/{form.id}/close/"))
    assert Client().get(f"/f/shut-{world.slug}/").status_code == 404
