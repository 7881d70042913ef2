"""Clauses about the pages of the company's website that people read."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

from django.db import connection

from leadfarm.rules.clauses import LEAD_FIELDS, Moment, census, parse, sql
from tests.intake.test_website import known, report, told, website
from tests.world import World


def test_a_clause_asks_which_pages_were_read_and_both_voices_agree(world: World) -> None:
    """DESIGN 6: "pages read in 30 days contains /prices" of one lead, and of all at once."""
    site, key, bot = website(world), uuid4(), uuid4()
    with world.inside():
        vera, otto = world.captures(), world.captures("Otto Berg", of="Bergwerk")
    report(site, key, "/prices", "/pumps")
    report(site, bot, "/prices", agent="ScanBot/1.0")
    known(world, key, vera)
    known(world, bot, otto)
    told(world)
    soon = datetime.now(UTC) + timedelta(minutes=1)
    for days, text, wanted in ((0, "/PRICES", [vera.id]), (0, "/jobs", []), (40, "/prices", [])):
        test = {"field": "pages_30", "operator": "contains", "value": text}
        clause, moment = parse(test, LEAD_FIELDS), Moment(soon + timedelta(days=days), live=True)
        with world.inside(), connection.cursor() as cursor:
            beside, terms = sql(clause, LEAD_FIELDS, moment, world.workspace.id)
            cursor.execute(
                "SELECT lead.id FROM leads_lead lead JOIN leads_standing standing"
                f" ON standing.lead_id = lead.id WHERE {beside} ORDER BY 1", terms,
            )  # fmt: skip
            one_by_one = [row[0] for row in cursor.fetchall()]
            counted, terms = census(clause, LEAD_FIELDS, moment, world.workspace.id)
            cursor.execute(f"SELECT lead_id FROM ({counted}) census WHERE verdict", terms)
            all_at_once = [row[0] for row in cursor.fetchall()]
        assert (one_by_one, all_at_once) == (wanted, wanted)
