"""Ready-made programs come into a workspace: a draft, its messages, the stream it takes from."""

from datetime import datetime
from pathlib import Path

from django.db import transaction

from leadfarm.access.actors import SCHEDULE, Actor
from leadfarm.access.models import Workspace
from leadfarm.nurture.actions.publishing import publish
from leadfarm.nurture.actions.running import make_program
from leadfarm.nurture.actions.streaming import add_piece, make_stream
from leadfarm.nurture.models import Program, Stream
from leadfarm.outreach.actions.templates import latest_version, make_template
from leadfarm.outreach.actions.templates import publish as publish_template
from leadfarm.outreach.models import Template
from leadfarm.rules.programs import READY_MADE, ReadyMade, Wording

FOLDER = Path(__file__).parent.parent / "ready_made"
NO_HAND_OFF = READY_MADE["no-hand-off"]


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
    return use_ready_made(workspace_id, NO_HAND_OFF, now, by)


@transaction.atomic
def use_ready_made(workspace_id: int, made: ReadyMade, now: datetime, by: Actor) -> Program:
    """Put a ready-made program into the workspace as a draft, with all it sends; return it.

    Asked again, it returns what is there, however it was changed. Nothing runs until somebody
    publishes it.
    """
    there = Program.objects.of(workspace_id).filter(name=made.name).first()
    if there is not None:
        return there
    write_messages(workspace_id, now, by, made)
    _fill_stream(workspace_id, now, by, made)
    program = make_program(workspace_id, made.name, now=now, draft=made.tree)
    program.priority = made.priority
    taken = Program.objects.of(workspace_id).filter(takes_not_ready=True).exists()
    program.takes_not_ready = made is NO_HAND_OFF and not taken
    program.save(update_fields=["priority", "takes_not_ready"])
    return program


def write_messages(
    workspace_id: int, now: datetime, by: Actor, made: ReadyMade = NO_HAND_OFF
) -> None:
    """Write and publish the templates of the program's steps; those that are there stay."""
    for wording in made.wordings:
        _write(workspace_id, wording, made.slug, now, by)


def _fill_stream(workspace_id: int, now: datetime, by: Actor, made: ReadyMade) -> None:
    """Make the stream the program takes from; one of this name stays as the workspace has it."""
    if not made.stream or Stream.objects.of(workspace_id).filter(name=made.stream).exists():
        return
    stream = make_stream(workspace_id, made.stream, now=now)
    for piece in made.pieces:
        add_piece(stream, _write(workspace_id, piece, "stories", now, by), now=now)


def _write(workspace_id: int, wording: Wording, folder: str, now: datetime, by: Actor) -> Template:
    """Return the published template of this name, written from its file where there is none."""
    template = Template.objects.of(workspace_id).filter(name=wording.name).first()
    if template is None:
        body = (FOLDER / folder.replace("-", "_") / f"{wording.file}.html").read_text()
        workspace = Workspace.objects.get(id=workspace_id)
        template = make_template(
            workspace, wording.name, now=now, subject=wording.subject, body=body
        )
    if latest_version(template) is None:
        publish_template(template, by=by, now=now)
    return template
