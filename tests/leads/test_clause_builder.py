"""The clause builder edits every condition of the product, with and without scripts (UX 6)."""

from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from django.template.loader import render_to_string

from leadfarm.leads.clause_builder import Builder, read, show
from leadfarm.leads.queries.catalogue import fields_of
from leadfarm.rules.clauses import (
    LEAD_FIELDS,
    Clause,
    EventTest,
    FieldTest,
    Group,
    Period,
    all_of,
    any_of,
    none_of,
)
from tests.world import World

FIT = FieldTest("fit_letter", "at_least", "b")
KNOWN = FieldTest("budget", "is_known")
DEEP = all_of(FIT, any_of(FIT, all_of(FIT, KNOWN)))
CLAUSES = [
    all_of(FIT),
    all_of(FieldTest("stage", "one_of", ("raw", "inquiry")), FieldTest("heat", "between", (5, 60))),
    any_of(all_of(FIT, KNOWN), EventTest("hand-raise", did=False, at_least=2, within_days=30)),
    none_of(FieldTest("close_date", "within_next", Period(3, "months")), FIT),
    all_of(FieldTest("country", "one_of", ("ch", "de")), FieldTest("need", "contains", "a <b>")),
    DEEP,
]


def filled_in(page: str) -> QueryDict:
    """Return what a browser without scripts would send from this page."""
    from html.parser import HTMLParser

    class Form(HTMLParser):
        sent: list[tuple[str, str]] = []
        select = ""
        first: str | None = None

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            has = dict(attrs)
            name, value = has.get("name") or "", has.get("value") or ""
            if tag == "input" and (has.get("type") != "checkbox" or "checked" in has):
                self.sent.append((name, "on" if value == "" and "checked" in has else value))
            if tag == "select":
                self.select, self.first = name, None
            if tag == "option" and ("selected" in has or self.first is None):
                self.first = value

        def handle_endtag(self, tag: str) -> None:
            if tag == "select":
                self.sent.append((self.select, self.first or ""))

    form = Form()
    form.sent = []
    form.feed(page)
    return QueryDict(urlencode(form.sent))


def drawn(builder: Builder, world: World) -> str:
    names = {"builder": builder, "workspace": world.workspace}
    return render_to_string("leads/clause_builder/builder.html", names)


@pytest.mark.parametrize("clause", CLAUSES)
def test_a_clause_drawn_and_sent_back_is_the_same_clause(world: World, clause: Clause) -> None:
    page = drawn(show(clause, LEAD_FIELDS), world)
    back = read(filled_in(page), LEAD_FIELDS)
    assert back.clause == (clause if isinstance(clause, Group) else all_of(clause))
    assert not back.pressed
    assert back.faults == ()


def test_two_builders_on_a_page_keep_apart(world: World) -> None:
    one, two = all_of(FIT), all_of(FieldTest("heat", "at_least", 40))
    page = drawn(show(one, LEAD_FIELDS, prefix="a."), world)
    page += drawn(show(two, LEAD_FIELDS, prefix="b."), world)
    sent = filled_in(page)
    assert read(sent, LEAD_FIELDS, prefix="a.").clause == one
    assert read(sent, LEAD_FIELDS, prefix="b.").clause == two


def test_a_fault_stands_beside_its_row_and_says_what_is_allowed(world: World) -> None:
    form = {
        "row-0-field": ["heat"],
        "row-0-operator": ["at_least"],
        "row-0-value": ["much"],
        "row-1-field": ["fit_letter"],
        "row-1-operator": ["at_least"],
        "row-1-value": ["b"],
    }
    builder = read(form, LEAD_FIELDS)
    assert builder.clause is None
    first, second = builder.groups[0].rows
    assert first.fault.startswith("'much' is no number. Allowed:")
    assert second.fault == ""
    assert "is no number" in drawn(builder, world)


def test_a_button_adds_and_takes_rows_and_nothing_is_complained_about() -> None:
    form = {"row-0-field": ["heat"], "row-0-value": [""], "press": ["add-B"]}
    builder = read(form, LEAD_FIELDS)
    assert builder.pressed
    assert [group.letter for group in builder.groups] == ["A", "B"]
    assert all(row.fault == "" for group in builder.groups for row in group.rows)
    gone = read({**form, "press": ["drop-0"]}, LEAD_FIELDS)
    assert [row.field for row in gone.groups[0].rows] == [""]


def test_a_picked_field_gets_the_inputs_that_fit_it(world: World) -> None:
    sent = {"x.row-0-field": "stage", "x.row-0-operator": "one_of"}
    client = world.client(world.mei)
    answer = client.post(world.address("clauses/rows/?prefix=x."), sent)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert 'type="checkbox" name="x.row-0-value" value="sales-ready"' in page
    assert "is no list" not in page


def test_what_is_nested_too_deep_is_kept_and_can_be_started_afresh(world: World) -> None:
    page = drawn(show(DEEP, LEAD_FIELDS), world)
    assert "kept as they are" in page
    assert read({"kept": ["{"], "row-0-field": [""]}, LEAD_FIELDS).clause == all_of()
    sent = dict(filled_in(page).lists())
    assert read({**sent, "press": ["afresh"]}, LEAD_FIELDS).groups[0].rows[0].field == ""


def test_sources_and_owners_are_offered_by_name(inside: World) -> None:
    fair = inside.source("Trade fair")
    offered = {
        each.key: each.label for each in fields_of(inside.workspace).fields["source"].choices
    }
    assert offered[str(fair.id)] == "Trade fair"


def test_law_9_a_firm_is_offered_only_the_sources_of_its_leads(world: World) -> None:
    with world.inside():
        world.captures(source="Hall 3", firm=world.firm)
        world.captures(source="Board room")
    with world.inside(firm=world.firm):
        choices = fields_of(world.workspace).fields["source"].choices
    assert [each.label for each in choices] == ["Hall 3"]


def test_markup_in_a_value_stays_text(world: World) -> None:
    clause = all_of(FieldTest("need", "contains", '"><script>alert(1)</script>'))
    assert "<script>" not in drawn(show(clause, LEAD_FIELDS), world)
