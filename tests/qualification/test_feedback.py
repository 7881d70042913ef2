"""What sales says reaches marketing at once, unedited, rolled up (S0-11)."""

from leadfarm.qualification.actions import Rejection, reject
from leadfarm.rules.codes import RejectReason
from tests.qualification.test_pages import a_lead, read
from tests.world import World

WORDS = "They <b>asked</b> for a brochure, nothing else."


def test_s0_11_the_words_of_a_rejection_reach_marketing_unedited(world: World) -> None:
    lead = a_lead(world, at="delivered")
    assert "Nothing said yet" in read(world, world.mei, "agreement/said/")
    with world.inside():
        why = Rejection(RejectReason.CRITERION_NOT_MET, WORDS, criterion=2)
        reject(lead, why, by=world.tomas, now=world.now)
    page = read(world, world.mei, "agreement/said/")
    assert "They &lt;b&gt;asked&lt;/b&gt; for a brochure, nothing else." in page
    assert f"/leads/{lead.id}/#verdicts" in page
    cells = '<td class="n" data-label="{}">{}</td>'
    for way, name in (("source", "Web"), ("campaign", "Not known"), ("criterion", "Budget is")):
        page = read(world, world.mei, f"agreement/said/?by={way}")
        assert name in page
        assert cells.format("Rejected", 1) in page
        assert cells.format("Accepted", 0) in page
    assert "nothing else" in read(world, world.mei, "agreement/said/?by=source&of=Web")
    assert "nothing else" not in read(world, world.mei, "agreement/said/?by=source&of=Fair")
    assert world.client(world.fred).get(world.address("agreement/said/")).status_code == 404
