"""A one-off mailing that begins at once, with words nobody has had."""

from collections.abc import Collection
from datetime import datetime

from leadfarm.access.actors import Actor
from leadfarm.outreach.actions import make_mailing, publish
from leadfarm.outreach.actions.mailings import plan
from leadfarm.outreach.mailings.ticks import begin
from leadfarm.outreach.models import Template
from tests.world import World


def one_off(
    world: World, template: Template, name: str, leads: Collection[int], now: datetime
) -> int:
    """Publish the template anew and mail it to these leads; return how many messages wait."""
    publish(template, by=Actor.of(world.mei), now=now)
    made = make_mailing(name, template, by=world.mei, now=now, chosen=leads)
    plan(made, by=world.mei, now=now)
    return begin(made, now)
