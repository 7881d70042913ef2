"""The ready-made program "No hand-off", with its messages, for a workspace that starts."""

from datetime import datetime
from pathlib import Path

from django.db import transaction

from leadfarm.access.actors import SCHEDULE, Actor
from leadfarm.access.models import Workspace
from leadfarm.nurture.actions.publishing import publish
from leadfarm.nurture.actions.running import make_program
from leadfarm.nurture.models import Program
from leadfarm.outreach.actions.templates import make_template
from leadfarm.outreach.actions.templates import publish as publish_template
from leadfarm.rules.programs import NO_HAND_OFF

FOLDER = Path(__file__).parent.parent / "ready_made"
SUBJECTS = {
    "first": "What others looked at first",
    "second": "Nine of forty drives",
    "third": "Four questions every supplier will ask you",
}


@transaction.atomic
def install_ready_made(workspace_id: int, now: datetime, by: Actor = SCHEDULE) -> Program:
    """Install and publish "No hand-off" and its three messages; return the program.

    It takes every inquiry and every "not now" from then on. Asked again, it returns what is there.
    """
    program = offer_ready_made(workspace_id, now, by)
    if program.version_id is None:
        publish(program, by=by, now=now)
    return program


def offer_ready_made(workspace_id: int, now: datetime, by: Actor = SCHEDULE) -> Program:
    """Put "No hand-off" and its messages into the workspace as a draft; return the program.

    A new company has nobody yet to greet and to sell: it publishes when its people are there.
    """
    name = str(NO_HAND_OFF["name"])
    there = Program.objects.of(workspace_id).filter(name=name).first()
    if there is not None:
        return there
    write_messages(workspace_id, now, by)
    program = make_program(workspace_id, name, now=now, draft=NO_HAND_OFF)
    taken = Program.objects.of(workspace_id).filter(takes_not_ready=True).exists()
    if not taken:
        Program.objects.of(workspace_id).filter(id=program.id).update(takes_not_ready=True)
        program.takes_not_ready = True
    return program


def write_messages(workspace_id: int, now: datetime, by: Actor) -> None:
    """Write and publish the templates the program sends, in its order."""
    steps = [node for node in NO_HAND_OFF["nodes"] if node["kind"] == "message"]
    workspace = Workspace.objects.get(id=workspace_id)
    for node, (file, subject) in zip(steps, SUBJECTS.items(), strict=True):
        body = (FOLDER / f"{file}.html").read_text()
        template = make_template(
            workspace, str(node["template"]), now=now, subject=subject, body=body
        )
        publish_template(template, by=by, now=now)
