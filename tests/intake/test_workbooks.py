"""Workbooks (S1-4, issue 3 'Bad input'): read as people see them, or refused before they hurt."""

import io
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from leadfarm.engine.errors import LeadfarmError
from leadfarm.intake.actions import read_workbook
from leadfarm.intake.codes import ImportState
from leadfarm.intake.importing.files import path_of
from leadfarm.intake.models import ImportRun
from leadfarm.intake.reading import UnreadableFileError, is_workbook, open_table, unfold
from leadfarm.intake.reading.workbook import measure
from leadfarm.leads.models import Contact
from tests.intake.files import bring, counts, faults
from tests.intake.workbooks import lying, with_part, workbook
from tests.world import World

PEOPLE = (
    ("Email", "Given", "Family", "Created", "Amount"),
    ("vera@nordpump.example", "Vera", "Lind", date(2025, 11, 3), 1234.5),
    ("otto@x.example", "Otto", "Brandt", datetime(2025, 11, 4, 9, 30), 0.1 + 0.2),
)


def kept(folder: Path, content: bytes, name: str = "book.xlsx") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def rows(folder: Path, content: bytes, sheet: str = "") -> list[list[str]]:
    path, into = kept(folder, content), folder / "sheet.csv"
    assert is_workbook(path)
    unfold(path, into, sheet, 10)
    table = open_table(into, limit_mb=10, encoding="utf-8", delimiter=",")
    return [list(table.titles), *(row.cells for row in table.rows())]


def test_cells_read_as_people_see_them(tmp_path: Path) -> None:
    cells = [42, 1234567.891, True, time(9, 30), timedelta(hours=30), "01234", 4.915112345678e12]
    found = rows(tmp_path, workbook(("A", [list("abcdefg"), cells]), ("B", [["x"]])))
    seen = ["42", "1234567.891", "TRUE", "09:30:00", "30:00:00", "01234", "4915112345678"]
    assert found == [list("abcdefg"), seen]
    assert rows(tmp_path, workbook(("People", PEOPLE)))[2][3:] == ["2025-11-04 09:30:00", "0.3"]


def test_the_first_sheet_with_rows_is_read_unless_one_is_named(tmp_path: Path) -> None:
    book = workbook(("Empty", []), ("Leads", PEOPLE), ("Notes", [["a"], ["b"]]))
    path = kept(tmp_path, book)
    unfolded = unfold(path, tmp_path / "out.csv", "", 10)
    assert (unfolded.sheet, unfolded.sheets) == ("Leads", ["Empty", "Leads", "Notes"])
    assert rows(tmp_path, book, "Notes") == [["a"], ["b"]]
    with pytest.raises(UnreadableFileError, match="no sheet “Gone”"):
        unfold(path, tmp_path / "out.csv", "Gone", 10)


def test_rows_are_counted_as_the_spreadsheet_does_and_macros_are_left_alone(world: World) -> None:
    book = workbook(("People", [*PEOPLE, (), ("no address", "Bo", "Berg", None, None)]))
    run = bring(world, with_part(book, "xl/vbaProject.bin", b"Sub x()"), name="fair.xlsm")
    assert counts(run) == {"created": 2, "rejected": 1}
    assert [(row, field) for row, field, _ in faults(world, run)] == [(5, "Email")]
    with world.inside():
        vera = Contact.objects.of(world.workspace).get(email="vera@nordpump.example")
        assert (vera.given_name, vera.family_name) == ("Vera", "Lind")
    assert counts(bring(world, book)) == {"unchanged": 2, "rejected": 1}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (with_part(workbook(("A", PEOPLE)), "xl/workbook.bin", b""), "binary Excel workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old Excel workbook"),
        (workbook(("A", PEOPLE))[:2000], "damaged"),
    ],
)
def test_other_workbooks_are_refused_at_once_with_what_to_do(
    world: World, content: bytes, words: str
) -> None:
    with pytest.raises(LeadfarmError, match=words) as refusal:
        bring(world, content, name="x.xlsb")
    assert refusal.value.what_to_do


def test_what_unpacks_to_too_much_is_not_unpacked(tmp_path: Path) -> None:
    book = workbook(("A", PEOPLE))
    declared = kept(tmp_path, with_part(book, "xl/media/x", b"\0" * 30 * 2**20))
    with pytest.raises(UnreadableFileError, match="more than 20 MB"):
        measure(declared, 20 * 2**20)
    hidden = kept(tmp_path, lying(book, "xl/media/x", 30))
    with pytest.raises(UnreadableFileError, match="more than 20 MB"):
        measure(hidden, 20 * 2**20)
    measure(hidden, 40 * 2**20)


def test_a_sheet_as_wide_and_long_as_can_be_costs_a_child_process_only(tmp_path: Path) -> None:
    cells = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c>'
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f"<sheetData>{cells}</row></sheetData></worksheet>"
    )
    book = with_part(workbook(("A", PEOPLE)), "xl/worksheets/sheet1.xml", sheet.encode())
    with pytest.raises(UnreadableFileError, match="too large or damaged"):
        unfold(kept(tmp_path, book), tmp_path / "out.csv", "", 10)


def test_ux_8_a_workbook_goes_through_the_wizard_by_a_worker(world: World) -> None:
    browser = world.client(world.mei)
    book = workbook(("Summary", [["Made on", "1 May"]]), ("Leads", PEOPLE))
    file = SimpleUploadedFile("fair.xlsx", book)
    where = browser.post(world.address("imports/"), {"kind": "1", "file": file})["Location"]
    with world.inside():
        run = ImportRun.objects.of(world.workspace).get()
    assert (run.state, where) == (ImportState.READING, world.address(f"imports/{run.id}/"))
    assert "being read" in browser.get(where).content.decode()
    assert browser.get(where + "mapping/")["Location"] == where

    def worked() -> str:
        with world.as_worker():
            read_workbook(ImportRun.objects.of(world.workspace).get(id=run.id), now=world.now)
        return browser.get(where, follow=True).content.decode()

    assert "Made on" in worked()
    assert browser.post(where + "sheet/", {"sheet": "Gone"}, follow=True).status_code == 200
    assert browser.post(where + "sheet/", {"sheet": "Leads"})["Location"] == where
    page = worked()
    assert "vera@nordpump.example" in page
    assert "<option selected>Leads</option>" in page


def test_a_workbook_that_cannot_be_read_says_so_on_its_page(world: World) -> None:
    browser = world.client(world.mei)
    book = with_part(workbook(("A", PEOPLE)), "xl/workbook.xml", b"<not xml")
    file = SimpleUploadedFile("fair.xlsx", book)
    where = browser.post(world.address("imports/"), {"kind": "1", "file": file})["Location"]
    with world.as_worker():
        run = ImportRun.objects.of(world.workspace).get()
        read_workbook(run, now=world.now)
    assert "damaged" in browser.get(where).content.decode()
    assert run.state == ImportState.FAILED
    assert not path_of(run).with_suffix(".draft").exists()


def test_numbers_are_read_as_their_format_shows_them(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    shown = {
        "B3": ("Zip", "General"), "C3": ("Share", "General"), "D3": ("Id", "General"),
        "B4": (1234, "00000"), "C4": (0.125, "0%"), "D4": (120_000_000_000_000_000, "0"),
        "B5": (123456789, '000\\-00"-"0000'), "C5": (0.07, "0.00%"), "D5": (1234.5, "#,##0.00"),
        "B6": (123456, "00000"), "C6": (0.5, "General"), "D6": (12.5, "00000"),
    }  # fmt: skip
    for place, (value, code) in shown.items():
        sheet[place] = value
        sheet[place].number_format = code
    written = io.BytesIO()
    book.save(written)
    assert rows(tmp_path, written.getvalue()) == [
        ["Zip", "Share", "Id"],
        ["01234", "12.5%", "120000000000000000"],
        ["123-45-6789", "7%", "1234.5"],
        ["123456", "0.5", "12.5"],
    ]
