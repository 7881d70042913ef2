"""Layouts of other products: recognised, applied, dropped (UX 8, S2-2, S2-4)."""

from datetime import UTC, datetime

import pytest

from leadfarm.intake.mapping.presets import PRESETS, mapping_by, recognise
from leadfarm.leads.models import Campaign, Contact, Finding, Lead, Touch
from leadfarm.rules.codes import FindingSection, TouchKind
from leadfarm.rules.stages import Stage
from tests.intake.files import bring, counts, faults, put
from tests.world import World

LAYOUTS = {
    "hubspot-contacts": "Record ID,First Name,Last Name,Email,Phone Number,Contact owner,"
    "Lead Status,Lifecycle Stage,Create Date,Company name",
    "hubspot-companies": "Record ID,Company name,Company Domain Name,Industry,Company owner",
    "hubspot-deals": "Record ID,Deal Name,Deal Stage,Pipeline,Amount,Close Date,Deal owner",
    "salesforce-leads": "First Name,Last Name,Title,Company / Account,Email,Lead Status,Lead Owner",
    "salesforce-contacts": "Salutation,First Name,Last Name,Title,Account Name,Email,Contact Owner",
    "salesforce-opportunities": "Opportunity Name,Account Name,Stage,Amount,Close Date",
    "odoo-leads": "External ID,Opportunity,Contact Name,Email,Salesperson,Stage,Expected Revenue",
    "mautic-contacts": "id,points,title,firstname,lastname,company,position,email,last_active",
    "linkedin-lead-gen": "Lead ID,Campaign Name,Form Name,First Name,Last Name,Email Address",
    "meta-lead-ads": "id,created_time,ad_id,form_id,is_organic,platform,email,full_name",
    "zoom-attendees": "Attended,User Name (Original Name),Email,Registration Time,Approval Status,"
    "Join Time",
    "zoom-registrations": "First Name,Last Name,Email,Registration Time,Approval Status",
    "ticket-attendees": "Order #,Order Date,First Name,Last Name,Email,Ticket Type,Attendee Status",
}


@pytest.mark.parametrize("slug", LAYOUTS)
def test_a_layout_is_known_by_its_titles_and_maps_who_somebody_is(slug: str) -> None:
    titles = LAYOUTS[slug].split(",")
    preset = recognise(titles)
    assert preset is PRESETS[slug]
    told = {spec["to"] for spec in mapping_by(preset, titles, [])["columns"].values()}
    assert told & {"email", "company", "title", "external_id"}


def test_an_ordinary_list_is_no_layout() -> None:
    assert recognise(["First name", "Last name", "Email", "Company", "Phone"]) is None


META = (
    "id\tcreated_time\tad_id\tcampaign_name\tform_id\tplatform\twork_email\tfull_name\t"
    "phone_number\tcompany_name\twhat_is_your_budget?\n"
    "l:101\t2026-02-14T11:05:33-03:00\tag:2\tSpring\tf:5\tfb\tana@x.example\tAna Lima\t"
    "p:+5511912345678\tLima\t10-50k\n"
    "l:102\t2026-02-15T00:00:01-03:00\t\tSpring\tf:5\tfb\ttest@fb.com\t"
    "<test lead: dummy data for full_name>\tp:<test lead: dummy data for phone_number>\t\t\n"
)


def test_s1_4_a_meta_file_comes_in_without_its_prefixes_and_tests(world: World) -> None:
    run = bring(world, META.encode("utf-16"), name="leads.csv")
    assert (run.preset, counts(run)) == ("meta-lead-ads", {"created": 1, "rejected": 1})
    assert "test of the advertisement" in faults(world, run)[0][2]
    with world.inside():
        lead = Lead.objects.of(world.workspace).get()
        assert (lead.external_id, lead.source.name) == ("101", "Facebook")
        assert lead.contact.phone_key == "+5511912345678"
        assert lead.campaign.name == "Spring"
        budget = Finding.objects.of(world.workspace).get(lead=lead)
        assert budget.section == FindingSection.BUDGET
        assert world.standing(lead).stage == Stage.INQUIRY
    assert counts(bring(world, META.encode("utf-16"))) == {"unchanged": 1, "rejected": 1}


ZOOM = """\
Attendee Report,,,,,,,,,
Topic,Webinar ID,Actual Start Time,Actual Duration (minutes),# Registered,Unique Viewers,,,,
Choosing a drive,812 3456,"Feb 20, 2026 03:00:00 PM",60,4,2,,,,
Host Details,,,,,,,,,
Attended,User Name (Original Name),Email,Join Time,Leave Time,Time in Session (minutes),,,,
Yes,Host,host@norrvik.example,"Feb 20, 2026 02:50:00 PM","Feb 20, 2026 04:00:00 PM",70,,,,
Attendee Details,,,,,,,,,
Attended,User Name (Original Name),First Name,Last Name,Email,Registration Time,Approval Status,\
Join Time,Leave Time,Time in Session (minutes)
Yes,Priya N. (Priya Nair),Priya,Nair,priya@x.example,"Feb 10, 2026 09:00:00 AM",approved,\
"Feb 20, 2026 03:01:00 PM","Feb 20, 2026 03:31:00 PM",30
Yes,Priya N. (Priya Nair),Priya,Nair,priya@x.example,"Feb 10, 2026 09:00:00 AM",approved,\
"Feb 20, 2026 03:35:00 PM","Feb 20, 2026 04:00:00 PM",25
No,--,Tom,Brien,tom@y.example,"Feb 11, 2026 10:00:00 AM",approved,--,--,--
No,--,Wei,Zhang,wei@z.example,"Feb 12, 2026 10:00:00 AM",cancelled by registrant,--,--,--
Other Attended,,,,,,,,,
User Name,Join Time,Leave Time,Time in Session (minutes),,,,,,
16505550100,"Feb 20, 2026 03:01:00 PM","Feb 20, 2026 03:41:00 PM",40,,,,,,
"""


def test_s2_2_a_webinar_report_says_who_registered_came_and_stayed_away(world: World) -> None:
    run = bring(world, ZOOM, name="attendees.csv")
    assert (run.preset, run.total) == ("zoom-attendees", 4)
    assert counts(run) == {"created": 3, "merged": 1}, faults(world, run)
    kinds: dict[str, list[tuple[TouchKind, datetime]]] = {}
    with world.inside():
        for touch in Touch.objects.of(world.workspace).order_by("happened_at", "id"):
            name = Contact.objects.of(world.workspace).get(id=touch.contact_id).given_name
            kinds.setdefault(name, []).append((TouchKind(touch.kind), touch.happened_at))
        assert Campaign.objects.of(world.workspace).get().name == "Choosing a drive"
    assert [kind for kind, _ in kinds["Priya"]] == [
        TouchKind.WEBINAR_REGISTERED, TouchKind.WEBINAR_ATTENDED, TouchKind.WEBINAR_ATTENDED,
    ]  # fmt: skip
    start = datetime(2026, 2, 20, 15, tzinfo=UTC)
    assert [kind for kind, _ in kinds["Tom"]] == [
        TouchKind.WEBINAR_REGISTERED, TouchKind.WEBINAR_NO_SHOW,
    ]  # fmt: skip
    assert kinds["Tom"][1][1] == start
    assert [kind for kind, _ in kinds["Wei"]] == [TouchKind.WEBINAR_REGISTERED]
    assert counts(bring(world, ZOOM)) == {"unchanged": 4}
    with world.inside():
        assert Touch.objects.of(world.workspace).count() == 6


HUBSPOT = """\
Contact ID,First Name,Last Name,Email,Lifecycle Stage,Create Date,Last Modified Date,Contact Owner
C1,Ann,Lee,ann@x.example,Marketing Qualified Lead,2025-05-01,2025-06-01,tom@y.example
C2,Bob,Day,bob@y.example,Other,2025-05-01,2025-06-01,tom@y.example
C3,Cy,Fox,cy@z.example,Customer,2025-05-01,2026-09-01,tom@y.example
"""


def test_s2_4_a_hubspot_export_comes_in_whole_with_its_stages(world: World) -> None:
    run = bring(world, HUBSPOT, now=datetime(2026, 9, 2, tzinfo=UTC))
    assert (run.preset, counts(run)) == ("hubspot-contacts", {"created": 3, "flagged": 1})
    with world.inside():
        stages = {
            lead.external_id: Stage(world.standing(lead).stage)
            for lead in Lead.objects.of(world.workspace)
        }
    assert stages == {"C1": Stage.NURTURING, "C2": Stage.RAW, "C3": Stage.RAW}


def test_rows_are_matched_by_the_key_and_taken_as_chosen(world: World) -> None:
    bring(world, "id,email,name,phone\nA,ann@x.example,Ann Lee,\n")
    text = "id,email,name,title\nB,ann@x.example,Ann Lee,CEO\nC,new@y.example,New One,CFO\n"
    known = bring(world, text, {"options": {"match": "email", "takes": "known"}})
    assert counts(known) == {"merged": 1, "rejected": 1}
    assert "this import opens none" in faults(world, known)[0][2]
    fresh = bring(world, text + "\n", {"options": {"match": "email", "takes": "new"}})
    assert counts(fresh) == {"created": 1, "unchanged": 1}
    with world.inside():
        ann = Contact.objects.of(world.workspace).get(email="ann@x.example")
        assert ann.job_title == "CEO"
        assert Contact.objects.of(world.workspace).count() == 2
    apart = bring(world, text + "\n\n", {"options": {"match": "external_id"}})
    assert counts(apart) == {"created": 1, "unchanged": 1}


def test_a_layout_is_only_a_proposal(world: World) -> None:
    run = put(world, HUBSPOT, {"columns": {"Email": "email"}})
    assert set(run.mapping["columns"]) == {"Email"}
