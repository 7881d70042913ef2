"""A workspace that can send: a sender, a published template, and a server that keeps its mail."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest

from leadfarm.access.actors import Actor
from leadfarm.leads.models import Contact, Lead
from leadfarm.outreach.actions import make_template, publish, save_mail_server, save_sender
from leadfarm.outreach.codes import MessageKind, Security
from leadfarm.outreach.delivery.sending import Tally, send_due
from leadfarm.outreach.models import Message, TemplateVersion
from tests.support.sink import Sink
from tests.world import World

BODY = """Dear {{ contact.given_name }},

read https://norrvik.example/case and https://norrvik.example/price.

{{ postal_address }}
No more mail: {{ unsubscribe_url }}"""


@dataclass
class Post:
    """The world, its mail server and its template."""

    world: World
    sink: Sink
    version: TemplateVersion

    def plan(self, lead: Lead, step: str = "first", **more: object) -> Message:
        """Return a message as a program would plan it; the window is still to be taken."""
        values: dict[str, object] = {
            "workspace": self.world.workspace,
            "kind": MessageKind.PROGRAM,
            "lead": lead,
            "contact_id": lead.contact_id,
            "template_version": self.version,
            "enrolment_id": lead.id,
            "step_key": step,
            "planned_at": self.world.now,
            "not_before": self.world.now,
        }
        return Message.objects.create(**(values | more))

    def lead_at(self, local_part: str) -> Lead:
        """Return a lead whose contact has an address with this local part."""
        lead = self.world.captures()
        address = f"{local_part}-{lead.id}@sink.example"
        Contact.objects.filter(id=lead.contact_id).update(email=address, email_key=address)
        return lead

    def send(self, after: timedelta = timedelta(0), **more: object) -> Tally:
        """Run the tick as the worker, this long after the world's now."""
        at = self.world.now + after
        return self.send_with(lambda: at, **more)

    def send_with(self, clock: Callable[[], datetime], **more: object) -> Tally:
        """Run the tick as the worker with this clock."""
        with self.world.as_worker():
            return send_due(self.world.workspace, clock, **more)  # type: ignore[arg-type]

    def state(self, message: Message) -> Message:
        """Return the message as it is now."""
        with self.world.inside():
            return Message.objects.of(self.world.workspace).get(id=message.id)


@pytest.fixture
def post(world: World) -> Iterator[Post]:
    """Return a workspace that sends to a sink."""
    with Sink() as sink:
        with world.inside():
            save_sender(
                world.workspace,
                name="Norrvik Drives",
                address="hello@norrvik.example",
                postal_address="Norrvik Drives AB, Hamngatan 4, Helsingborg",
            )
            save_mail_server(
                world.workspace, host="127.0.0.1", port=sink.port, security=Security.NONE
            )
            template = make_template(
                world.workspace,
                "First case",
                subject="For {{ contact.given_name }}",
                body=BODY,
                now=world.now,
            )
            version = publish(template, by=Actor.of(world.mei), now=world.now)
        yield Post(world, sink, version)
