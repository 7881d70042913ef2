"""A wording is looked at as our own leads would read it, with facts of their dossier (S2-19)."""

from decimal import Decimal

from leadfarm.access.actors import Actor
from leadfarm.leads.models import Contact, Finding, Lead
from leadfarm.outreach.actions import make_template, publish
from leadfarm.outreach.codes import MessageKind, SourceKind
from leadfarm.outreach.delivery.previewing import seen_by
from leadfarm.outreach.models import Message, Sender, Template
from leadfarm.rules.codes import FindingSection
from leadfarm.rules.dossier import catalogue
from leadfarm.rules.dossier.catalogue import fields_of
from tests.outreach.conftest import Post

BODY = """Dear {{ contact.given_name }},
you plan with {{ dossier.budget }}{% if dossier.timeline %} until {{ dossier.timeline }}{% endif %},
{{ dossier.pain_point | default: "and want fewer stops" }}; {{ dossier.event }}.
{{ postal_address }} {{ unsubscribe_url }}"""


def learned(post: Post, lead: Lead, amount: int, **more: object) -> None:
    field = next(
        one for one in fields_of(FindingSection.BUDGET) if one.shape is catalogue.Shape.AMOUNT
    )
    at = post.world.now
    Finding.objects.create(
        workspace=post.world.workspace, lead=lead, section=FindingSection.BUDGET, field=field.name,
        value_number=Decimal(amount), happened_at=at, known_at=at, recorded_at=at, **more,
    )  # fmt: skip


def speaking(post: Post) -> Template:
    now, of = post.world.now, post.world.workspace
    return make_template(of, "Of the dossier", subject="For you", body=BODY, now=now)


def test_a_draft_reads_as_a_lead_would_and_names_what_is_not_known(post: Post) -> None:
    with post.world.inside():
        lead = post.lead_at("vera")
        learned(post, lead, 30_000)
        learned(post, lead, 40_000)
        sender = Sender.objects.of(post.world.workspace).get()
        lead.refresh_from_db()
        seen = seen_by(lead, sender, SourceKind.RICH, ("Hello", BODY), post.world.now)
    assert "40,000" in seen.text
    assert "30,000" not in seen.text
    assert "until" not in seen.text
    assert "and want fewer stops" in seen.text
    assert seen.empty == ("dossier.event",)


def test_a_sent_mail_says_what_the_dossier_knows(post: Post) -> None:
    with post.world.inside():
        knows, other = post.lead_at("vera"), post.lead_at("olga")
        learned(post, knows, 40_000)
        version = publish(speaking(post), by=Actor.of(post.world.mei), now=post.world.now)
        for lead in (knows, other):
            post.plan(lead, template_version=version)
    assert post.send().sent == 2
    told = {to.partition("-")[0]: b"40,000" in data for _, to, data in post.sink.received}
    assert told == {"vera": True, "olga": False}


def test_the_page_of_a_template_shows_it_for_one_of_our_leads(post: Post) -> None:
    with post.world.inside():
        lead, template = post.lead_at("vera"), speaking(post)
        Contact.objects.filter(id=lead.contact_id).update(given_name="", family_name="")
    mei, world = post.world.client(post.world.mei), post.world
    at = world.address(f"mail/templates/{template.id}/")
    page = mei.get(at, {"as": lead.id}).content.decode()
    assert "<code>contact.given_name</code>, <code>dossier.budget</code>" in page
    assert "Not known of this lead" not in mei.get(at).content.decode()
    assert "40,000" not in mei.get(f"{at}preview/", {"as": lead.id}).content.decode()
    assert "is not published yet" in mei.post(f"{at}test/", follow=True).content.decode()
    mei.post(at, {"subject": "BUY NOW TODAY", "body": BODY, "publish": "1"})
    assert "The subject shouts" in mei.get(at).content.decode()
    mei.post(f"{at}test/")
    with world.inside():
        assert Message.objects.of(world.workspace).filter(kind=MessageKind.TEST).count() == 1
