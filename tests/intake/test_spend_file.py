"""Spend from a file: by campaign or source and month, looked at first, booked as a whole (D-1)."""

import re
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from leadfarm.access.models import AuditEntry
from leadfarm.intake.models import Spend
from leadfarm.intake.reading import UnreadableFileError
from leadfarm.intake.spend_file import read_spend
from tests.world import World

FILE = """\
Campaign;Source;Month;Amount;Kind;Note
Spring fair;;2026-01;1.200,50;;Stand
;Web;02/2026;300;tools;
;Web;02/2026;300;tools;
Autumn fair;;2026-01;10;;
;Web;2026-13;10;;
;Web;2026-01;lots;;
;Web;2026-01;-5;;
;;2026-01;5;;
;Web;2026-01;5;snacks;=cmd()
"""


def sent(world: World, content: str, **more: str) -> Any:
    told = {"file": SimpleUploadedFile("spend.csv", content.encode()), **more}
    return world.client(world.mei).post(world.address("spend/file/"), told)


@pytest.fixture
def places(world: World) -> World:
    with world.inside():
        world.source("Web")
        world.campaign("Spring fair")
    return world


def test_d_1_a_file_names_each_fault_by_row_and_books_nothing_when_read(places: World) -> None:
    with places.inside():
        found = read_spend(places.workspace, FILE.encode())
        assert not Spend.objects.of(places.workspace).exists()
    assert [(line.row, line.name) for line in found.lines] == [(2, "Spring fair"), (3, "Web")]
    assert found.total == Decimal("1500.50")
    assert [(fault.row, fault.field) for fault in found.faults] == [
        *((4, ""), (5, "campaign"), (6, "month"), (7, "amount"), (8, "amount")),
        *((9, "source"), (10, "kind")),
    ]
    assert "'=cmd()" in found.errors()


def test_d_1_a_file_is_looked_at_and_then_booked_once(places: World) -> None:
    page = sent(places, FILE).content.decode()
    assert "2 rows can be booked" in page
    assert "There is no campaign “Autumn fair”" in page
    kept = re.search(r'name="looked_at" value="([^"]+)"', page)
    assert kept
    client, path = places.client(places.mei), places.address("spend/file/")
    faulty = client.post(path, {"looked_at": kept[1], "then": "faults"}).content.decode()
    assert "Autumn fair" in faulty
    assert "Stand" not in faulty
    assert client.post(path, {"looked_at": kept[1], "then": "book"}).status_code == 302
    with places.inside():
        booked = Spend.objects.of(places.workspace).order_by("amount")
        days = [(f"{one.from_day}", f"{one.until_day}") for one in booked]
        assert days == [("2026-02-01", "2026-02-28"), ("2026-01-01", "2026-01-31")]
        entry = AuditEntry.objects.of(places.workspace).get(action="spend.imported")
        assert entry.details == {"bookings": 2, "amount": "1500.50"}
    again = sent(places, FILE).content.decode()
    assert "Nothing to book" in again
    client.post(path, {"looked_at": kept[1], "then": "book"})
    with places.inside():
        assert Spend.objects.of(places.workspace).count() == 2


@pytest.mark.parametrize(
    ("content", "says"),
    [("", "empty"), ("Month,Amount\n2026-01,5\n", "campaign or source"), ("a\x00b", "no column")],
)
def test_d_1_what_is_no_file_of_spend_is_refused_in_words(
    places: World, content: str, says: str
) -> None:
    with places.inside(), pytest.raises(UnreadableFileError, match=says):
        read_spend(places.workspace, content.encode())
    answer = sent(places, content)
    assert answer.status_code == 200
    damaged = places.client(places.mei).post(
        places.address("spend/file/"), {"looked_at": "%%%", "then": "book"}
    )
    assert damaged.status_code == 200
    assert places.client(places.tomas).get(places.address("spend/file/")).status_code in (302, 403)
