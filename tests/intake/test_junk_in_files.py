"""Files bring junk and people once more: both are told, counted and let in on request (S1-13)."""

import csv
import io
import sys

from leadfarm.intake.actions import run_import, upload
from leadfarm.intake.codes import ImportKind
from leadfarm.intake.duplicates.scanning import scan
from leadfarm.intake.models import DuplicatePair
from leadfarm.leads.models import Contact, Lead
from leadfarm.rules.junk import Offered, judge
from leadfarm.rules.junk.sieve import may_be_junk
from tests.intake.files import bring, counts, faults
from tests.intake.junk_rows import Row, rows
from tests.lawful import broken_in
from tests.world import World

TITLES = ("Email", "First name", "Last name", "Company", "Phone", "Lead ID")


def as_file(came: list[Row]) -> str:
    """Return the rows as a file; the message of a form has no place in a list of people."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(TITLES)
    for number, row in enumerate(came):
        told = row.offered
        cells = (told.email, told.given_name, told.family_name, told.company, told.phone)
        writer.writerow((*cells, f"L{number}"))
    return out.getvalue()


def fit_for_a_list(came: list[Row]) -> list[Row]:
    """Return the rows without spam that only a message gives away, and without namesakes.

    Two good rows of one made-up name, often at one made-up company, are the same to anybody.
    """
    kept, names, left_out = list[Row](), set[str](), set[str]()
    for row in came:
        told = row.offered
        if not (row.is_junk or row.again) and (told.name in names or names.add(told.name)):
            left_out.add(told.phone)
        elif not (row.is_junk and told.text) and not (row.again and told.phone in left_out):
            kept.append(row)
    return kept


def without_words(row: Row) -> Offered:
    told = row.offered
    return Offered(told.email, told.given_name, told.family_name, told.company, told.phone)


def test_s1_13_a_file_with_a_tenth_of_junk_and_duplicates(world: World) -> None:
    came = fit_for_a_list(rows(2_000))
    run = bring(world, as_file(came))
    told = counts(run)
    assert sum(told.values()) - told.get("flagged", 0) == len(came)
    rejected = {row - 2 for row, _, says in faults(world, run) if says.startswith("Looks like")}
    with world.as_worker():
        scan(world.workspace, now=world.now)
    caught = rejected | joined(world) | found_twice(world)
    wrong = {at for at, row in enumerate(came) if row.is_junk or row.again} | met_before(came)
    recall, precision = len(caught & wrong) / len(wrong), len(caught & wrong) / len(caught)
    sys.stdout.write(
        f"\nS1-13, a file of {len(came):,} rows, {len(wrong):,} junk or there already:"
        f" recall {recall:.3f}, precision {precision:.3f}\n"
    )
    assert recall >= 0.95
    assert precision >= 0.98
    assert broken_in(world.workspace.id) == []


def met_before(came: list[Row]) -> set[int]:
    """Return the rows whose address an earlier one had: the same address is the same person."""
    first: dict[str, int] = {}
    for at, row in enumerate(came):
        first.setdefault(row.offered.email.lower() or f"none {at}", at)
    return set(range(len(came))) - set(first.values())


def joined(world: World) -> set[int]:
    """Return the rows whose address was there already: the later leads of one contact."""
    with world.inside():
        leads = Lead.objects.of(world.workspace).exclude(contact=None).order_by("id")
        seen, again = set[int](), set[int]()
        for number, contact in leads.values_list("external_id", "contact_id"):
            (again.add(int(number[1:])) if contact in seen else seen.add(contact))
    return again


def found_twice(world: World) -> set[int]:
    """Return the rows of the newer contacts of pairs more likely the same than not."""
    with world.inside():
        pairs = DuplicatePair.objects.of(world.workspace).filter(kind=1, probability__gte=0.5)
        newer = set(pairs.values_list("other", flat=True))
        leads = Lead.objects.of(world.workspace).filter(contact_id__in=newer)
        return {int(number[1:]) for number in leads.values_list("external_id", flat=True)}


def test_s1_13_junk_in_a_file_says_why_and_comes_in_by_the_error_file(world: World) -> None:
    lines = "Email,First name,Last name,Company\n"
    lines += "asd@mailinator.com,Test,Test,x\nvera@nordpump.example,Vera,Lind,Nordpump\n"
    run = bring(world, lines)
    assert counts(run) == {"created": 1, "rejected": 1}
    ((row, _, says),) = faults(world, run)
    assert (row, says.startswith("Looks like junk: mailinator.com gives")) == (2, True)
    with world.inside():
        assert not Contact.objects.of(world.workspace).filter(given_name="Test").exists()
    browser = world.client(world.mei)
    page = browser.get(world.address(f"imports/{run.id}/")).content.decode()
    assert "throw-away addresses" in page
    errors = browser.get(world.address(f"imports/{run.id}/errors/"))
    with world.inside():
        repair = upload(
            world.workspace, "errors.csv", [errors.content], kind=ImportKind.LEADS, by=world.mei,
            now=world.now,
        )  # fmt: skip
    with world.as_worker():
        assert counts(run_import(repair, now=world.now)) == {"created": 1}


def test_the_sieve_lets_no_junk_of_files_through() -> None:
    for row in rows(3_000, seed=3):
        told = without_words(row)
        if judge(told).is_junk:
            where = (told.email, told.given_name, told.family_name, told.company)
            assert may_be_junk(*where), told
