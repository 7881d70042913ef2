"""Frames are views of the same entries, and contradictions are told by rule (S4-15, glossary)."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from leadfarm.rules.codes import BuyingRole, Confidence, FindingSection
from leadfarm.rules.dossier.catalogue import FIELDS, Shape, field_of
from leadfarm.rules.dossier.frames import BANT, FRAMES, SEED_8, Key, frame_of
from leadfarm.rules.dossier.standing import Said, contradicted_by, is_stale, keys_of

S = FindingSection
NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)
EVERYTHING = keys_of(
    [
        *((field, None) for field in FIELDS.values()),
        *((field_of(S.PEOPLE, "role"), int(role)) for role in BuyingRole),
    ]
)
HIGH, LOW = Confidence.HIGH, Confidence.LOW


def test_the_same_entries_fill_every_frame() -> None:
    for frame in FRAMES.values():
        assert frame.completeness(EVERYTHING) == 100, frame.slug
        assert frame.filled(EVERYTHING) == len(frame.parts)
        assert (frame.completeness(set()), frame.filled(set())) == (0, 0)
        assert all(part.question.endswith("?") for part in frame.parts)
    assert {len(FRAMES[slug].parts) for slug in ("seed-8", "gpctba")} == {8}
    assert len(FRAMES["meddicc"].parts) == 7


def test_three_of_four_suffice_for_bant() -> None:
    keys = {Key(S.BUDGET, "amount"), Key(S.PAIN_POINT, "need"), Key(S.TIMELINE, "decision")}
    assert (BANT.filled(keys), BANT.enough, BANT.completeness(keys)) == (3, 3, 75)
    assert [part.label for part in BANT.gaps(keys)] == ["Authority"]
    economic = Key(S.PEOPLE, "role", int(BuyingRole.ECONOMIC_BUYER))
    assert BANT.gaps({*keys, economic}) == []


@given(st.sets(st.sampled_from(sorted(EVERYTHING, key=str))), st.sampled_from(list(FRAMES)))
def test_to_know_more_never_makes_a_frame_emptier(keys: set[Key], slug: str) -> None:
    frame = FRAMES[slug]
    before = frame.completeness(keys)
    assert 0 <= before <= 100
    assert all(frame.completeness({*keys, key}) >= before for key in EVERYTHING)
    assert (before == 100) == all(part.known(keys) == len(part.asks) for part in frame.parts)


def test_who_asks_for_no_frame_reads_the_eight_sections() -> None:
    assert frame_of(None, "") is SEED_8
    assert frame_of(None, "bant") is BANT
    assert frame_of("nonsense") is SEED_8


def test_every_field_asks_a_question_and_knows_how_long_it_is_fresh() -> None:
    for field in FIELDS.values():
        assert field.question.endswith("?")
        assert (field.choices is not None) == (field.shape is Shape.CHOICE)
        assert is_stale(field, NOW - field.fresh_for - timedelta(seconds=1), NOW)
        assert not is_stale(field, NOW - field.fresh_for, NOW)


def said(value: object, days_ago: int, sure: Confidence, origin: str, **more: bool) -> Said:
    return Said(value, NOW - timedelta(days=days_ago), sure, origin, **more)  # type: ignore[arg-type]


def test_two_sources_that_disagree_contradict_each_other_until_somebody_settles_it() -> None:
    call, form = said(Decimal(40_000), 7, HIGH, "call"), said(Decimal(20_000), 0, LOW, "form")
    assert contradicted_by([form, call]) == 1
    # A surer word settles it, and so does the same source changing its mind.
    assert contradicted_by([said(Decimal(20_000), 0, HIGH, "call"), call]) is None
    unsure = said(Decimal(40_000), 7, LOW, "form")
    assert contradicted_by([said(Decimal(20_000), 0, HIGH, "call"), unsure]) is None
    # Close amounts, long ago, taken back, confirmed.
    assert contradicted_by([said(Decimal(41_000), 0, LOW, "form"), call]) is None
    assert contradicted_by([form, said(Decimal(40_000), 91, HIGH, "call")]) is None
    assert contradicted_by([said(None, 0, LOW, "x", withdrawn=True), form, call]) is None
    assert contradicted_by([form, said(None, 1, LOW, "x", withdrawn=True), call]) is None
    assert contradicted_by([said(Decimal(9), 0, LOW, "x", settles=True), call]) is None
    # The third last word counts as well, when the second says the same as the first.
    assert contradicted_by([form, said(Decimal(20_000), 1, LOW, "form"), call]) == 2


def test_days_differ_by_more_than_a_month_and_words_never() -> None:
    june = said(date(2026, 6, 30), 5, HIGH, "call")
    assert contradicted_by([said(date(2026, 8, 31), 0, LOW, "form"), june]) == 1
    assert contradicted_by([said(date(2026, 7, 15), 0, LOW, "form"), june]) is None
    assert contradicted_by([said("no", 0, LOW, "a"), said("yes", 1, HIGH, "b")]) is None
