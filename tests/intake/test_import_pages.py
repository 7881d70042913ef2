"""The wizard: upload, map, preview, run, error file, undo (UX 8), without JavaScript."""

import argparse
from datetime import UTC, datetime, time, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from leadfarm.consent.clocks import clean
from leadfarm.intake.actions import forget_thrown_away, run_import
from leadfarm.intake.codes import ImportKind
from leadfarm.intake.importing.files import path_of
from leadfarm.intake.jobs import bring_in
from leadfarm.intake.mapping import MappingError, read_mapping
from leadfarm.intake.models import ImportFault, ImportRun
from leadfarm.leads.models import Lead
from leadfarm.project.cli.import_ import arguments
from tests.world import World

FILE = (
    "email,first name,notes,phone\nvera@x.example,Vera,=cmd(),abc\nno address,Bo,,\n"
    "otto@y.example,Otto,,+49 30 901820\n"
)


def test_ux_8_a_file_goes_through_the_wizard_and_back(world: World) -> None:
    browser = world.client(world.mei)
    file = SimpleUploadedFile("fair.csv", FILE.encode(), "text/csv")
    answer = browser.post(world.address("imports/"), {"kind": "1", "file": file})
    assert answer.status_code == 302, answer.content.decode()
    with world.inside():
        run = ImportRun.objects.of(world.workspace).get()
    assert answer["Location"] == world.address(f"imports/{run.id}/mapping/")
    page = browser.get(answer["Location"]).content.decode()
    assert "vera@x.example" in page
    sent = {"to-0": "email", "to-1": "given_name", "to-2": "finding", "to-3": "phone"}
    sent["set-source"] = "Fair"
    answer = browser.post(answer["Location"], sent)
    preview = browser.get(answer["Location"]).content.decode()
    assert "<b>2</b> open a lead" in preview
    assert "“no address” is no e-mail address" in preview
    with world.inside():
        assert Lead.objects.of(world.workspace).count() == 0
    here = world.address(f"imports/{run.id}/")
    assert browser.post(here + "start/")["Location"] == here
    assert "Waiting for a worker" in browser.get(here).content.decode()
    with world.as_worker():
        run_import(ImportRun.objects.of(world.workspace).get(id=run.id), now=world.now)
    done = browser.get(here).content.decode()
    assert "<b>2</b> opened a lead" in done
    assert "Rows and their leads" in done
    assert all(f">{name}</a>" in done for name in ("Vera", "Otto"))
    errors = browser.get(here + "errors/").content.decode()
    assert "no address,Bo,,,3,email," in errors
    assert "“abc” is no phone number; it is kept as written." in errors
    browser.post(here + "undo/")
    undone = browser.get(here).content.decode()
    assert "2 of the 2 leads it opened are gone again" in undone
    with world.inside():
        assert Lead.objects.of(world.workspace).count() == 0


def test_a_file_that_is_no_table_is_refused_on_the_page(world: World) -> None:
    browser = world.client(world.mei)
    file = SimpleUploadedFile("book.xlsx", b"PK\x03\x04" + b"\0" * 200)
    answer = browser.post(world.address("imports/"), {"kind": "1", "file": file})
    assert "This is a damaged Excel workbook" in answer.content.decode()
    with world.inside():
        assert not ImportRun.objects.of(world.workspace).exists()


def test_a_file_without_rows_runs_nowhere_and_is_thrown_away(world: World) -> None:
    browser = world.client(world.mei)
    nothing = browser.post(world.address("imports/"), {"kind": "1"}).content.decode()
    assert "Choose a file." in nothing
    file = SimpleUploadedFile("titles.csv", b"email,name\n")
    where = browser.post(world.address("imports/"), {"kind": "1", "file": file})["Location"]
    preview = browser.post(where, {"to-0": "email"}, follow=True).content.decode()
    assert "The file has titles and no rows" in preview
    assert "Run the import" not in preview
    gone = browser.post(where.replace("mapping", "removal"), follow=True).content.decode()
    assert "titles.csv is thrown away" in gone
    with world.as_worker():
        assert forget_thrown_away(world.workspace, timezone.now() + timedelta(minutes=61)) == 1
        assert not ImportRun.objects.of(world.workspace).exists()
    answer = browser.post(where.replace("mapping", "removal/undo"))
    assert answer.status_code == 404


def test_ux_8_an_upload_thrown_away_comes_back_for_an_hour_as_it_was(world: World) -> None:
    browser = world.client(world.mei)
    file = SimpleUploadedFile("fair.csv", FILE.encode())
    where = browser.post(world.address("imports/"), {"kind": "1", "file": file})["Location"]
    told = {f"to-{at}": to for at, to in enumerate(("email", "full_name"))}
    assert browser.post(where, told)["Location"].endswith("/preview/")
    browser.post(where.replace("mapping", "start"))
    with world.as_worker():
        waiting = ImportRun.objects.of(world.workspace).get()
    bin_it, back = where.replace("mapping", "removal"), where.replace("mapping", "removal/undo")
    assert back in browser.post(bin_it, follow=True).content.decode()
    assert browser.get(where).status_code == 404
    assert "Thrown away" in browser.get(world.address("imports/")).content.decode()
    with world.as_worker():
        # The job that was waiting finds it gone, also where it had looked a moment before.
        for run in (ImportRun.objects.of(world.workspace).get(), waiting):
            assert run_import(run, now=world.now).created == 0
        assert forget_thrown_away(world.workspace, timezone.now()) == 0
        assert not Lead.objects.of(world.workspace).exists()
    assert browser.post(back)["Location"].endswith("/preview/")
    with world.as_worker():
        run = ImportRun.objects.of(world.workspace).get()
        assert run_import(run, now=world.now).created > 0
    assert "has run" in browser.post(bin_it, follow=True).content.decode()


def test_a_mapping_that_names_nobody_is_refused_in_words(world: World) -> None:
    browser = world.client(world.mei)
    file = SimpleUploadedFile("fair.csv", FILE.encode())
    where = browser.post(world.address("imports/"), {"kind": "1", "file": file})["Location"]
    assert "No column tells who the lead is" in browser.post(where, {}).content.decode()


def test_a_thousand_columns_can_be_mapped(world: World) -> None:
    browser = world.client(world.mei)
    wide = ",".join(["email", *(f"c{n}" for n in range(999))])
    file = SimpleUploadedFile("wide.csv", f"{wide}\na@x.example{',1' * 999}\n".encode())
    where = browser.post(world.address("imports/"), {"kind": "1", "file": file})["Location"]
    assert "900 further columns" in browser.get(where).content.decode()


def test_a_file_holds_leads_or_outcomes_and_nothing_else() -> None:
    """Spend is booked on its page: the command offers no kind that would read it as leads."""
    parser = argparse.ArgumentParser()
    arguments(parser)
    for kind in ImportKind:
        given = ["x.csv", "--workspace", "norrvik", "--kind", kind.slug]
        assert parser.parse_args(given).kind == kind.slug
    with pytest.raises(SystemExit):
        parser.parse_args(["x.csv", "--workspace", "norrvik", "--kind", "spend"])
    with pytest.raises(MappingError, match="Use leads or outcomes"):
        read_mapping({"kind": "spend", "columns": {"Id": "external_id"}}, ["Id"])


def test_an_import_that_stands_still_is_started_again_and_doubles_nothing(world: World) -> None:
    browser = world.client(world.mei)
    rows = "".join(f"p@x{number}.example\n" for number in range(9))
    file = SimpleUploadedFile("fair.csv", f"email\n{rows}".encode())
    where = browser.post(world.address("imports/"), {"kind": "1", "file": file})["Location"]
    browser.post(where, {"to-0": "email"})
    with world.inside():
        run = ImportRun.objects.of(world.workspace).get()
    here = world.address(f"imports/{run.id}/")
    browser.post(here + "start/")

    def dies(_: ImportRun) -> None:
        raise KeyboardInterrupt

    with world.as_worker(), pytest.raises(KeyboardInterrupt):
        run_import(run, now=world.now, progress=dies, chunk=4)
    assert "Start it again" in browser.get(here).content.decode()
    before = ProcrastinateJob.objects.filter(task_name="bring_in").count()
    page = browser.post(here + "start/", follow=True).content.decode()
    assert "goes on behind the last row" in page
    assert ProcrastinateJob.objects.filter(task_name="bring_in").count() == before + 1
    with world.as_worker():
        bring_in(workspace_id=world.workspace.id, run_id=run.id)
    assert "Start it again" not in browser.get(here).content.decode()
    with world.inside():
        assert Lead.objects.of(world.workspace).count() == 9


def test_files_go_when_their_time_is_over_and_not_before(world: World) -> None:
    browser = world.client(world.mei)
    file = SimpleUploadedFile("fair.csv", FILE.encode())
    browser.post(world.address("imports/"), {"kind": "1", "file": file})
    with world.inside():
        run = ImportRun.objects.of(world.workspace).get()
        fault = ImportFault.objects.create(
            workspace=world.workspace, run=run, row=3, field="email", message="x", raw='["no"]'
        )
    last = datetime.combine(run.file_delete_on, time(3, 20), UTC)
    with world.as_worker():
        clean(world.workspace, last - timedelta(days=1))
        assert path_of(run).exists()
        assert clean(world.workspace, last)["files"] == 1
        assert clean(world.workspace, last) == {}
    with world.inside():
        fault.refresh_from_db()
    assert not path_of(run).exists()
    assert fault.raw is None
