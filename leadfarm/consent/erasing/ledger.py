"""The erasures beside the database: what a restore of an older backup has to do again.

One line an erasure in `erasures.jsonl` of the data folder: the workspace, numbers and keyed hashes,
when. It names nobody, is no part of a backup, and is never replaced by one (docs/decisions/0060).
"""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from leadfarm.access.models import Workspace
from leadfarm.access.walls import within
from leadfarm.consent.addresses import address_hash
from leadfarm.consent.erasing.person import Person
from leadfarm.consent.models import AddressKey
from leadfarm.engine.home import ERASURES, home

LEDGER = ERASURES


@dataclass(frozen=True)
class Line:
    """One erasure as the file tells it."""

    workspace: str
    contacts: tuple[int, ...]
    hashes: tuple[str, ...]
    at: datetime
    # The workspace's address key, sealed: a backup may be from before it was made.
    key: str


def note(person: Person, now: datetime) -> None:
    """Write the erasure beside the database before it begins; on the disk when this returns."""
    with within(person.workspace_id):
        _append(person, now)


def _append(person: Person, now: datetime) -> None:
    slug = Workspace.objects.values_list("slug", flat=True).get(id=person.workspace_id)
    hashes = [address_hash(person.workspace_id, a) for a in (*person.emails, *person.phones)]
    key = AddressKey.objects.of(person.workspace_id).values_list("sealed", flat=True).get()
    line = {"workspace": slug, "contacts": person.contacts, "hashes": hashes}
    line |= {"at": now.isoformat(), "key": key}
    flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT
    with os.fdopen(os.open(home() / LEDGER, flags, 0o600), "w") as file:
        file.write(json.dumps(line) + "\n")
        file.flush()
        os.fsync(file.fileno())


def lines(folder: Path) -> Iterator[Line]:
    """Yield the erasures noted in a data folder; a line cut off by a crash is left out."""
    path = folder / LEDGER
    for text in path.read_text().splitlines() if path.exists() else ():
        try:
            told = json.loads(text)
            yield Line(
                str(told["workspace"]),
                tuple(told["contacts"]),
                tuple(told["hashes"]),
                datetime.fromisoformat(told["at"]),
                str(told["key"]),
            )
        except (ValueError, KeyError, TypeError):
            continue
