"""Leads go out in the layouts of HubSpot and Salesforce, and coming back add nothing (S2-4)."""

from datetime import timedelta

import pytest

from leadfarm.leads.models import Account, Contact, Lead, StageChange, Touch
from leadfarm.rules.codes import TouchKind
from tests.intake.files import bring, counts, faults
from tests.world import World

LEADS = """\
id,email,first name,last name,company,phone,title,country,created date,stage,stage date,amount,owner
q1,ann@x.example,Ann,Lee,Xylo,+46 8 111 111 11,CEO,Sweden,2025-05-01,Won,2025-06-01,10,Tomas Berg
q2,bob@y.example,Bob,Day,"Yards, Inc",,=1+1,DE,2025-05-02,Lost,2025-06-01,,Somebody Gone
,cy@z.example,Cy,Fox,Zinc,,,,2025-05-03,Qualified,2025-06-01,99,
,,,,Only a company,,,,2025-05-04,,,,
"""


@pytest.mark.parametrize("layout", ["hubspot-deals", "salesforce-opportunities"])
def test_s2_4_deals_and_opportunities_go_out_and_come_in_again(world: World, layout: str) -> None:
    bring(world, LEADS, now=world.now - timedelta(hours=1))
    with world.inside():
        world.captures("Vera Lind", kind=TouchKind.CONTACT_US)
    client = world.client(world.mei)
    sent = b"".join(client.get(world.address(f"leads.csv?as={layout}&view=all")).streaming_content)  # type: ignore[attr-defined]
    before = picture(world)
    assert sent.decode().count("\n") == 4  # an inquiry is no deal
    for days in (1, 2):
        run = bring(world, sent, name="export.csv", now=world.now + timedelta(days=days))
        assert run.preset == layout
        assert counts(run) == {"unchanged": 3}, faults(world, run)
    assert picture(world) == before


@pytest.mark.parametrize("layout", ["hubspot", "salesforce"])
def test_s2_4_what_goes_out_in_a_layout_comes_in_again_and_changes_nothing(
    world: World, layout: str
) -> None:
    bring(world, LEADS, now=world.now - timedelta(hours=1))
    with world.inside():
        world.captures("Vera Lind", kind=TouchKind.CONTACT_US)
        world.captures("Otto Brandt", of="Other", kind=TouchKind.DOWNLOAD)
    client = world.client(world.mei)
    sent = b"".join(client.get(world.address(f"leads.csv?as={layout}&view=all")).streaming_content)  # type: ignore[attr-defined]
    before = picture(world)
    assert sent.decode().count("\n") == len(before["leads"]) + 1
    run = bring(world, sent, name="export.csv", now=world.now + timedelta(days=40))
    assert run.preset.startswith(layout)
    assert counts(run) == {"unchanged": len(before["leads"])}, faults(world, run)
    assert picture(world) == before


def picture(world: World) -> dict[str, list[object]]:
    """Return everything that an import may add or change."""
    with world.inside():
        tables = {"accounts": Account, "contacts": Contact, "leads": Lead, "touches": Touch,
                  "changes": StageChange}  # fmt: skip
        return {
            name: list(table.objects.of(world.workspace).order_by("id").values())
            for name, table in tables.items()
        }
