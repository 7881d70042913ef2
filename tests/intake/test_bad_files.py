"""Bad files through command and wizard: a message that names row and field, nothing half-done.

Issue 2 'Bad input': whatever comes in, rows = created + merged + updated + unchanged + rejected.
"""

import os
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from leadfarm.engine.errors import LeadfarmError
from leadfarm.intake.importing.files import path_of
from leadfarm.intake.models import ImportRun
from leadfarm.leads.models import Contact, Lead
from tests.intake.files import bring, faults
from tests.world import World

DATA = Path(
    os.environ.get("LEADFARM_TEST_DATA") or Path(__file__).resolve().parents[3] / "shared" / "data"
)
FILES = sorted(
    path
    for folder in ("csv", "templates")
    for path in (DATA / folder).rglob("*")
    if path.is_file() and path.stat().st_size < 3_000_000
)
REFUSED = {
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9,
    "a workbook named csv": b"PK\x03\x04\x14\x00\x06\x00" + b"\0" * 300,
    "an old workbook": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 300,
    "nothing": b"",
    "blank lines": b"\r\n\r\n ; ; \r\n",
    "a program": b"\x7fELF\x02\x01\x01" + bytes(range(200)) * 9,
    "JSON": b'{"leads": [1, 2]}',
    "too many columns": ",".join(f"c{n}" for n in range(2_500)).encode() + b"\n",
}
HOSTILE = (
    "email,first name,last name,company,phone,created date,notes\n"
    'a@x.example,<script>alert(1)</script>,Lind,"<img src=x onerror=y>",+49 30 1,2025-05-01,=1+1\n'
    "b@x.example,Bo,Berg,Nordpump,,2025-02-30,+cmd|' /C calc'!A0\n"
    "c@x.example,Cy,Carl,Nordpump,,31.02.2025,@SUM(A1)\n"
    "d@x.example,Di\x00,Dahl,Nordpump,,2025-05-01,\n"
    "short@x.example,Short\n"
    "long@x.example,Long,Row,Nordpump,,2025-05-01,a,b,c,d\n"
    "no address,Eve,Eng,Nordpump,,2025-05-01,-1\n"
    "f@x.example,Fay,Fox,Nordpump,,0000-00-00,\n"
    "g@x.example,Gil,Gor,Nordpump,,9999-12-31,\n"
    "h@x.example,Hal,Hov,Nordpump,,1000000000000000000000,\n"
    "a@x.example,Ann,Lind,Nordpump,,2025-05-01,again\n"
    "i@x.example,Ida,Ivy,Nordpump,,2025-05-01,plain\n"
)


def told(run: ImportRun) -> int:
    """How many rows the counts account for."""
    return run.created + run.merged + run.updated + run.unchanged + run.rejected


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_no_table_leaves_nothing(world: World, what: str) -> None:
    browser = world.client(world.mei)
    file = SimpleUploadedFile("leads.csv", REFUSED[what], "text/csv")
    page = browser.post(world.address("imports/"), {"kind": "1", "file": file})
    assert page.status_code == 200
    text = page.content.decode()
    assert any(words in text for words in ("not a CSV file", "empty", "at most")), text
    with world.inside():
        assert not ImportRun.objects.of(world.workspace).exists()
    with pytest.raises(LeadfarmError) as refusal:
        bring(world, REFUSED[what])
    assert refusal.value.what_to_do


def test_each_bad_row_is_named_and_the_others_come_in(world: World) -> None:
    run = bring(world, HOSTILE)
    found = {(row, field) for row, field, _ in faults(world, run)}
    assert found >= {
        (3, "created date"),
        (4, "created date"),
        (5, "first name"),
        (6, "last name"),
        (7, ""),
        (8, "email"),
        (9, "created date"),
        (10, "created date"),
        (11, "created date"),
    }
    assert all(len(message) > 20 for _, _, message in faults(world, run))
    assert run.done_rows == run.total == told(run) == 12
    with world.inside():
        assert Lead.objects.of(world.workspace).count() == run.created


def test_html_in_names_is_text_and_formulas_are_none_when_they_leave(world: World) -> None:
    run = bring(world, HOSTILE)
    browser = world.client(world.mei)
    with world.inside():
        contact = Contact.objects.of(world.workspace).get(email="a@x.example")
        assert contact.given_name == "<script>alert(1)</script>"
        lead = Lead.objects.of(world.workspace).get(contact=contact)
    for path in (f"leads/{lead.id}/", "leads/", f"imports/{run.id}/"):
        page = browser.get(world.address(path)).content.decode()
        assert "<script>alert(1)" not in page
        assert "<img src=x" not in page
    errors = browser.get(world.address(f"imports/{run.id}/errors/")).content.decode()
    for sign in ("=1+1", "+cmd", "@SUM"):
        assert f",{sign}" not in errors
        assert f'"{sign}' not in errors


def test_a_cell_of_ten_megabytes_costs_its_row_only(world: World) -> None:
    huge = f'email,notes\na@x.example,"{"x" * 10_000_000}"\nb@x.example,short\n'
    run = bring(world, huge)
    assert run.done_rows == told(run)
    assert run.rejected >= 1
    assert faults(world, run)[0][0] == 2
    with world.inside():
        assert Contact.objects.of(world.workspace).filter(email="b@x.example").exists()


@pytest.mark.parametrize("encoding", ["utf-16-le", "cp1252", "cp1251", "gb18030", "utf-8-sig"])
def test_a_wrongly_named_encoding_is_a_message_or_rows(world: World, encoding: str) -> None:
    text = "email,name,city\n" + "".join(f"p{n}@x.example,Jürgen,Köln\n" for n in range(30))
    run, refusal = tried(world, text.encode("cp1252"), {"options": {"encoding": encoding}})
    assert len(refusal) > 20 if run is None else run.failed_because or run.done_rows == told(run)


def test_duplicated_titles_go_through_the_wizard(world: World) -> None:
    browser = world.client(world.mei)
    file = SimpleUploadedFile("twice.csv", b"email,email,name\na@x.example,b@x.example,Ann\n")
    where = browser.post(world.address("imports/"), {"kind": "1", "file": file})["Location"]
    assert "email (2)" in browser.get(where).content.decode()


@pytest.mark.skipif(not FILES, reason=f"no real files in {DATA}; set LEADFARM_TEST_DATA")
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_real_file_ends_in_rows_or_in_words(world: World, path: Path) -> None:
    content = path.read_bytes()
    run, refusal = tried(world, content, None, path.name)
    if "No column tells" in refusal:
        mapping = {"columns": {}, "constants": {"company": "Nordpump"}}
        run, refusal = tried(world, content, mapping, path.name)
    if run is None:
        assert len(refusal) > 20
        return
    assert run.failed_because or run.done_rows == run.total == told(run)
    with world.inside():
        assert Lead.objects.of(world.workspace).count() <= run.created
    assert path_of(run).exists()


def tried(
    world: World, content: bytes, mapping: dict[str, Any] | None, name: str = "leads.csv"
) -> tuple[ImportRun | None, str]:
    """Bring the file in; return its run, or why it was refused."""
    try:
        return bring(world, content, mapping, name=name), ""
    except LeadfarmError as refusal:
        return None, str(refusal)
