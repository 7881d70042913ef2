"""Who came by every door, the newest ones too, is erased from all of them and comes in by none."""

import json
from dataclasses import dataclass
from io import BytesIO
from uuid import uuid4
from zipfile import ZipFile

from django.test import Client

from leadfarm.consent.addresses import NOT_STORED
from leadfarm.consent.exporting import export
from leadfarm.intake.actions.hooking import make_endpoint
from leadfarm.intake.actions.submitting import Told, hold
from leadfarm.intake.codes import ReceiptState
from leadfarm.intake.hooks.presets import BY_SLUG
from leadfarm.intake.hosting.traps import Trap
from leadfarm.intake.mail.receiving import receive_mail
from leadfarm.intake.models import Endpoint, Event, Form, Receipt, Website
from leadfarm.leads.models import Contact, Lead
from leadfarm.project.ticking import fill_blanks
from tests.api.caller import Caller, caller
from tests.consent.test_erasure import MAIL, forget, hits
from tests.intake.hosting import opened
from tests.intake.test_events import note, plan
from tests.intake.test_mail_in import mail
from tests.intake.test_website import known, report, told, website
from tests.lawful import broken_in
from tests.world import World

HERS = {"email": MAIL, "full_name": "Zyxwanda Quorvath", "message": "Snorvels, please"}
SAID = "I am Zyxwanda.\n\nZyxwanda Quorvath\nTel: +49 6421 7788991\n"


@dataclass
class Doors:
    """The ways by which she comes, before and after."""

    api: Caller
    hook: Endpoint
    event: Event
    form: Form
    site: Website


def doors(world: World) -> Doors:
    with world.inside():
        hook = make_endpoint(world.workspace, "Any", BY_SLUG["json"], None, None, now=world.now)
    return Doors(caller(world), hook, plan(world), opened(world), website(world))


def comes(world: World, by: Doors, number: int) -> dict[str, bool]:
    """Let her come once more by each door; return of which she was taken in."""
    batch = by.api.post("leads/batch", {"leads": [HERS | {"need": f"Flumtastic {number}"}]})
    body = json.dumps({"id": f"e-{number}", **HERS})
    event = Client().post(f"/in/{by.hook.token}/", body, content_type="application/json")
    letter = mail(number, sender=f"Zyxwanda Quorvath <{MAIL}>", body=SAID)
    stand = note(
        world, by.event, f"m{number}", name="Zyxwanda Quorvath", email=MAIL, notes="Plimbert"
    )
    hold(by.form, Told(HERS), [Trap.HIDDEN_FIELD], now=world.now)
    return {
        "batch": batch.json()["captured"] == 1,
        "webhook": event.json()["received"][0]["state"] == "captured",
        "mail": receive_mail(world.workspace, letter, now=world.now).captured is not None,
        "stand": stand.status_code == 302,
    }


def test_a_person_of_every_door_is_erased_from_all_and_comes_in_by_none(world: World) -> None:
    by = doors(world)
    assert all(comes(world, by, 1).values())
    with world.inside():
        her = Contact.objects.of(world.workspace).get(email_key=MAIL)
        lead = Lead.objects.of(world.workspace).filter(contact=her).latest("id")
    key = uuid4()
    assert report(by.site, key, "/drives") == 204
    assert known(world, key, lead)
    told(world)
    with world.as_worker():
        fill_blanks(world.workspace, world.now)
    robot = mail(7, sender=MAIL, body="Glorbwidget: I am away", Auto_Submitted="auto-replied")
    assert receive_mail(world.workspace, robot, now=world.now).captured is None
    with world.inside(), ZipFile(BytesIO(export(her, now=world.now))) as file:
        texts = json.loads(file.read("data.json"))["leads-personaltext"]
        assert any(MAIL in one["body"] and one["contact"] is None for one in texts), "what waits"
    found = hits(world)
    assert len({row.partition(":")[0] for row in found}) >= 4, "she is known in many tables"
    forget(world, her)
    assert hits(world) == []
    assert not any(comes(world, by, 2).values())
    assert hits(world) == []
    with world.inside():
        refused = Receipt.objects.of(world.workspace).filter(reasons=[NOT_STORED])
        assert ReceiptState.CAPTURED not in {one.state for one in refused}
        assert {(one.payload_id, one.key) for one in refused} == {(None, None)}
        assert not Contact.objects.of(world.workspace).filter(email_key=MAIL).exists()
    assert broken_in(world.workspace.id) == []
