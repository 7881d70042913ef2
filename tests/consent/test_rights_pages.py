"""Every right has a page to work with: asked for, done, refused, taken back, with its proof."""

import io
import json
import zipfile
from datetime import timedelta

from django.test import Client
from django.utils import timezone

from leadfarm.access.actors import Actor
from leadfarm.access.models import AuditEntry
from leadfarm.consent.erasing.requested import erase_due
from leadfarm.consent.models import Consent, PrivacyRequest, PrivacyRule, Suppression
from leadfarm.leads.actions import note
from leadfarm.leads.models import Contact, Lead
from leadfarm.rules.consent import Basis, Purpose, SuppressionReason
from leadfarm.rules.privacy import RequestKind, RequestState
from tests.queries import assert_constant_queries
from tests.world import World


def use_right(world: World, client: Client, lead: Lead, kind: RequestKind, said: str = "") -> None:
    sent = {"request-kind": int(kind), "request-note": said}
    answer = client.post(world.address(f"contacts/{lead.contact_id}/rights/"), sent)
    assert answer.status_code == 302


def last(world: World) -> PrivacyRequest:
    with world.inside():
        found = PrivacyRequest.objects.of(world.workspace).order_by("-id").first()
    assert found is not None
    return found


def test_consent_is_written_down_with_its_proof_and_taken_back_as_easily(world: World) -> None:
    with world.inside():
        lead = world.captures()
    home, ana = world.address(f"contacts/{lead.contact_id}/"), world.client(world.ana)
    assert "Consent is needed, and none was given" in ana.get(home).content.decode()
    day = (timezone.now() - timedelta(days=30)).date().isoformat()
    proof = {"purpose": 2, "basis": 4, "happened_on": day, "wording": "Yes", "source": "Folder 7"}
    ana.post(f"{home}consents/", {f"consent-{name}": value for name, value in proof.items()})
    page = ana.get(home).content.decode()
    assert "Folder 7" in page
    assert "Implied by an inquiry" in page
    with world.inside():
        given = Consent.objects.of(world.workspace).get()
        assert (given.basis, given.member_id) == (Basis.IMPLIED_INQUIRY, world.ana.id)
        assert given.expires_at is not None
    ana.post(f"{home}withdrawals/", {"purpose": 2})
    assert "Unsubscribed" in ana.get(home).content.decode()
    ana.post(f"{home}consents/", {"consent-purpose": 2})  # no proof, no consent
    with world.inside():
        assert Consent.objects.of(world.workspace).count() == 1
        assert Consent.objects.of(world.workspace).filter(withdrawn_at=None).count() == 0


def test_a_wrong_address_is_corrected_and_the_old_one_barred(world: World) -> None:
    with world.inside():
        lead, other = world.captures(), world.captures("Otto Brandt")
        taken = other.contact.email if other.contact else ""
    ana, home = world.client(world.ana), world.address(f"contacts/{lead.contact_id}/")
    sent = {
        "given_name": "Wera",
        "family_name": "Lind",
        "email": taken,
        "why": "She",
        "bar_old": "on",
    }
    told = {f"correction-{name}": value for name, value in sent.items()}
    answer = ana.post(f"{home}corrections/", told, follow=True)
    assert "Somebody here has this address already" in answer.content.decode()
    ana.post(f"{home}corrections/", told | {"correction-email": "Wera@nordpump.de"})
    with world.inside():
        fresh = Contact.objects.of(world.workspace).get(id=lead.contact_id)
        assert (fresh.given_name, fresh.email_key) == ("Wera", "wera@nordpump.de")
        bar = Suppression.objects.of(world.workspace).get()
        assert (bar.reason, bar.contact_id) == (SuppressionReason.LISTED, None)
        entry = AuditEntry.objects.of(world.workspace).get(action="contact corrected")
        assert entry.details["fields"] == ["given_name", "email"]
        assert "Wera" not in str(entry.details)
    ada = world.client(world.ada)
    old = lead.contact.email if lead.contact else ""
    page = ada.post(world.address("privacy/barred/"), {"address": old.upper()}).content.decode()
    assert "Barred." in page
    assert old not in page
    assert "wera" in ana.get(world.address("leads/?q=wera")).content.decode().lower()


def test_an_access_request_is_answered_by_one_file(world: World) -> None:
    with world.inside():
        lead, other = world.captures(), world.captures("Otto Brandt")
        note(lead, "She likes =SUM(A1) drives", by=Actor.of(world.ana), now=world.now)
        note(other, "Nothing of hers", by=Actor.of(world.ana), now=world.now)
    ada = world.client(world.ada)
    use_right(world, ada, lead, RequestKind.ACCESS, "Letter of 3 March")
    asked = last(world)
    where = world.address(f"privacy/requests/{asked.id}/")
    assert "Letter of 3 March" in ada.get(where).content.decode()
    page = ada.post(f"{where}file/", follow=True).content.decode()
    signed = page.split("file.zip?signed=")[1].split('"')[0]
    answer = ada.get(f"{where}file.zip?signed={signed}")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as file:
        index, data = file.read("index.html").decode(), json.loads(file.read("data.json"))
        assert "Vera Lind" in index
        assert "She likes" in index
        assert data["leads-touch"][0]["kind"] == "Form"
        assert {one["given_name"] for one in data["leads-contact"]} == {"Vera"}
        assert "Otto" not in index + json.dumps(data)
        assert "'=SUM" in file.read("leads-personaltext.csv").decode() or "likes =SUM" in index
    assert ada.get(f"{where}file.zip?signed=made-up")["Location"] == where
    assert ada.get(f"{where}file.zip")["Location"] == where
    ada.post(f"{where}ending/", {"verdict": "done", "outcome": "Sent by post"})
    assert last(world).state == RequestState.DONE
    with world.inside():
        assert AuditEntry.objects.of(world.workspace).filter(action="privacy: file made").exists()


def test_an_erasure_waits_shows_what_goes_can_be_taken_back_and_is_no_firms_matter(
    world: World,
) -> None:
    with world.inside():
        lead = world.captures(firm=world.firm)
        PrivacyRule.objects.create(workspace=world.workspace, erasure_wait_days=14)
    for who in (world.fred, world.ana, world.tomas, world.mei):
        sent = {"request-kind": int(RequestKind.ERASURE)}
        home = world.address(f"contacts/{lead.contact_id}/rights/")
        assert world.client(who).post(home, sent).status_code in (403, 404)
    ada = world.client(world.ada)
    use_right(world, ada, lead, RequestKind.ERASURE)
    asked = last(world)
    where = world.address(f"privacy/requests/{asked.id}/")
    page = ada.get(where).content.decode()
    for said in ("What goes and what stays", "Begins", "Words they are found by", "Goes"):
        assert said in page
    now = timezone.now()
    with world.as_worker():
        assert erase_due(world.workspace, now + timedelta(days=13)) == 0
    ada.post(f"{where}ending/", {"verdict": "refused"})
    assert last(world).state == RequestState.WAITING, "a refusal says why"
    ada.post(f"{where}ending/", {"verdict": "taken-back"})
    assert last(world).state == RequestState.TAKEN_BACK
    use_right(world, ada, lead, RequestKind.ERASURE)
    with world.as_worker():
        assert erase_due(world.workspace, now + timedelta(days=15)) == 1
        assert erase_due(world.workspace, now + timedelta(days=15)) == 0
    done = last(world)
    assert (done.state, done.steps_done) == (RequestState.DONE, done.steps)
    assert "Erased person" in ada.get(world.address("privacy/")).content.decode()
    assert ada.get(world.address(f"privacy/requests/{done.id}/")).status_code == 200


def test_an_erasure_begins_only_below_the_list_of_what_it_takes(world: World) -> None:
    """S4-15: what cannot be undone is shown before it is done."""
    with world.inside():
        lead = world.captures()
    ada = world.client(world.ada)
    sent = {"request-kind": int(RequestKind.ERASURE)}
    there = ada.post(world.address(f"contacts/{lead.contact_id}/rights/"), sent, follow=True)
    page = there.content.decode()
    for said in ("Nothing is erased yet", "What goes and what stays", "This cannot be taken back"):
        assert said in page
    asked, later = last(world), timezone.now() + timedelta(days=40)
    assert asked.state == RequestState.OPEN
    with world.as_worker():
        assert erase_due(world.workspace, later) == 0
    where = world.address(f"privacy/requests/{asked.id}/")
    assert world.client(world.mei).post(f"{where}beginning/").status_code in (403, 404)
    assert "The erasure begins" in ada.post(f"{where}beginning/", follow=True).content.decode()
    with world.as_worker():
        assert erase_due(world.workspace, later) == 1
    refused = ada.post(f"{where}beginning/", follow=True).content.decode()
    assert "This request is over" in refused


def test_objections_are_obeyed_at_once(world: World) -> None:
    with world.inside():
        lead = world.captures()
        assert world.standing(lead).heat is not None
    ada = world.client(world.ada)
    use_right(world, ada, lead, RequestKind.MARKETING)
    use_right(world, ada, lead, RequestKind.PROFILING)
    with world.inside():
        bar = Suppression.objects.of(world.workspace).get(contact_id=lead.contact_id)
        assert bar.reason == SuppressionReason.OBJECTED
        assert world.standing(lead).heat is None
        assert world.standing(lead).unscored
    for seen in (f"leads/{lead.id}/", "leads/", f"contacts/{lead.contact_id}/"):
        assert "not scored" in ada.get(world.address(seen)).content.decode(), seen
    page = ada.get(world.address(f"contacts/{lead.contact_id}/")).content.decode()
    assert "Objects to profiling" in page
    assert page.count("Objected to direct marketing") == len(
        [p for p in Purpose if p.can_be_refused]
    )


def test_the_pages_take_the_same_statements_for_many_as_for_few(world: World) -> None:
    ada = world.client(world.ada)
    assert "Nobody waits for an answer" in ada.get(world.address("privacy/")).content.decode()

    def grow() -> None:
        with world.inside():
            leads = [world.captures(f"Person {n}") for n in range(4)]
        for lead in leads:
            use_right(world, ada, lead, RequestKind.ACCESS)

    grow()
    assert_constant_queries(ada, world.address("privacy/"), grow)
    for page in ("privacy/clocks/", "privacy/purposes/", "privacy/barred/"):
        assert ada.get(world.address(page)).status_code == 200
        assert world.client(world.ana).get(world.address(page)).status_code == 403
        assert world.client(world.fred).get(world.address(page)).status_code == 404


def test_a_list_of_addresses_and_hashes_bars_who_is_here_and_who_comes(world: World) -> None:
    import hashlib

    with world.inside():
        one, two, three = (world.captures(name).contact for name in ("A B", "C D", "E F"))
        assert one
        assert two
        assert three
    sha = hashlib.sha256(two.email.encode()).hexdigest()
    text = f"email;reason\n{one.email.upper()};asked\n{sha}\n+49 30 1234567\n\n"
    upload = io.BytesIO(text.encode())
    upload.name = "list.csv"
    ada = world.client(world.ada)
    answer = ada.post(world.address("privacy/barred/list/"), {"file": upload}, follow=True)
    assert "1 address, 1 number, 1 hash barred, 2 of them known here" in answer.content.decode()
    with world.inside():
        barred = Suppression.objects.of(world.workspace).exclude(contact=None)
        assert {bar.contact_id for bar in barred} == {one.id, two.id}
    for address, said in (
        (two.email, "Barred."),
        ("030 1234567", "Barred."),
        (three.email, "Not barred"),
    ):
        page = ada.post(world.address("privacy/barred/"), {"address": address}).content.decode()
        assert said in page, address
    page = ada.post(world.address("privacy/barred/"), {"address": "nonsense"}).content.decode()
    assert "Give a mail address or a telephone number." in page
    assert "Not barred" not in page
    assert 'value="nonsense"' in page, "what was typed stays"
