"""The wizard in a browser, whole: map, preview, run, mend the error file, the same again, undo."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from leadfarm.intake.jobs import bring_in
from leadfarm.intake.models import ImportRun
from leadfarm.leads.models import Lead
from tests.world import World

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
FAIR = (
    "Firma;Vorname;E-Mail;Bemerkung\n"
    'Kaltwasser & Söhne;Jörg;j@kaltwasser.example;"sucht Ersatz,\nnoch dieses Jahr"\n'
    "Ærø Marine;Søren;soren(at)aero.example;\n"
)


def uploaded(page: Page, world: World, path: Path) -> None:
    page.goto(world.address("imports/"))
    page.get_by_label("File", exact=True).set_input_files(path)
    page.get_by_role("button", name="Upload and map columns").click()


def run(page: Page, world: World) -> None:
    """Run what the page shows, as a worker does; the page follows by itself."""
    page.get_by_role("button", name="Run the import").click()
    page.get_by_text("Waiting for a worker").wait_for()
    with world.inside():
        number = ImportRun.objects.of(world.workspace).latest("id").id
    with world.as_worker():
        bring_in(workspace_id=world.workspace.id, run_id=number)
    page.get_by_role("button", name="Undo this import").wait_for()


def leads(world: World) -> int:
    with world.inside():
        return Lead.objects.of(world.workspace).count()


def test_ux_8_a_marketer_brings_a_fair_in_mends_it_and_takes_it_back(
    browser: Browser, site: str, world: World, tmp_path: Path
) -> None:
    """S1-4, issue 3: semicolons, umlauts of Windows, a cell of two lines, and a wrong address."""
    context = browser.new_context(base_url=site)
    cookie = world.client(world.mei).cookies["leadfarm_session"].value
    context.add_cookies([{"name": "leadfarm_session", "value": cookie, "url": site}])
    page = context.new_page()
    file = tmp_path / "messe.csv"
    file.write_bytes(FAIR.encode("utf-16"))
    uploaded(page, world, file)
    mail = page.get_by_role("row", name="E-Mail").get_by_role("combobox")
    assert mail.count() == 3
    mail.first.select_option("")  # what is left out asks nothing more
    assert mail.count() == 1
    mail.first.select_option("finding")
    assert mail.count() == 4
    mail.first.select_option("email")
    page.get_by_role("button", name="Preview").click()
    page.get_by_text("1 opens a lead, 1 is rejected").wait_for()
    assert leads(world) == 0
    run(page, world)
    page.get_by_role("link", name="Jörg").wait_for()
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the error file").click()
    errors = Path(download.value.path()).read_text()
    assert "soren(at)aero.example" in errors
    mended = tmp_path / "mended.csv"
    mended.write_text(errors.replace("soren(at)aero", "soren@aero"))
    uploaded(page, world, mended)
    page.get_by_text("This mends rows of messe.csv").wait_for()
    run(page, world)
    assert leads(world) == 2
    uploaded(page, world, mended)
    page.get_by_text("1 brings nothing new").wait_for()
    page.get_by_role("button", name="Throw it away").click()
    page.get_by_text("Nothing of it was in").wait_for()
    page.get_by_role("link", name="messe.csv", exact=True).click()
    page.get_by_role("button", name="Undo this import").click()
    page.get_by_text("1 lead of messe.csv is gone again").wait_for()
    assert leads(world) == 1
    context.close()
