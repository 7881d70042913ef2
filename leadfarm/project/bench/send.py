"""bench send: mail rendered, signed, marked and handed over, against the same without a ledger."""

import secrets
import socket
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db import connection

from leadfarm.access.actors import SCHEDULE
from leadfarm.access.models import Workspace
from leadfarm.access.walls import within
from leadfarm.engine.errors import LeadfarmError
from leadfarm.outreach.actions import make_template, publish, save_sender
from leadfarm.outreach.codes import Security
from leadfarm.outreach.delivery.carriers import OverSmtp
from leadfarm.outreach.delivery.claiming import BATCH, claim
from leadfarm.outreach.delivery.composing import Composer
from leadfarm.outreach.delivery.fates import Fate
from leadfarm.outreach.delivery.ledger import close
from leadfarm.outreach.delivery.sending import send_due
from leadfarm.outreach.delivery.smtp import Server
from leadfarm.outreach.models import Sender
from leadfarm.project.bench.figure import Figure, Meter
from leadfarm.project.bench.ground import NOW, meter
from leadfarm.project.bench.serving import serving

GOAL = "ratio <= 1.3, >= 500 messages/s/core"
ROUNDS = 5
PARAGRAPH = (
    "<p>At {{ account.name }}, drives that stop without a word cost more than drives that run. "
    "{{ contact.given_name }}, here is what other heads of maintenance did about it, with figures "
    "from three plants and the price of doing nothing for another year.</p>"
)
BODY = (
    "<p>Dear {{ contact.given_name }} {{ contact.family_name }},</p>"
    + PARAGRAPH * 8
    + '<p><a href="https://norrvik.example/case">The case</a>,'
    ' <a href="https://norrvik.example/price">the prices</a>.</p>'
    '<p>{{ postal_address }} <a href="{{ unsubscribe_url }}">No more mail</a></p>'
)
PEOPLE = """
WITH led AS (
    INSERT INTO leads_contact (workspace_id, given_name, family_name, job_title, email, email_key,
                               phone, country, time_zone, recorded_at)
    SELECT %(workspace)s, 'Vera', 'Lind ' || n, 'Head of maintenance', 'vera.' || n || '@b.example',
           'vera.' || n || '@b.example', '', 'SE', '', %(now)s
      FROM generate_series(1, %(count)s::int) AS n
    RETURNING id),
lead AS (
    INSERT INTO leads_lead (workspace_id, contact_id, title, need, origin, entered_at, known_at,
                            recorded_at)
    SELECT %(workspace)s, id, 'Bench', '', 1, %(now)s, %(now)s, %(now)s FROM led
    RETURNING id, contact_id),
stood AS (
    INSERT INTO leads_standing (workspace_id, lead_id, stage, stage_since, whose_move, next_kind,
                                next_side, next_why, next_at, closed_because)
    SELECT %(workspace)s, id, 3, %(now)s, 1, 3, 1, 'Bench', %(now)s, '' FROM lead)
INSERT INTO outreach_message (workspace_id, kind, state, nature, attempts, lead_id, contact_id,
                              template_version_id, enrolment_id, step_key, planned_at, not_before,
                              window_at)
SELECT %(workspace)s, 1, 1, 1, 0, id, contact_id, %(version)s, id, 'bench', %(now)s, %(now)s,
       %(now)s FROM lead
"""


def run(leads: int, base: int) -> Iterator[Figure]:
    """Send `leads` messages in five rounds; before each, the floor hands over as many."""
    share = max(leads // ROUNDS, 1)
    workspace, whole, floor = _workspace(share * ROUNDS), meter(), meter()
    figure = Figure("send", share * ROUNDS, share * ROUNDS, goal=GOAL)
    with serving("sink", {}, _answers) as port:
        server = Server("127.0.0.1", port, Security.NONE)
        for _ in range(ROUNDS):
            _without_ledger(workspace, server, floor, share)
            with whole.running():
                tally = send_due(workspace, _clock, carrier=OverSmtp(server), most=share)
            if tally.sent < share:
                raise LeadfarmError(f"Only {tally.sent} of {share} were sent: {tally}")
    figure.took(whole, floor.seconds)
    figure.detail = {
        "cpu_ms": 1000 * whole.cpu_seconds / figure.n,
        "floor_cpu_ms": 1000 * floor.cpu_seconds / figure.n,
        "cpu_ratio": whole.cpu_seconds / floor.cpu_seconds,
        "per_cpu_second": figure.n / whole.cpu_seconds,
    }
    yield figure


def _clock() -> datetime:
    return NOW


def _without_ledger(workspace: Workspace, server: Server, spent: Meter, count: int) -> None:
    """Compose and hand over as many; the messages are the same, and go back to the queue."""
    composer = Composer(workspace.id, Sender.objects.of(workspace).get())
    claims = [claim(workspace, NOW, BATCH) for _ in range(-(-count // BATCH))]
    rows = [row for each in claims for row in composer.load(each.lease)][:count]
    carrier = OverSmtp(server)
    with spent.running():
        for row in rows:
            if carrier.deliver(row, composer.compose(row, NOW), NOW).fate is not Fate.ACCEPTED:
                raise LeadfarmError("The mail server of the bench refused a mail.")
    carrier.close()
    for each in claims:
        close(workspace.id, each.lease, NOW)


def _workspace(count: int) -> Workspace:
    slug = f"bench-{secrets.token_hex(4)}"
    workspace = Workspace.objects.create(slug=slug, name=slug, created_at=NOW, went_live_at=NOW)
    with within(workspace):
        save_sender(
            workspace, name="Norrvik Drives", address="hello@norrvik.example",
            postal_address="Norrvik Drives AB, Hamngatan 4, 252 21 Helsingborg, Sweden",
        )  # fmt: skip
        template = make_template(workspace, "Bench", now=NOW, subject="Drives", body=BODY)
        version = publish(template, by=SCHEDULE, now=NOW)
        told: dict[str, Any] = {
            "workspace": workspace.id,
            "now": NOW,
            "count": count,
            "version": version.id,
        }
        with connection.cursor() as cursor:
            cursor.execute(PEOPLE, told)
    return workspace


def _answers(port: int) -> None:
    socket.create_connection(("127.0.0.1", port)).close()
