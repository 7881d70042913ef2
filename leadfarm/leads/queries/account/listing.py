"""The list of companies: by keyset, so that the last page costs what the first does."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from leadfarm.access.models import Workspace
from leadfarm.engine.statements import statement
from leadfarm.leads.queries.listing.page import ENOUGH
from leadfarm.leads.queries.listing.words import LAST, candidates, read_words
from leadfarm.rules.names import company_key, fold
from leadfarm.rules.profile.codes import size_band
from leadfarm.rules.profile.sectors import Sector
from leadfarm.ui import words

from django.db import connection  # isort: skip

HERE = Path(__file__).parent
PAGE = 50
SORTS = {"name": "Name", "new": "Newest"}


@dataclass(frozen=True)
class Listed:
    """One line of the list."""

    id: int
    name: str
    domain: str
    sector: str
    size: str
    country: str
    leads: int
    open: int
    last: datetime | None


def accounts_page(
    workspace: Workspace, asked: str, sort: str, after: int | None
) -> tuple[list[Listed], int | None]:
    """Return a page of companies and where the next one starts, in one query.

    `asked` is the beginning of a name or of a site, or words by which one of its leads is found.
    """
    by_name = sort == "name"
    order = ("name_key ASC, id ASC", ">") if by_name else ("id DESC, name_key ASC", "<")
    # Both texts are ours; what people typed is bound.
    keyset = (
        "(name_key, id) > (SELECT name_key, id FROM leads_account last"
        " WHERE last.workspace_id = %(workspace)s AND last.id = %(after)s)"
        if by_name
        else "id < %(after)s"
    )
    ways, terms = _found(asked) if asked else ("", {})
    terms |= {"workspace": workspace.id, "after": after, "many": PAGE + 1}
    text = statement(HERE / "listed.sql").replace("/*order*/", order[0])
    text = text.replace("/*keyset*/", "true" if after is None else keyset)
    text = text.replace("/*found*/", ways)
    text = text.replace("/*asked*/", "id IN (SELECT id FROM found)" if asked else "true")
    with connection.cursor() as cursor:
        cursor.execute(text, terms)
        found = cursor.fetchall()
    rows = [_row(row) for row in found[:PAGE]]
    return rows, rows[-1].id if len(found) > PAGE else None


def _found(asked: str) -> tuple[str, dict[str, Any]]:
    """Return the query of the companies that are asked for, and what it is told."""
    key, site, named = company_key(asked) or fold(asked), asked.lower(), read_words(asked)
    text = statement(HERE / "found.sql").replace("/*candidates*/", candidates(named))
    ends = {"key": key, "key_end": key + LAST, "domain": site, "domain_end": site + LAST}
    return text, {**named.params, **ends, "enough": ENOUGH}


def _row(row: tuple[object, ...]) -> Listed:
    number, name, domain, sector, employees, country, leads, unfinished, last = row
    return Listed(
        id=int(str(number)),
        name=str(name),
        domain=str(domain or ""),
        sector=Sector(sector).label if isinstance(sector, int) else "",
        size=size_band(employees if isinstance(employees, int) else None),
        country=words.country(str(country)),
        leads=int(str(leads)),
        open=int(str(unfinished)),
        last=last if isinstance(last, datetime) else None,
    )
