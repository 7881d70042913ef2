"""Files as they come (S1-4, issue 2 'Bad input'): read, or refused with a sentence that helps."""

import json
import os
from pathlib import Path

import pytest

from leadfarm.intake.reading import Row, Table, UnreadableFileError, open_table

DATA = Path(
    os.environ.get("LEADFARM_TEST_DATA") or Path(__file__).resolve().parents[3] / "shared" / "data"
)
needs_data = pytest.mark.skipif(
    not (DATA / "csv").is_dir(), reason=f"no real files in {DATA}; set LEADFARM_TEST_DATA"
)


def table(folder: Path, content: str | bytes, **options: object) -> Table:
    path = folder / "file.csv"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return open_table(path, **{"limit_mb": 1, **options})  # type: ignore[arg-type]


def rows(folder: Path, content: str | bytes) -> list[Row]:
    return list(table(folder, content).rows())


def test_a_file_without_titles_loses_no_row(tmp_path: Path) -> None:
    """Issue 3 'Bad input': the first row of an export without titles is somebody, too (S1-4)."""
    found = table(tmp_path, "ada@x.example;Ada;Lovelace\nbo@x.example;Bo;Berg\n")
    assert found.titles == ("Column 1", "Column 2", "Column 3")
    assert "no titles" in found.remarks[0]
    assert [(row.number, row.cells[0]) for row in found.rows()] == [
        *((1, "ada@x.example"), (2, "bo@x.example")),
    ]
    assert table(tmp_path, "mail @ work;name\na@x.example;A\n").titles == ("mail @ work", "name")


def test_a_cell_too_long_is_called_so(tmp_path: Path) -> None:
    found = rows(tmp_path, f"email,notes\nbig@x.example,{'x' * 300_000}\nok@x.example,fine\n")
    assert "longer than 200,000 characters" in found[0].fault
    assert found[1].cells == ["ok@x.example", "fine"]


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_any_delimiter_is_found(tmp_path: Path, mark: str) -> None:
    lines = [
        ["name", "mail", "need"],
        ["Ada", "ada@x.example", "one, two"],
        ["Bo", "b@x.example", ""],
    ]
    text = "\n".join(mark.join(f'"{cell}"' for cell in line) for line in lines)
    assert [row.cells for row in rows(tmp_path, text)] == lines[1:]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "mac_roman"]
)
def test_any_common_encoding_is_found(tmp_path: Path, encoding: str) -> None:
    text = "name;ort\nJürgen Groß;Köln\nZoë Ångström;Malmö\nRené;Besançon\n"
    assert [r.cells[0] for r in rows(tmp_path, text.encode(encoding))] == [
        "Jürgen Groß",
        "Zoë Ångström",
        "René",
    ]


def test_cyrillic_of_old_windows_is_found(tmp_path: Path) -> None:
    text = "имя,город\n" + "Иван Петров,Москва\nОльга Смирнова,Казань\n" * 20
    assert rows(tmp_path, text.encode("cp1251"))[0].cells == ["Иван Петров", "Москва"]


def test_one_broken_byte_does_not_spoil_the_other_umlauts(tmp_path: Path) -> None:
    lines = "name,ort\n" + "Jürgen,Köln\n" * 20
    found = rows(tmp_path, lines.encode() + b"Ren\xe9,Lyon\n")
    assert found[0].cells == ["Jürgen", "Köln"]
    assert (found[-1].number, found[-1].field) == (22, "name")
    assert "not UTF-8" in found[-1].fault


def test_quoted_newlines_are_one_row_and_rows_are_counted_as_a_spreadsheet_does(
    tmp_path: Path,
) -> None:
    found = rows(tmp_path, 'a,b\n1,"x\r\ny"\n\n3,4\n')
    assert [(row.number, row.cells) for row in found] == [(2, ["1", "x\r\ny"]), (4, ["3", "4"])]


def test_short_and_long_rows_are_named_and_the_others_still_read(tmp_path: Path) -> None:
    found = rows(
        tmp_path, "name,mail,phone\nAda,a@x.example\nBo,b@x.example,1,2\nCy,c@x.example,3,\n"
    )
    assert (found[0].number, found[0].field) == (2, "phone")
    assert "ends after 2 of 3 cells" in found[0].fault
    assert found[1].number == 3
    assert "has 4 cells, the header 3" in found[1].fault
    assert found[2] == Row(4, ["Cy", "c@x.example", "3"])


def test_a_quotation_mark_that_never_closes_costs_no_more_than_its_rows(tmp_path: Path) -> None:
    found = rows(tmp_path, 'a,b\n1,"open\n' + "2,3\n" * 60_000)
    assert "does not close" in found[0].fault
    assert found[-1].cells == ["2", "3"]


def test_a_nul_character_is_named_with_its_field(tmp_path: Path) -> None:
    found = rows(tmp_path, "name,need\nAda,pu\x00mp\nBo,valve\n")
    assert (found[0].number, found[0].field) == (2, "need")
    assert "NUL" in found[0].fault
    assert not found[1].fault


def test_duplicated_and_empty_titles_are_told_apart(tmp_path: Path) -> None:
    read = table(tmp_path, "Name,name,,Phone\na,b,c,d\n")
    assert read.titles == ("Name", "name (2)", "Column 3", "Phone")
    assert "“name” stands twice" in read.remarks[0]


def test_titles_above_the_table_are_passed_over(tmp_path: Path) -> None:
    read = table(tmp_path, "Report,,,\nMade on,1 May,,\nName,Mail,Phone,Need\na,b,c,d\ne,f,g,h\n")
    assert (read.header_row, read.titles[0]) == (3, "Name")
    assert [row.number for row in read.rows()] == [4, 5]


def test_a_thousand_columns_are_read_and_too_many_refused(tmp_path: Path) -> None:
    wide = ",".join(f"c{n}" for n in range(1000)) + "\n" + ",".join("1" for _ in range(1000))
    assert len(table(tmp_path, wide).titles) == 1000
    with pytest.raises(UnreadableFileError, match="2,500 columns"):
        table(tmp_path, ",".join(f"c{n}" for n in range(2500)) + "\n")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf\r\n", "empty"),
        (b"PK\x03\x04\x14\x00\x06\x00xl/workbook.xml", "zip archive"),
        (b"%PDF-1.7 \n", "PDF"),
        (b"\x89PNG\r\n\x1a\n", "image"),
        (bytes(range(256)) * 40, "binary"),
        (
            b"RIFF" + bytes(4) + b"WAVEfmt " + b"".join(bytes([n % 256, 0]) for n in range(9000)),
            "binary",
        ),
        (b'{"leads": []}', "JSON"),
        (b"<!DOCTYPE html><html></html>", "web page"),
    ],
)
def test_what_is_no_table_is_refused_with_what_to_do(
    tmp_path: Path, content: bytes, words: str
) -> None:
    with pytest.raises(UnreadableFileError, match=words) as refusal:
        table(tmp_path, content)
    assert refusal.value.what_to_do


def test_a_file_over_the_limit_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "large.csv"
    with path.open("wb") as file:
        file.truncate(210 * 1024 * 1024)
    with pytest.raises(UnreadableFileError, match="210 MB; at most 100 MB"):
        open_table(path, limit_mb=100)


def test_reading_goes_on_behind_a_row(tmp_path: Path) -> None:
    read = table(tmp_path, "a,b\n" + "".join(f"{n},x\n" for n in range(2, 30)))
    assert [row.number for row in read.rows(after=27)] == [28, 29]


@needs_data
@pytest.mark.parametrize(
    "name", sorted(path.stem for path in DATA.glob("csv/csv_spectrum/csvs/*.csv"))
)
def test_the_spectrum_reads_as_its_truth_says(name: str) -> None:
    folder = DATA / "csv/csv_spectrum"
    truth = json.loads((folder / "json" / f"{name}.json").read_text())
    truth = truth if isinstance(truth, list) else [truth]
    read = open_table(folder / "csvs" / f"{name}.csv", limit_mb=1)
    got = [dict(zip(read.titles, row.cells, strict=True)) for row in read.rows()]
    wrong = TRUTH_DISAGREES.get(name, "")
    assert [_comparable(row, wrong) for row in got] == [_comparable(row, wrong) for row in truth]


# The set's own truth holds another number there than its file.
TRUTH_DISAGREES = {"location_coordinates": "Contact Phone Number"}


def _comparable(row: dict[str, str], without: str) -> dict[str, str]:
    return {k: v.replace("\r\n", "\n") for k, v in row.items() if k != without}


@needs_data
@pytest.mark.parametrize(
    ("file", "delimiter", "columns"),
    [
        ("csv/horror/simple.psv", "|", 6),
        ("csv/horror/simple.ssv", ";", 3),
        ("csv/horror/example.tsv", "\t", 17),
        ("csv/horror/long.csv", ",", 1),
        ("csv/horror/characters.csv", ",", 18),
        ("templates/reconstructed/meta_lead_ads_export_utf16le_tab.csv", "\t", 19),
        ("templates/salesforce/Lead_full_export_60col.csv", ",", 54),
    ],
)
def test_exports_of_other_products_are_read(file: str, delimiter: str, columns: int) -> None:
    read = open_table(DATA / file, limit_mb=100)
    assert (read.delimiter, len(read.titles)) == (delimiter, columns)
    assert not [row for row in read.rows() if row.fault]
