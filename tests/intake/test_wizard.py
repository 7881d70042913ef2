"""The wizard at depth (UX 8): layouts, meanings of words, kept mappings, dry run, repair."""

import csv
import io

from django.core.files.uploadedfile import SimpleUploadedFile

from leadfarm.intake.actions import run_import
from leadfarm.intake.codes import ImportState
from leadfarm.intake.importing.rehearsing import rehearse
from leadfarm.intake.models import ImportFault, ImportRun, SavedMapping
from leadfarm.leads.models import Contact, Lead, Touch
from leadfarm.rules.stages import Stage
from tests.intake.files import bring, counts
from tests.intake.test_presets import HUBSPOT
from tests.world import World


def uploaded(world: World, text: str, name: str = "leads.csv") -> tuple[str, ImportRun]:
    """Send a file to the wizard; return where it leads, and the import."""
    file = SimpleUploadedFile(name, text.encode(), "text/csv")
    answer = world.client(world.mei).post(world.address("imports/"), {"kind": "1", "file": file})
    with world.inside():
        run = ImportRun.objects.of(world.workspace).latest("id")
    return answer["Location"], run


def test_ux_8_a_layout_is_named_with_its_signs_and_can_be_dropped(world: World) -> None:
    where, _ = uploaded(world, HUBSPOT)
    browser = world.client(world.mei)
    page = browser.get(where).content.decode()
    assert "Recognised as <b>HubSpot contacts</b>, by Contact ID" in page
    assert 'value="Marketing Qualified Lead"' in page
    browser.post(where.replace("mapping", "layout"), {"layout": "titles"})
    assert "Recognised as" not in browser.get(where).content.decode()
    browser.post(where.replace("mapping", "layout"), {"layout": "recognise"})
    assert "Recognised as" in browser.get(where).content.decode()


def test_ux_8_words_are_told_apart_and_the_mapping_is_kept_by_name(world: World) -> None:
    text = "email,status,status date\na@x.example,Warm one,2025-05-01\nb@y.example,Odd,2025-05-01\n"
    where, run = uploaded(world, text)
    browser = world.client(world.mei)
    page = browser.get(where).content.decode()
    assert page.count("Reject these rows") == 2
    sent = {
        "to-0": "email", "to-1": "stage", "to-2": "stage_at", "word-1-0": "Warm one",
        "means-1-0": "nurturing", "word-1-1": "Odd", "means-1-1": "", "save_as": "Fairs",
        "match": "email", "takes": "all",
    }  # fmt: skip
    assert browser.post(where, sent)["Location"].endswith("preview/")
    with world.as_worker():
        done = run_import(ImportRun.objects.of(world.workspace).get(id=run.id), now=world.now)
    assert counts(done) == {"created": 2}
    with world.inside():
        stages = {Stage(world.standing(one).stage) for one in Lead.objects.of(world.workspace)}
        saved = SavedMapping.objects.of(world.workspace).get(name="Fairs")
    assert stages == {Stage.NURTURING, Stage.RAW}
    where, run = uploaded(world, text.replace("x.example", "z.example") + "\n")
    assert "Fairs" in browser.get(where).content.decode()
    browser.post(where.replace("mapping", "layout"), {"saved": str(saved.id)})
    with world.inside():
        run.refresh_from_db()
    assert run.mapping["columns"]["status"]["values"] == {"Warm one": "nurturing", "Odd": ""}


def test_a_dry_run_says_of_every_row_what_the_run_then_does(world: World) -> None:
    bring(world, "email,name\nknown@k.example,Kay Known\n")
    lines = [f"p{n % 40}@x{n % 40}.example,Person {n % 40}" for n in range(90)]
    text = "email,name\nknown@k.example,Kay Known\nno address,Bo\n" + "\n".join(lines) + "\n"
    where, run = uploaded(world, text)
    browser = world.client(world.mei)
    preview = where.replace("mapping", "preview")
    browser.post(where, {"to-0": "email"})
    assert "Left out: name." in browser.get(preview).content.decode()  # nothing is lost unsaid
    browser.post(where, {"to-0": "email", "to-1": "full_name"})
    first = browser.get(preview).content.decode()
    assert "Of all 92 rows" in first
    assert "Left out" not in first
    browser.post(where.replace("mapping", "rehearsal"))
    assert "Looking at every row" in browser.get(preview).content.decode()
    with world.as_worker():
        run = ImportRun.objects.of(world.workspace).get(id=run.id)
        found = rehearse(run, now=world.now, chunk=25)
    page = browser.get(preview).content.decode()
    assert "“no address” is no e-mail address" in page
    assert found.reasons[0][2:4] == [1, 3]
    with world.inside():
        assert Lead.objects.of(world.workspace).count() == 1
    with world.as_worker():
        done = run_import(ImportRun.objects.of(world.workspace).get(id=run.id), now=world.now)
    assert counts(done) == found.counts
    assert sum(found.counts.values()) == done.total == 92


def test_ux_8_whatever_opened_a_file_opens_its_error_file(world: World) -> None:
    """A spreadsheet that cuts by semicolons puts a line with commas into one cell."""
    columns = {"E-Mail": "email", "Firma": "company"}
    text = "E-Mail;Firma\na@x.example;Ahr KG\nb(at)y.example;Öhm AG\n"
    run = bring(world, text, {"columns": columns})
    assert counts(run)["rejected"] == 1
    errors = world.client(world.mei).get(world.address(f"imports/{run.id}/errors/"))
    titles, row = errors.content.decode().splitlines()
    assert titles.startswith("\ufeffE-Mail;Firma;")
    assert row.startswith("b(at)y.example;Öhm AG;3;E-Mail;")
    where, _ = uploaded(world, "\n".join([titles, row.replace("b(at)y", "b@y")]), "errors.csv")
    assert where.endswith("/preview/")


def test_ux_8_a_row_names_all_its_faults_in_the_report_and_once_in_the_error_file(
    world: World,
) -> None:
    """Each with its column and reason; nothing is made of a cell that could not be read."""
    columns = {"Mail": "email", "Tel": "phone", "Phase": "stage", "When": "entered_at"}
    row = "b(at)y.example,4.9E+11,Odd,31.31.2025\n"
    nul = "c\x00@z.example,1\x002,,someday\n"
    late = f"d@z.example,4.9E+11,Lost,{world.now.year + 2}-01-01\n"
    run = bring(world, "Mail,Tel,Phase,When\n" + row + nul + late, {"columns": columns})
    assert counts(run) == {"rejected": 3}
    with world.inside():
        told = ImportFault.objects.of(world.workspace).filter(run=run).order_by("row", "id")
        found = [(one.row, one.field) for one in told]
    assert found == [
        *((2, name) for name in ("Mail", "Phase", "When", "Tel")),
        *((3, name) for name in ("Mail", "Tel", "When")),
        *((4, name) for name in ("When", "Tel")),
    ]
    page = world.client(world.mei).get(world.address(f"imports/{run.id}/")).content.decode()
    assert page.count('<th scope="row">2</th>') == 4
    errors = world.client(world.mei).get(world.address(f"imports/{run.id}/errors/"))
    lines = list(csv.DictReader(io.StringIO(errors.content.decode().lstrip("\ufeff"))))
    assert [line["Mail"][:1] for line in lines] == ["b", "c", "d"]
    assert lines[0]["Field"] == "Mail; Phase; When; Tel"
    for name in columns:
        assert f"{name}: “" in lines[0]["What is wrong"]


def test_ux_8_an_error_file_comes_back_mended_and_needs_no_mapping(world: World) -> None:
    text = (
        "Mail,Who,Phase,When\na@x.example,Ann Lee,Qualified,2025-05-01\n"
        "b(at)y.example,Bob Day,Raw,2025-05-02\nc@z.example,Cy Fox,Odd,2025-05-03\n"
    )
    columns = {"Mail": "email", "Who": "full_name", "Phase": "stage", "When": "entered_at"}
    run = bring(world, text, {"columns": columns, "constants": {"source": "Fair"}})
    assert counts(run) == {"created": 1, "rejected": 2, "flagged": 1}
    errors = world.client(world.mei).get(world.address(f"imports/{run.id}/errors/"))
    mended = errors.content.decode().replace("b(at)y", "b@y").replace("Odd", "Lost")
    where, repair = uploaded(world, mended, "errors.csv")
    assert (repair.state, repair.repairs_id) == (ImportState.MAPPED, run.id)
    assert where == world.address(f"imports/{repair.id}/preview/")
    assert "This mends rows of leads.csv" in world.client(world.mei).get(where).content.decode()
    with world.as_worker():
        done = run_import(repair, now=world.now)
    assert (done.created, done.rejected, done.unchanged) == (2, 0, 1)
    with world.inside():
        assert Contact.objects.of(world.workspace).count() == 3
        assert Touch.objects.of(world.workspace).count() == 3
        assert {one.source.name for one in Lead.objects.of(world.workspace)} == {"Fair"}
