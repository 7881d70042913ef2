"""A base to measure on: a million leads and their touches, made by set and kept between runs."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import connection

from leadfarm.access.models import Workspace
from leadfarm.access.walls import within
from leadfarm.leads.models import Lead, Source
from leadfarm.rules import heat
from leadfarm.rules.codes import Role
from leadfarm.rules.names import fold
from leadfarm.simulation.cast import SOURCES, names
from leadfarm.simulation.norrvik import PEOPLE, Norrvik, open_norrvik

SQL = Path(__file__).parent / "sql"
CHUNK = 20_000
# What companies are called: 32 heads and tails of coined words, 40 trades, and their towns.
HEADS = (
    "ald ber bor cal dan dor eld fal fen gar hal hol ing kal kar lan lor mal mer nor ost per quin"
    " ral ros sal sel tor ul val ver wal"
)
TAILS = (
    "a ado agen aro as eba ek en era eso eta ex ia ico id ik ima in io ira is ita ium ix o ona or"
    " os ova ulo um us"
)
TRADES = (
    "pumps drives valves paper glass timber steel foundry plastics water energy motors gears tools"
    " sensors frames fans dryers kilns presses cranes lifts conveyors mixers mills boilers filters"
    " turbines bearings seals cables castings coatings textiles yarns packaging printing machines"
    " systems works"
)
# What a file may tell without a delivery: open up to Nurturing, opportunities, and what is closed.
STAGES = [1, 2, 3, 3, 3, 3, 2, 3, 6, 3, 11, 12, 13, 13, 7, 3, 3, 3, 2, 11]
YEARS = timedelta(days=730)


@contextmanager
def behind_the_wall(workspace: int) -> Iterator[Any]:
    """Give a cursor as everybody has it: every law is checked, row by row."""
    with within(workspace), connection.cursor() as cursor:
        yield cursor


Hand = Callable[[int], AbstractContextManager[Any]]


def ensure_base(
    slug: str,
    leads: int,
    touches_per_lead: int = 20,
    *,
    now: datetime,
    progress: Callable[[int, int], None] | None = None,
    hand: Hand = behind_the_wall,
) -> Workspace:
    """Return the workspace of this slug with at least so many leads, and so many touches for each.

    Each chunk of 20,000 leads is one transaction: interrupted, the next call goes on where this
    one stopped. `progress` is told how many leads are there and how many there will be. `hand`
    gives the cursor for one chunk, in a transaction: who may write past the checks is faster.
    """
    norrvik = open_norrvik(slug, opened_at=now - YEARS, live_at=now)
    told = _told(norrvik, now) | {"touches": touches_per_lead}
    there = _count(norrvik.workspace)
    while there < leads:
        many = min(CHUNK, leads - there)
        _chunk(hand, told, there + 1, there + many)
        there += many
        if progress:
            progress(there, leads)
    return norrvik.workspace


def _count(workspace: Workspace) -> int:
    with within(workspace):
        return Lead.objects.of(workspace).filter(external_id__startswith="B-").count()


def _told(norrvik: Norrvik, now: datetime) -> dict[str, Any]:
    """Return what every statement is told: who owns, where from, how warm."""
    workspace = norrvik.workspace
    with within(workspace):
        sources = [
            Source.objects.get_or_create(workspace=workspace, name=one.name)[0].id
            for one in SOURCES
        ]
    return {
        "workspace": workspace.id,
        "now": now,
        "start": now - YEARS,
        # The last stage was reached three weeks after the entry, before the company went live.
        "newest": now - timedelta(days=25),
        "stages": STAGES,
        "sources": sources,
        "marketers": _of(norrvik, Role.MARKETER),
        "developers": _of(norrvik, Role.PD),
        "reps": _of(norrvik, Role.SALES_REP),
        **_called(),
        "warmth": heat.threshold(heat.TOP, now, heat.HALF_LIFE),
    }


def _called() -> dict[str, list[str]]:
    """Return the parts that names of companies and people are put together from."""
    coined = {"heads": HEADS.split(), "tails": TAILS.split(), "trades": TRADES.split()}
    heard = {"towns": names.TOWNS, "given": names.GIVEN, "family": names.FAMILY}
    return coined | {part: _plain(lists) for part, lists in heard.items()}


def _plain(lists: Mapping[str, str]) -> list[str]:
    """Return the names of all countries as plain words, which are searched as they stand."""
    words = {fold(name) for names_of_country in lists.values() for name in names_of_country.split()}
    return sorted(word for word in words if word.isalpha())


def _of(norrvik: Norrvik, role: Role) -> list[int]:
    return [norrvik.members[one.name].id for one in PEOPLE if one.role is role]


def _chunk(hand: Hand, told: dict[str, Any], first: int, last: int) -> None:
    names = [f"B-{number}" for number in range(first, last + 1)]
    here = told | {"first": first, "last": last, "names": names}
    with hand(told["workspace"]) as cursor:
        for name in ("leads", "standing", "touches"):
            cursor.execute((SQL / f"bulk_{name}.sql").read_text(), here)
        # Nothing of this has just happened, so no program is to look at it.
        cursor.execute("DELETE FROM nurture_arrival WHERE workspace_id = %(workspace)s", told)
