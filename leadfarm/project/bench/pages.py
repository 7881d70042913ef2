"""bench pages: how long the server works at a page, over leads that are there."""

import time
from collections.abc import Callable, Iterator

from django.db import connection, connections
from django.test import Client

from leadfarm.access.models import Member, Workspace
from leadfarm.access.walls import within
from leadfarm.engine.errors import LeadfarmError
from leadfarm.leads.models import Lead
from leadfarm.leads.queries.listing.sorts import SORTS
from leadfarm.project.bench import base as bases
from leadfarm.project.bench.figure import Figure
from leadfarm.project.bench.ground import meter
from leadfarm.rules.codes import Role

Page = Callable[[int], str]
WARM_UP = 3
# What is searched for: a family name, its beginning, a number of the base, two beginnings.
SEARCHES = ("brandt", "ke", "b-4711", "works 12")


def run(leads: int, base: int) -> Iterator[Figure]:
    """Ask `leads` times for each page as a manager does, signed in, without the network."""
    workspace = bases.ensure(base)
    _act_as_web_server()
    browser = Client(headers={"host": "localhost"})
    browser.force_login(_manager(workspace).user)
    for name, goal, page in _pages(workspace):
        for number in range(WARM_UP):
            _ask(browser, workspace, page(number))
        clock = meter()
        with clock.running():
            taken = [_ask(browser, workspace, page(number)) for number in range(leads)]
        figure = Figure("pages", leads, base, page=name, goal=f"p95 <= {goal} ms")
        figure.times(taken)
        # On a busy machine the processor time is the truer figure.
        figure.detail = {"cpu_ms": 1000 * clock.cpu_seconds / leads}
        yield figure


def _act_as_web_server() -> None:
    """Let pages ask the database in the role that the walls stand before."""
    connection.close()
    login = connections["web"].settings_dict
    connection.settings_dict.update({name: login[name] for name in ("USER", "PASSWORD")})


def _ask(browser: Client, workspace: Workspace, page: str) -> float:
    """Return the seconds one call took; LeadfarmError when it gave no page."""
    before = time.perf_counter()
    answer = browser.get(f"/w/{workspace.slug}/{page}")
    taken = time.perf_counter() - before
    if answer.status_code != 200:
        raise LeadfarmError(
            f"The page {page} answered {answer.status_code}.", "Look at it in the browser first."
        )
    return taken


def _manager(workspace: Workspace) -> Member:
    with within(workspace):
        members = Member.objects.of(workspace).select_related("user")
        return members.filter(role=Role.MANAGER).order_by("id")[0]


def _pages(workspace: Workspace) -> Iterator[tuple[str, int, Page]]:
    """Yield name, goal in ms and the address of the call with this number."""
    for sort in SORTS:
        yield f"list by {sort}", 30, _always(f"leads/?view=all&sort={sort}")
    yield "search", 30, lambda n: f"leads/?q={SEARCHES[n % len(SEARCHES)]}"
    some = _some_leads(workspace)
    yield "lead", 60, lambda n: f"leads/{some[n % len(some)]}/"
    yield "today", 60, _always("today/")
    yield "board", 60, _always("leads/?view=all&layout=board")
    yield "scoreboard", 150, _always("scoreboard/")
    yield "campaigns", 150, _always("campaigns/")


def _always(address: str) -> Page:
    return lambda _number: address


def _some_leads(workspace: Workspace) -> list[int]:
    """Return leads from all over the base."""
    with within(workspace):
        mine = Lead.objects.of(workspace)
        ends = [mine.order_by(order).values_list("id", flat=True)[0] for order in ("id", "-id")]
        wanted = [ends[0] + (ends[1] - ends[0]) * part // 499 for part in range(500)]
        return list(mine.filter(id__in=wanted).values_list("id", flat=True))
