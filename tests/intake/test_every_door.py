"""S1-4: the same person by five doors is one person with five touches, all raw payloads kept."""

import json

from leadfarm.intake.actions import Arrival, receive
from leadfarm.intake.codes import Door
from leadfarm.intake.mail.receiving import receive_mail
from leadfarm.intake.models import Receipt
from leadfarm.intake.queries import raw_row
from leadfarm.leads.models import Contact, Lead, Touch
from leadfarm.rules.codes import TouchKind
from tests.api.caller import caller
from tests.intake.files import bring
from tests.intake.test_mail_in import mail
from tests.intake.test_receiving import form
from tests.world import World

VERA = "vera@nordpump.example"


def test_s1_4_one_person_by_form_file_api_mail_and_event_list_is_one_with_five_touches(
    world: World,
) -> None:
    told = json.dumps({"email": VERA, "given_name": "Vera", "need": ""})
    receive(world.workspace, Arrival(Door.FORM, told, form=form(world)), now=world.now)
    bring(world, f"Email,First name\n{VERA},Vera\n")
    assert caller(world).post("leads", {"email": VERA.upper()}).status_code == 201
    receive_mail(world.workspace, mail(), now=world.now)
    bring(world, f"Email,Touch\n{VERA},webinar-attended\n", name="webinar.csv")
    with world.inside():
        assert Contact.objects.of(world.workspace).get().email_key == VERA
        assert Lead.objects.of(world.workspace).count() == 1
        touches = list(Touch.objects.of(world.workspace).order_by("id"))
        assert len(touches) == 5
        assert {TouchKind.FORM, TouchKind.MAIL_IN} <= {one.kind for one in touches}
        receipts = Receipt.objects.of(world.workspace).select_related("payload")
        kept = {one.touch_id: one.payload.body for one in receipts if one.payload}
        raw = [kept.get(one.id) or raw_row(one) for one in touches]
        assert all(raw), raw
