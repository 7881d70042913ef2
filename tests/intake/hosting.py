"""Forms for tests: made as the builder makes them, sent as a browser without scripts sends them."""

import re
from typing import Any

from django.test import Client

from leadfarm.intake.actions.hosting import Settings, make_form, open_form
from leadfarm.intake.hosting.design import Design, asking
from leadfarm.intake.models import Form
from leadfarm.rules.codes import TouchKind
from tests.world import World

TALK = asking(["given_name", "company", "need", "message"], headline="Let's talk")


def opened(
    world: World, design: Design = TALK, kind: TouchKind = TouchKind.FORM, **settings: Any
) -> Form:
    """Return a form that is open, at an address of this world's own."""
    settings = {"name": "Talk to us", "slug": f"talk-{world.slug}", **settings}
    with world.inside():
        known = Settings(kind=kind, **settings)
        draft = make_form(world.workspace, known, design, now=world.now)
        return open_form(draft, by=world.mei, now=world.now)


def send(form: Form, told: dict[str, str], client: Client | None = None, **more: Any) -> Any:
    """Send a form as a program or an old page would: without a stamp."""
    return (client or Client()).post(f"/f/{form.slug}/", told, **more)


def hidden(page: str, name: str) -> str:
    """Return the value of a hidden field of a page."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found, f"No hidden field {name}."
    return found[1]
